"""Small changes of a function's source, one at a time: what a wrong branch would look like."""

import ast
import copy
import functools
import importlib
import importlib.util
from pathlib import Path
from typing import NamedTuple

FIRST = [ast.Eq, ast.Lt, ast.Gt, ast.Is, ast.In]
SECOND = [ast.NotEq, ast.LtE, ast.GtE, ast.IsNot, ast.NotIn]
COMPARISONS = dict(zip(FIRST + SECOND, SECOND + FIRST, strict=True))
# Functions whose twin differs in one edge only, such as exactly at the threshold.
TWINS = {
    "any": "sum",
    "divide_no_nan": "divide",
    "equal": "not_equal",
    "greater": "greater_equal",
    "squeeze": "expand_dims",
}


class Mutant(NamedTuple):
    """A function, given as `module:name` or `module:class.name`, with one change."""

    function: str
    change: str
    source: str

    def __str__(self):
        """Name it in a test report."""
        return f"{self.function.rpartition(':')[2]}: {self.change}"


def variants(node):
    """Yield the changes of one node of the syntax tree, each as the fields that change."""
    match node:
        case ast.Compare(ops=ops):
            for place, operator in enumerate(ops):
                yield {"ops": [*ops[:place], COMPARISONS[type(operator)](), *ops[place + 1 :]]}
        case ast.BoolOp(op=operator):
            yield {"op": ast.Or() if isinstance(operator, ast.And) else ast.And()}
        case ast.Constant(value=bool(value)):
            yield {"value": not value}
        case ast.Constant(value=int(value) | float(value)):
            yield {"value": value + 1}
        case ast.Attribute(attr=name) if name in TWINS:
            yield {"attr": TWINS[name]}
        case ast.IfExp() | ast.If():
            yield from ({"test": ast.Constant(value)} for value in (True, False))


def shown(node):
    """Write a node on one line; of an `if` only its condition."""
    return ast.unparse(node.test if isinstance(node, ast.If) else node)


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
    tree, mutants = definition(function), []
    for place, node in enumerate(ast.walk(tree)):
        for fields in variants(node):
            changed = copy.deepcopy(tree)
            other = list(ast.walk(changed))[place]
            vars(other).update(fields)
            change = f"{node.lineno}:{node.col_offset}: `{shown(node)}` becomes `{shown(other)}`"
            source = ast.unparse(ast.fix_missing_locations(changed))
            mutants.append(Mutant(function, f"line {change}", source))
    return mutants


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
