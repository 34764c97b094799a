"""Small changes of a function's source, one at a time: what a wrong branch would look like."""

import ast
import importlib.util
import pkgutil
from pathlib import Path
from typing import NamedTuple

FIRST = [ast.Eq, ast.Lt, ast.Gt, ast.Is, ast.In, ast.And]
SECOND = [ast.NotEq, ast.LtE, ast.GtE, ast.IsNot, ast.NotIn, ast.Or]
OPPOSITES = dict(zip(FIRST + SECOND, SECOND + FIRST, strict=True))
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
    line: str  # the one that is changed, as it then stands
    source: str

    def __str__(self):
        """Name it in a test report."""
        return f"{self.function.rpartition(':')[2]}: {self.line}"


def variants(node):
    """Yield the changes of one node of the syntax tree, each as the fields that change."""
    match node:
        case ast.Compare(ops=ops):
            for place, operator in enumerate(ops):
                yield {"ops": [*ops[:place], OPPOSITES[type(operator)](), *ops[place + 1 :]]}
        case ast.BoolOp(op=operator):
            yield {"op": OPPOSITES[type(operator)]()}
        case ast.Constant(value=bool(value)):
            yield {"value": not value}
        case ast.Constant(value=int(value) | float(value)):
            yield {"value": value + 1}
        case ast.Attribute(attr=name) if name in TWINS:
            yield {"attr": TWINS[name]}
        # Comparisons, and what `and` and `or` join, are changed above.
        case ast.IfExp() | ast.If() if not isinstance(node.test, ast.Compare | ast.BoolOp):
            for join, value in ((ast.Or(), True), (ast.And(), False)):
                yield {"test": ast.BoolOp(join, [node.test, ast.Constant(value)])}


def definition(function):
    """Return the syntax tree of a function, without importing Keras."""
    module, _, names = function.partition(":")
    root = Path(importlib.util.find_spec(module.partition(".")[0]).origin).parents[1]
    source = root.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    for name in names.split("."):
        tree = next(node for node in tree.body if getattr(node, "name", "") == name)
    tree.decorator_list = []
    return tree


def of(function):
    """Return every mutant of a function."""
    tree, mutants = definition(function), []
    lines = ast.unparse(tree).splitlines()
    for node in ast.walk(tree):
        original = dict(vars(node))
        for fields in variants(node):
            vars(node).update(fields)
            source = ast.unparse(tree)
            pairs = zip(lines, source.splitlines(), strict=True)
            line = next(new.strip() for old, new in pairs if old != new)
            mutants.append(Mutant(function, line, source))
            vars(node).update(original)
    return mutants


def swap(function, source):
    """Give a function of this process the body and defaults of a mutant, wherever it is used."""
    original = pkgutil.resolve_name(function)
    original = getattr(original, "fget", original)  # of a property, the function that reads it
    namespace = {}
    exec(source, original.__globals__, namespace)  # noqa: S102 -- a change of ours
    (mutant,) = namespace.values()
    original.__code__ = mutant.__code__
    original.__defaults__ = mutant.__defaults__
