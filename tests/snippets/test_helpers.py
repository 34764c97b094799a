"""A helper that several snippets define under one name is the same in each of them.

A function of y_true and y_pred is what a snippet is about: its name is the key that Keras reports.
"""

import ast
from collections import defaultdict

from generator.common import SNIPPETS, read


def test_helpers_of_one_name_have_one_body():
    found = defaultdict(lambda: defaultdict(set))
    for path in SNIPPETS.glob("*.py"):
        for node in ast.parse(read(path)).body:
            body = ast.unparse(node)
            subject = "(y_true, y_pred)" in body.partition("\n")[0]
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not subject:
                found[node.name][body].add(path.name)
    different = {
        name: list(bodies.values())
        for name, bodies in found.items()
        if len(bodies) > 1 and len(set.union(*bodies.values())) > 1
    }
    assert different == {}, "give them one body, or different names"
