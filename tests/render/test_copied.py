"""What a page shows above a block of code is enough to run the block, in the order of the page."""

import dataclasses
from collections import defaultdict

import pytest

from generator.common import DOCS
from generator.execute import child, server, snippets
from generator.record import recordings
from generator.render.sheet import Sheet, every_call

PAGES = defaultdict(list)
"""Page -> each call that shows code, in order."""
for path, _, call in every_call():
    if call.verb == "run" and call.arguments[2:] != ("output",):
        PAGES[str(path.relative_to(DOCS))].append(call)
BLOCKS = sorted({call.arguments[:2] for calls in PAGES.values() for call in calls})


def program(title, blocks):
    """Return blocks of code, each below the cells that are folded above it, as one snippet."""
    cells = []
    for number, (name, cell, folded) in enumerate(blocks):
        whole = snippets.load(name)
        found = {one.name: one for one in whole.code_cells}
        cells += [dataclasses.replace(found[one], name=f"{number}:folded:{one}") for one in folded]
        cells.append(dataclasses.replace(found[cell], name=f"{number}:{name}:{cell}"))
    return dataclasses.replace(whole, name=title, cells=tuple(cells))


def copied(page):
    """Return a page as someone copies it, from top to bottom."""
    sheet, blocks = Sheet(DOCS / page), []
    for call in PAGES[page]:
        name, cell = call.arguments[:2]
        folded = sheet.lacking(name, cell, fresh=call.options.get("fresh", False))
        blocks.append((name, cell, folded))
    return program(page, blocks)


def alone(name, cell):
    """Return a block of code below all that it needs."""
    return program(f"{name}:{cell}", [(name, cell, Sheet(DOCS).lacking(name, cell))])


@pytest.fixture(scope="session")
def runs():
    programs = [*map(copied, PAGES), *(alone(*block) for block in BLOCKS)]
    return {program.name: outcome for program, outcome in server.run_all(programs)}


def differences(outcome, count):
    """Say which blocks of a program did not run, or did not print what is recorded."""
    assert isinstance(outcome, child.Run), outcome
    found = {} if len(outcome.cells) == count else {"ended after": outcome.cells[-1].trace}
    for done in outcome.cells:
        _, name, cell = done.name.split(":")
        if name == "folded":
            continue
        recorded = recordings.load(name).cells[cell]
        if (done.stdout, ": ".join(done.error or ())) != (recorded.stdout, recorded.error):
            found[done.name] = done.trace or done.stdout
    return found


@pytest.mark.full
@pytest.mark.parametrize("page", PAGES)
def test_a_page_copied_from_top_to_bottom_prints_what_it_shows(runs, page):
    """Where a block fails because the page gave a name to something else: `fresh=True`."""
    assert differences(runs[page], len(copied(page).cells)) == {}


@pytest.mark.full
@pytest.mark.parametrize(("name", "cell"), BLOCKS)
def test_a_block_copied_with_what_it_needs_prints_what_is_shown(runs, name, cell):
    """Where this fails, the cell has to say what it comes after: `# %% cell after="another"`."""
    assert differences(runs[f"{name}:{cell}"], len(alone(name, cell).cells)) == {}
