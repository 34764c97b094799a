"""A refresh counts only when the page shows what the saved snippet printed, not merely its code."""

import contextlib
import io

import pytest

from generator import recordings, snippets
from generator.bench import serving
from generator.errors import ProblemError
from generator.paths import DOCS

MARK = "Saved in round 1 of ours."


def test_a_marked_snippet_prints_the_mark_and_does_not_hold_it():
    text = f"# %% [markdown]\n# # Title\n\n# %% {serving.CELL}\nx = 1\n"
    marked = serving.marked(text, MARK)
    assert MARK not in marked
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(marked)  # noqa: S102 -- ours
    assert printed.getvalue() == f"{MARK}\n"


@pytest.mark.parametrize("text", ["", f"# %% {serving.CELL}-too\n", f"# %% {serving.CELL}\n" * 2])
def test_a_snippet_without_the_cell_is_refused(text):
    with pytest.raises(ProblemError, match="no cell"):
        serving.marked(text, MARK)


def test_the_snippet_that_is_saved_is_a_real_one_whose_page_shows_that_cell():
    snippet = snippets.load(serving.SNIPPET)
    assert serving.marked(snippet.text, MARK) != snippet.text
    page = (DOCS / f"{serving.PAGE.strip('/')}.md").read_text(encoding="utf-8")
    assert f'{{{{ output("{serving.SNIPPET}", "{serving.CELL}") }}}}' in page.splitlines()
    assert recordings.load(serving.SNIPPET).name in serving.NOTEBOOK


def test_saving_is_timed_until_it_shows(tmp_path):
    path = tmp_path / "snippet.py"
    answers = iter([False, False, True])
    assert serving.saved(path, "text", lambda: next(answers)) >= 2 * serving.LOOK_SECONDS
    assert path.read_text() == "text"


def test_what_never_shows_is_given_up():
    with pytest.raises(ProblemError, match="did not show"):
        serving.until(lambda: False, patience=0)


def test_the_goal_is_the_kernel_alone_by_ours_round_by_round():
    lines = serving.rows(
        {"ours": [1.0, 2.0, 1.0], "kernel": [4.9, 12.0, 5.1], "jupyter": [9.0, 9.0, 9.0]}
    )
    (goal,) = [row for row in lines if row.goal]
    assert goal.value == pytest.approx(5.1)
    assert goal.met
    assert [row.seconds for row in lines[:3]] == [1.0, 5.1, 9.0]
    assert lines[-1].value == 9.0
