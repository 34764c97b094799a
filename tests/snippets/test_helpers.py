"""A helper that several snippets define under one name is the same in each of them.

A function of y_true and y_pred is what a snippet is about: its name is the key that Keras reports.
"""

import ast
from collections import defaultdict

import pytest

from generator.common import SNIPPETS

DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(node):
    """Yield the functions and classes below a node, but not the methods of a class."""
    for child in ast.iter_child_nodes(node):
        if (
            isinstance(child, DEFINITIONS)
            and "(y_true, y_pred)" not in ast.unparse(child).split("\n")[0]
        ):
            yield child
        if not isinstance(child, ast.ClassDef):
            yield from definitions(child)


def different_bodies(folder):
    """Return one line for each name that two files of a folder define with different bodies."""
    found = defaultdict(lambda: defaultdict(set))
    for path in sorted(folder.glob("*.py")):
        for definition in definitions(ast.parse(path.read_text(encoding="utf-8"))):
            found[definition.name][ast.unparse(definition)].add(path.name)
    return [
        f"{name}: " + " differs from ".join(", ".join(sorted(files)) for files in bodies.values())
        for name, bodies in sorted(found.items())
        if len(bodies) > 1 and len(set.union(*bodies.values())) > 1
    ]


def test_helpers_of_one_name_have_one_body():
    problems = different_bodies(SNIPPETS)
    assert not problems, "\n".join(["give them one body, or different names:", *problems])


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("def f(x):\n    return x", "def f(y):\n    return y", ["f: a.py differs from b.py"]),
        ("class C:\n    x = 1", "class C:\n    x = 2", ["C: a.py differs from b.py"]),
        ("if 1:\n    def f(): 1", "def f(): 2", ["f: a.py differs from b.py"]),
        ('def f():\n    "a"', 'def f():\n    "b"', ["f: a.py differs from b.py"]),
        ("def f(x): return x", "def f(x):\n    return x  # the same", []),
        ("class C:\n    def f(self): 1", "class D:\n    def f(self): 2", []),
        ("def f(): 1\ndef f(): 2", "def g(): 3", []),
    ],
)
def test_a_difference_is_named_with_its_files(tmp_path, one, other, said):
    (tmp_path / "a.py").write_text(one)
    (tmp_path / "b.py").write_text(other)
    assert different_bodies(tmp_path) == said
