"""What a page shows above a block of code is enough to run the block, in the order of the page."""

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
    ("cells", "missing"),
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
        (["import random", "random.seed(1)", "print(random.random())"], ["a"]),
        (["x = 1", "print(print)"], []),
        (["class A:\n    pass", "class B(A):\n    pass"], ["a"]),
        (["x = 1", "def f(y=x):\n    return y"], ["a"]),
    ],
)
def test_a_cell_needs_those_that_bound_or_changed_what_it_uses(cells, missing):
    found = needs.missing(snippet(*cells), "abcd"[len(cells) - 1], {})
    assert [cell.name for cell in found] == missing


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        (["x = 1\ny = 1", "z = x"], []),
        (["x = 1\ny = 1"], ["b"]),
        (["x = 1\ny = 1", "x = 5"], ["a", "b"]),
        (["x = 1\ny = 1", "z = x", "x = 5"], []),
        (["x = 1\ny = 1", "z = x", "z = 5"], ["b"]),
        (["x = 1\ny = 1", "z = x", "x = 5\nz = 5"], ["a", "b"]),
    ],
)
def test_what_was_shown_is_needed_again_if_other_code_has_bound_its_names(shown, missing):
    state = {}
    for source in shown:
        needs.run(state, source)
    found = needs.missing(snippet("x = 1\ny = 1", "z = x", "print(z)"), "c", state)
    assert [cell.name for cell in found] == missing


def test_a_function_needs_what_it_uses_to_be_what_it_was():
    state = {}
    made = snippet("x = 1\ndef f():\n    return x", "print(f())")
    needs.run(state, made.cells[0].source)
    assert needs.missing(made, "b", state) == []
    needs.run(state, "x = 2")
    assert [cell.name for cell in needs.missing(made, "b", state)] == ["a"]


def shown_on(path):
    """Return snippet and cell of each block of code on a page, in order."""
    calls = CALL.finditer(path.read_text(encoding="utf-8"))
    return [
        ast.literal_eval(f"({call['arguments']},)") for call in calls if call["function"] == "code"
    ]


PAGES = {str(path.relative_to(DOCS)): path for path in sorted(DOCS.rglob("*.md")) if shown_on(path)}


def copied(page):
    """Return a page as someone copies it: each block of code below what is folded above it."""
    cells, state = [], {}
    for name, cell in shown_on(PAGES[page]):
        whole = snippets.load(name)
        block = next(one for one in whole.code_cells if one.name == cell)
        for one in [*needs.missing(whole, cell, state), block]:
            needs.run(state, one.source)
            label = f"{name}:{one.name}"
            cells.append(dataclasses.replace(one, name=label if one is block else f"({label})"))
    return dataclasses.replace(whole, name=page, cells=tuple(cells))


def alone(name, cell):
    """Return a block of code below all that it needs."""
    whole = snippets.load(name)
    block = next(one for one in whole.code_cells if one.name == cell)
    cells = [dataclasses.replace(one, name="needed") for one in needs.missing(whole, cell, {})]
    label = f"{name}:{cell}"
    return dataclasses.replace(
        whole, name=label, cells=(*cells, dataclasses.replace(block, name=label))
    )


BLOCKS = sorted({block for path in PAGES.values() for block in shown_on(path)})


@pytest.fixture(scope="session")
def runs():
    programs = [*map(copied, PAGES), *(alone(*block) for block in BLOCKS)]
    return {program.name: outcome for program, outcome in execute.run_all(programs)}


def differences(outcome):
    """Say which blocks of a program did not print what is recorded."""
    assert isinstance(outcome, child.Run), outcome
    found = {}
    for done in outcome.cells:
        name, _, cell = done.name.partition(":")
        if name.startswith("(") or not cell:
            continue
        recorded = recordings.load(name).cells[cell]
        if (done.stdout, ": ".join(done.error or ())) != (recorded.stdout, recorded.error):
            found[done.name] = done.trace or done.stdout
    return found


@pytest.mark.full
@pytest.mark.parametrize("page", PAGES)
def test_a_page_copied_from_top_to_bottom_prints_what_it_shows(runs, page):
    assert differences(runs[page]) == {}
    assert len(runs[page].cells) == len(copied(page).cells)


@pytest.mark.full
@pytest.mark.parametrize(("name", "cell"), BLOCKS)
def test_a_block_copied_with_what_it_needs_prints_what_is_shown(runs, name, cell):
    assert differences(runs[f"{name}:{cell}"]) == {}
    assert runs[f"{name}:{cell}"].cells[-1].name == f"{name}:{cell}"
