"""What of a snippet has to run before one of its cells, told from the names that cells use.

A state says of each name which code made it what it is: the cell that bound it, then those that
changed the object. Two states agree on a name if that is the same code.
"""

import ast
import builtins
import functools
import symtable
from collections.abc import Iterable, Iterator

from generator.snippets import Cell, Snippet

State = dict[str, tuple[str, ...]]


def missing(snippet: Snippet, name: str, state: State) -> list[Cell]:
    """Return the cells that have to run before a cell can, in order; none if the state will do.

    A page shows them with the cell, and `make verify` runs each page as it stands.

    Args:
        snippet: the whole snippet.
        name: the cell that is to run.
        state: what ran before, such as the code that the page has shown above.

    """
    cells = snippet.code_cells
    position = next(number for number, cell in enumerate(cells) if cell.name == name)
    intended: list[State] = [{}]
    for cell in cells:
        intended.append(dict(intended[-1]))
        run(intended[-1], cell.source)

    folded: set[int] = set()
    while True:
        # What is run again binds all of its names again, and others may lack theirs then.
        lacking: set[int] = set()
        reached = dict(state)
        for number in [*sorted(folded), position]:
            wanted = intended[number]
            for one in _needed(cells[number].source, wanted):
                if one in wanted and reached.get(one) != wanted[one]:
                    lacking |= {i for i in range(number) if cells[i].source in wanted[one]}
            run(reached, cells[number].source)
        if lacking <= folded:
            return [cells[i] for i in sorted(folded)]
        folded |= lacking


def run(state: State, source: str) -> None:
    """Bring a state to what it is after some code has run."""
    bound = _bound(source)
    for name in _changed(source) - bound:
        # Modules are not changed by calling their functions.
        if name in state and name not in _imported(state[name][0]):
            state[name] = (*state[name], source)
    for name in bound:
        state[name] = (source,)


def _needed(source: str, state: State) -> set[str]:
    """Return the names that some code uses, and those that the functions behind them use."""
    found: set[str] = set()
    waiting = set(_used(source))
    while waiting:
        name = waiting.pop()
        found.add(name)
        if name in state:
            waiting |= _used_by_function(state[name][0], name) - found
    return found


@functools.cache
def _used(source: str) -> frozenset[str]:
    """Return the names that some code uses and has not bound before."""
    found: set[str] = set()
    bound: set[str] = set()
    for statement in ast.parse(source).body:
        binds = _bound_by(statement)
        # A loop binds its name before it reads it; an assignment does so afterwards.
        before_reading = set() if isinstance(statement, ast.Assign | ast.AugAssign) else binds
        found |= _read_by(statement) - bound - before_reading
        bound |= binds
    found |= _globals(symtable.symtable(source, "cell", "exec").get_children()) - bound
    return frozenset(found - set(dir(builtins)))


@functools.cache
def _used_by_function(source: str, name: str) -> frozenset[str]:
    """Return the names outside of it that a function or class uses; none if it is neither."""
    tables = symtable.symtable(source, "cell", "exec").get_children()
    own = [table for table in tables if table.get_name() == name]
    return frozenset(_globals(own) - set(dir(builtins)))


def _globals(tables: Iterable[symtable.SymbolTable]) -> set[str]:
    found: set[str] = set()
    for table in tables:
        found |= {
            one.get_name() for one in table.get_symbols() if one.is_global() and one.is_referenced()
        }
        found |= _globals(table.get_children())
    return found


def _read_by(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in [tree, *_outside_functions(tree)]:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


@functools.cache
def _bound(source: str) -> frozenset[str]:
    """Return the names that some code binds, outside of functions."""
    return frozenset(_bound_by(ast.parse(source)))


def _bound_by(tree: ast.AST) -> set[str]:
    found = _imported_by(tree)
    for node in [tree, *_outside_functions(tree)]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


@functools.cache
def _imported(source: str) -> frozenset[str]:
    return frozenset(_imported_by(ast.parse(source)))


def _imported_by(tree: ast.AST) -> set[str]:
    return {
        (alias.asname or alias.name).partition(".")[0]
        for node in [tree, *_outside_functions(tree)]
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


@functools.cache
def _changed(source: str) -> frozenset[str]:
    """Return the names of objects that code writes into, or calls a method of as a statement."""
    found: set[str] = set()
    for node in _outside_functions(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            found |= _root(node.value.func)
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found |= _root(node)
    return frozenset(found)


def _root(node: ast.expr) -> set[str]:
    """Return the name that attributes and subscripts start from; none for a plain name."""
    if isinstance(node, ast.Name):
        return set()
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is below a node, but of a function or class only what runs where it stands."""
    for node in _run_at_once(tree):
        yield node
        yield from _outside_functions(node)


def _run_at_once(tree: ast.AST) -> Iterable[ast.AST]:
    if isinstance(tree, ast.ClassDef):
        return [*tree.decorator_list, *tree.bases, *tree.keywords]
    if isinstance(tree, ast.FunctionDef | ast.Lambda):
        defaults = [*tree.args.defaults, *filter(None, tree.args.kw_defaults)]
        return [*getattr(tree, "decorator_list", []), *defaults]
    return ast.iter_child_nodes(tree)
