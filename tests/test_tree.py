"""The rooms of the generator stand in an order, and a room imports only from those below it."""

import ast

from generator.common import ROOT

GENERATOR = ROOT / "generator"
DOWNWARDS = ("__main__", "bump", "render", "record", "execute", "sweep", "common")
NOT = {("render", "execute")}


def imported(path):
    """Return the rooms that a module imports from."""
    modules = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules += [f"{node.module}.{alias.name}" for alias in node.names]
    return {module.split(".")[1] for module in modules if module.startswith("generator.")}


def test_imports_go_downwards_only():
    paths = sorted(GENERATOR.rglob("*.py"))
    rooms = {path: path.relative_to(GENERATOR).parts[0].removesuffix(".py") for path in paths}
    assert set(rooms.values()) == {*DOWNWARDS, "__init__"}
    upwards = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path, room in rooms.items()
        for other in imported(path)
        if room == "__init__"
        or (room, other) in NOT
        or DOWNWARDS.index(other) < DOWNWARDS.index(room)
    ]
    assert upwards == []
