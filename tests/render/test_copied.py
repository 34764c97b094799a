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
    if call.verb == "run" and call.arguments[2:] in {(), ("code",)}:
        PAGES[str(path.relative_to(DOCS))].append(call)
BLOCKS = sorted({call.arguments[:2] for shown in PAGES.values() for call in shown})


def program(title, blocks):
    """Return blocks of code, each below the cells that are folded above it, as one snippet."""
    cells = []
    for number, (name, cell, folded) in enumerate(blocks):
        whole = snippets.load(name)
        found = {one.name: one for one in whole.code_cells}
        cells += [dataclasses.replace(found[one], name=f"{number}:folded:{one}") for one in folded]
        cells.append(dataclasses.replace(found[cell], name=f"{number}:{name}:{cell}"))
    return dataclasses.replace(whole, name=title, cells=tuple(cells))


def copied():
    """Return each page as someone copies it from top to bottom, and each block with its needs.

    Where a page fails because it gave a name to something else: `fresh=True`. Where a block fails,
    its cell has to say what it comes after: `# %% cell after="another"`.
    """
    for page, shown in PAGES.items():
        sheet, blocks = Sheet(DOCS / page), []
        for call in shown:
            name, cell = call.arguments[:2]
            folded = sheet.lacking(name, cell, fresh=call.options.get("fresh", False))
            blocks.append((name, cell, folded))
        yield program(page, blocks)
    for name, cell in BLOCKS:
        yield program(f"{name}:{cell}", [(name, cell, Sheet(DOCS).lacking(name, cell))])


@pytest.fixture(scope="session")
def runs():
    return {each.name: (each, outcome) for each, outcome in server.run_all(list(copied()))}


@pytest.mark.full
@pytest.mark.parametrize("name", [*PAGES, *map(":".join, BLOCKS)])
def test_what_is_copied_from_a_page_prints_what_is_shown(runs, name):
    copy, outcome = runs[name]
    assert isinstance(outcome, child.Run), outcome
    assert len(outcome.cells) == len(copy.cells), outcome.cells[-1].trace
    for one in outcome.cells:
        _, snippet, cell = one.name.split(":")
        if snippet != "folded":
            recorded = recordings.load(snippet).cells[cell]
            printed = one.stdout, ": ".join(one.error or ())
            assert printed == (recorded.stdout, recorded.error), one.trace
