"""What of a snippet has to run before one of its cells, told from the names that cells use."""

import ast
import builtins
import symtable
from collections.abc import Iterator

from generator.snippets import Cell, Snippet


def before(snippet: Snippet, name: str) -> list[Cell]:
    """Return the cells that a cell needs, in order.

    A cell needs the one that bound a name it uses, and those that changed the object since. A page
    shows them with the cell, and `make verify` runs just these.
    """
    cells = list(snippet.code_cells)
    position = next(number for number, cell in enumerate(cells) if cell.name == name)
    wanted = _used(cells[position].source)
    found = []
    for cell in reversed(cells[:position]):
        bound = _bound(cell.source)
        if wanted & (bound | _changed(cell.source)):
            found.append(cell)
            wanted = (wanted - bound) | _used(cell.source)
    return found[::-1]


def _used(source: str) -> set[str]:
    """Return the names that a cell uses and has not bound before."""
    found: set[str] = set()
    bound: set[str] = set()
    for statement in ast.parse(source).body:
        binds = _bound_by(statement)
        # A loop binds its name before it reads it; an assignment does so afterwards.
        before_reading = set() if isinstance(statement, ast.Assign | ast.AugAssign) else binds
        found |= _read_by(statement) - bound - before_reading
        bound |= binds
    found |= {
        one.get_name()
        for table in _tables_within(symtable.symtable(source, "cell", "exec"))
        for one in table.get_symbols()
        if one.is_global() and one.is_referenced() and one.get_name() not in bound
    }
    return found - set(dir(builtins))


def _tables_within(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _tables_within(child)


def _read_by(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in [tree, *_outside_functions(tree)]:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def _bound(source: str) -> set[str]:
    """Return the names that a cell binds, outside of functions."""
    return _bound_by(ast.parse(source))


def _bound_by(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in [tree, *_outside_functions(tree)]:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def _changed(source: str) -> set[str]:
    """Return the names of objects that a cell writes into, or calls a method of as a statement."""
    found: set[str] = set()
    for node in _outside_functions(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            found |= _root(node.value.func)
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found |= _root(node)
    return found


def _root(node: ast.expr) -> set[str]:
    """Return the name that attributes and subscripts start from; none for a plain name."""
    if isinstance(node, ast.Name):
        return set()
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is below a node, but not what is in functions and classes."""
    if isinstance(tree, ast.FunctionDef | ast.ClassDef | ast.Lambda):
        return
    for node in ast.iter_child_nodes(tree):
        yield node
        yield from _outside_functions(node)
