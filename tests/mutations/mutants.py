"""Small changes of a function's source, one at a time: what a wrong branch would look like."""

import ast
import copy
import functools
import importlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from generator import child

COMPARISONS = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
# Functions whose twin differs in one edge only, such as exactly at the threshold.
TWINS = {
    "any": "sum",
    "divide_no_nan": "divide",
    "equal": "not_equal",
    "greater": "greater_equal",
    "squeeze": "expand_dims",
}


@dataclass(frozen=True)
class Mutant:
    """A function with one change."""

    function: str
    """Module and name, with a colon between them; the name of a method begins with its class."""
    change: str
    """What was changed into what, for a person."""
    source: str

    def __str__(self):
        """Name it in a test report."""
        return f"{self.function.rpartition(':')[2]}: {self.change}"


def variants(node):
    """Yield the changed forms of one node of the syntax tree."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            changed = copy.deepcopy(node)
            changed.ops[place] = COMPARISONS[type(operator)]()
            yield changed
    elif isinstance(node, ast.BoolOp):
        changed = copy.deepcopy(node)
        changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield changed
    elif isinstance(node, ast.Constant) and type(node.value) in (bool, int, float):
        value = not node.value if isinstance(node.value, bool) else node.value + 1
        yield ast.Constant(value)
    elif isinstance(node, ast.Attribute) and node.attr in TWINS:
        changed = copy.deepcopy(node)
        changed.attr = TWINS[node.attr]
        yield changed
    elif isinstance(node, ast.IfExp | ast.If):
        for value in (True, False):
            changed = copy.deepcopy(node)
            changed.test = ast.Constant(value)
            yield changed


def shown(node):
    """Write a node on one line; of an `if` only its condition."""
    return ast.unparse(node.test if isinstance(node, ast.If) else node)


class Replace(ast.NodeTransformer):
    """Put another node in the place of one."""

    def __init__(self, place, node):
        """Remember which node, counted in the order of `ast.walk`, becomes what."""
        self.place, self.node = place, node

    def applied_to(self, tree):
        """Return a changed copy."""
        tree = copy.deepcopy(tree)
        self.target = list(ast.walk(tree))[self.place]
        return ast.fix_missing_locations(self.visit(tree))

    def visit(self, node):
        """Replace the node, or look inside it."""
        return self.node if node is self.target else self.generic_visit(node)


def definition(function):
    """Return the syntax tree of a function, given as `module:name`, without importing Keras.

    A method stays in its class, without which it could not say `super()`; all else of the class is
    left out.
    """
    module, name = function.split(":")
    package, *inner = module.split(".")
    root = Path(importlib.util.find_spec(package).origin).parent
    source = root.joinpath(*inner).with_suffix(".py").read_text(encoding="utf-8")
    *owner, name = name.split(".")
    tree = named(ast.parse(source), owner[0] if owner else name)
    tree.decorator_list = []
    if owner:
        method = named(tree, name)
        method.decorator_list = []
        tree.bases, tree.keywords, tree.body = [], [], [method]
    return tree


def named(tree, name):
    """Return the function or class of this name, of a module or a class."""
    return next(node for node in tree.body if getattr(node, "name", "") == name)


def of(function):
    """Return every mutant of a function."""
    tree = definition(function)
    return [
        Mutant(
            function,
            f"line {node.lineno}:{node.col_offset}: `{shown(node)}` becomes `{shown(variant)}`",
            ast.unparse(Replace(place, variant).applied_to(tree)),
        )
        for place, node in enumerate(ast.walk(tree))
        for variant in variants(node)
    ]


def found(namespace, name):
    """Return a function by its name in a namespace; of a property, the one that reads it."""
    first, *rest = name.split(".")
    value = functools.reduce(getattr, rest, namespace[first])
    return value.fget if isinstance(value, property) else value


def swap(function, source):
    """Give a function of this process the body and defaults of a mutant, wherever it is used."""
    module, name = function.split(":")
    original = found(vars(importlib.import_module(module)), name)
    namespace = {}
    exec(source, original.__globals__, namespace)  # noqa: S102 -- a change of ours
    mutant = found(namespace, name)
    original.__code__ = mutant.__code__
    original.__defaults__ = mutant.__defaults__


def end_at_difference(recorded):
    """End the run of this process with the first cell that prints something else than recorded.

    Args:
        recorded: name of a cell -> what it printed, as `printed` has it.

    """
    execute_cell = child.execute_cell

    def watched(cell, *arguments):
        run = execute_cell(cell, *arguments)
        if printed(run) != recorded[cell.name]:
            run.error = ("Noticed", cell.name)
        return run

    child.execute_cell = watched


def printed(run):
    """Return all that a cell wrote, in the fields in which it is recorded."""
    return run.stdout, run.stderr, ": ".join(run.error or ())
