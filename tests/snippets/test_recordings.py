"""Every snippet, run anew, prints what its recording says."""

import itertools
import subprocess
import sys

import pytest

from generator.common import SNIPPETS
from generator.execute import server, snippets
from generator.record import contract, recordings, running, sources
from generator.render import sheet


@pytest.fixture(scope="session")
def outcomes(request):
    """Run once all snippets that are asked for: `-k some-word` is one page."""
    asked = {
        getattr(item, "callspec", None) and item.callspec.params.get("name")
        for item in request.session.items
    }
    every = [snippets.load(name) for name in snippets.names() if name in asked]
    return {snippet.name: (snippet, outcome) for snippet, outcome in server.run_all(every)}


@pytest.mark.parametrize("name", snippets.names())
def test_snippet_prints_what_was_recorded(outcomes, name):
    snippet, outcome = outcomes[name]
    problems = contract.unsound(snippet, outcome) or contract.differences(snippet, outcome)
    assert not problems, "\n".join(problems)


def test_every_recording_is_of_a_snippet_as_it_is():
    assert running.outdated() == {}
    assert recordings.names() == snippets.names()


def test_every_line_of_keras_on_a_page_is_where_its_link_leads():
    assert sources.update(sheet.lines_of_keras(), record=False) == []


@pytest.mark.full
@pytest.mark.parametrize("name", snippets.names())
def test_snippet_run_cold_as_a_plain_script_prints_the_same(name):
    """No warm process, no recorder: what a reader gets who saves the file and runs it."""
    snippet, recording = snippets.load(name), recordings.load(name)
    cells = list(itertools.takewhile(lambda cell: not cell.raises, snippet.code_cells))
    done = subprocess.run(
        [sys.executable, "-c", "\n\n".join(cell.source for cell in cells)],
        cwd=SNIPPETS,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "".join(recording.cells[cell.name].stdout for cell in cells)
