"""What a page shows above a block of code is enough to run the block."""

import ast
import dataclasses

import pytest

from generator import child, execute, needs, recordings, snippets
from generator.calls import CALL
from generator.paths import DOCS


def snippet(*sources):
    cells = [
        snippets.Cell(name, "code", source, line=1, raises=None, warns=False)
        for name, source in zip("abcd", sources, strict=False)
    ]
    return snippets.Snippet("made", DOCS, "", tuple(cells))


@pytest.mark.parametrize(
    ("cells", "needed"),
    [
        (["x = 1", "y = 2", "print(x)"], ["a"]),
        (["x = 1", "y = x", "print(y)"], ["a", "b"]),
        (["x = 1", "x = 2", "print(x)"], ["b"]),
        (["x = 1", "x = 2; print(x)"], []),
        (["x = 1", "x = x + 1"], ["a"]),
        (["x = 1", "x += 1"], ["a"]),
        (["x = [1]", "x.append(2)", "print(x)"], ["a", "b"]),
        (["x = {}", "x['k'] = 2", "print(x)"], ["a", "b"]),
        (["x = 1", "print([x for x in (1, 2)])"], []),
        (["x = 1", "for x in (1, 2): print(x)"], []),
        (["import os", "def f():\n    return os.name", "print(f())"], ["a", "b"]),
        (["x = 1", "def f(x):\n    return x", "print(f(3))"], ["b"]),
        (["import numpy.linalg", "print(numpy.pi)"], ["a"]),
        (["x = 1", "print(print)"], []),
    ],
)
def test_a_cell_needs_those_that_bound_or_changed_what_it_uses(cells, needed):
    found = needs.before(snippet(*cells), "abcd"[len(cells) - 1])
    assert [cell.name for cell in found] == needed


def shown_blocks():
    """Return snippet and cell of every block of code on any page."""
    found = set()
    for path in DOCS.rglob("*.md"):
        for call in CALL.finditer(path.read_text(encoding="utf-8")):
            if call["function"] == "code":
                found.add(ast.literal_eval(f"({call['arguments']},)"))
    return sorted(found)


@pytest.fixture(scope="session")
def runs():
    """Run each block of code with what it needs and nothing else."""
    programs = []
    for name, cell in shown_blocks():
        whole = snippets.load(name)
        last = next(one for one in whole.code_cells if one.name == cell)
        cells = (*needs.before(whole, cell), last)
        programs.append(dataclasses.replace(whole, name=f"{name}:{cell}", cells=cells))
    return {program.name: outcome for program, outcome in execute.run_all(programs)}


@pytest.mark.full
@pytest.mark.parametrize(("name", "cell"), shown_blocks())
def test_a_block_of_code_prints_the_same_with_only_what_it_needs(runs, name, cell):
    outcome = runs[f"{name}:{cell}"]
    assert isinstance(outcome, child.Run), outcome
    done, recorded = outcome.cells[-1], recordings.load(name).cells[cell]
    assert done.name == cell, done.trace
    assert done.stdout == recorded.stdout
    assert ": ".join(done.error or ()) == recorded.error
