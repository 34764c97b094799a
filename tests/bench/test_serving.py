"""A refresh counts only when the page shows what the saved snippet printed, not merely its code."""

import contextlib
import io

import pytest

from generator import pages, snippets
from generator.bench import serving
from generator.errors import ProblemError

MARK = "Saved in round 1 of ours."


def test_a_marked_snippet_prints_the_mark_and_does_not_hold_it():
    marked = serving.marked("# %% [markdown]\n# # Title\n\n# %% cell\nx = 1\n", "cell", MARK)
    assert MARK not in marked
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(marked)  # noqa: S102 -- ours
    assert printed.getvalue() == f"{MARK}\n"


@pytest.mark.parametrize("text", ["", "# %% cell-too\n", "# %% cell\n" * 2])
def test_a_snippet_without_the_cell_is_refused(text):
    with pytest.raises(ProblemError, match="no cell"):
        serving.marked(text, "cell", MARK)


@pytest.mark.parametrize("saved", serving.SAVED.values(), ids=serving.SAVED)
def test_what_is_saved_is_a_real_snippet_whose_page_shows_that_cell_as_a_block(saved):
    snippet = snippets.load(saved.snippet)
    assert serving.marked(snippet.text, saved.cell, MARK) != snippet.text
    lines = pages.owner(saved.snippet).path.read_text(encoding="utf-8").splitlines()
    assert f'{{{{ output("{saved.snippet}", "{saved.cell}") }}}}' in lines


def test_saving_is_timed_until_it_shows(tmp_path):
    path = tmp_path / "snippet.py"
    answers = iter([False, False, True])
    assert serving.seconds_until(path, "text", lambda: next(answers)) >= 2 * serving.LOOK_SECONDS
    assert path.read_text() == "text"


def test_what_never_shows_is_given_up():
    with pytest.raises(ProblemError, match="did not show"):
        serving.until(lambda: False, patience=0)


def test_the_goal_is_the_kernel_alone_by_ours_round_by_round():
    lines = serving.rows(
        {
            "ours": [1.0, 2.0, 1.0],
            "kernel": [4.9, 12.0, 5.1],
            "jupyter": [9.0, 9.0, 9.0],
            "body": [0.5],
        }
    )
    (goal,) = [row for row in lines if row.goal]
    assert goal.value == pytest.approx(5.1)
    assert goal.met
    assert [row.seconds for row in lines[:4]] == [1.0, 5.1, 9.0, 0.5]
    assert [row.value for row in lines[-2:]] == pytest.approx([10.2, 9.0])
