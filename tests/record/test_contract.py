import pytest

from generator.common import forget, write
from generator.execute.child import CellRun, Run
from generator.record import contract, recordings
from tests.project import change


@pytest.fixture
def snippet(snippet_of):
    return snippet_of('# %% a\nprint("1")', '# %% b raises="ValueError"\nint("x")')


def run(stdout="1\n", error=("ValueError", "bad"), versions=None, **fields):
    cells = [CellRun("a", stdout=stdout, **fields), CellRun("b", error=error)]
    return Run(cells=cells, versions=versions or {"keras": "3", "python": "3.13"})


def save(snippet, folder):
    write(recordings.path_of(snippet.name, folder), contract.notebook(snippet, run()))
    forget()


def test_what_was_saved_reads_back(snippet, tmp_path):
    save(snippet, tmp_path)
    recording = recordings.load("example", tmp_path)
    assert recording.title == "Title"
    assert recording.versions == {"keras": "3", "python": "3.13"}
    assert recording.cells["a"].text == "1"
    assert recording.cells["b"].text == "ValueError: bad"
    assert contract.differences(snippet, run(), tmp_path) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"stdout": "2\n"}, ["example.py:4: cell 'a'", "-1", "+2", "make record"]),
        ({"error": ("ValueError", "worse")}, ["+ValueError: worse"]),
        ({"versions": {"keras": "4"}}, ["run with {'keras': '4'}"]),
    ],
)
def test_another_output_or_release_is_a_difference_that_is_named(snippet, tmp_path, now, said):
    save(snippet, tmp_path)
    (problem,) = contract.differences(snippet, run(**now), tmp_path)
    assert all(part in problem for part in said)


def test_a_recording_edited_by_hand_is_a_difference(snippet, tmp_path):
    save(snippet, tmp_path)
    change(recordings.path_of("example", tmp_path), '"nbformat_minor": 5', '"nbformat_minor": 4')
    (said,) = contract.differences(snippet, run(), tmp_path)
    assert "edited by hand" in said


def test_missing_broken_and_outdated_recordings_are_named(snippet, snippet_of, tmp_path):
    (said,) = contract.differences(snippet, run(), tmp_path)
    assert "no such recording" in said
    recordings.path_of("example", tmp_path).write_text("{", encoding="utf-8")
    forget()
    (said,) = contract.differences(snippet, run(), tmp_path)
    assert "not a recording" in said
    save(snippet, tmp_path)
    changed = snippet_of(
        '# %% a\nprint("2")', '# %% b raises="ValueError"\nint("x")', "# %% c\nx = 1"
    )
    said = contract.outdated(changed, tmp_path)
    assert [line.split("'")[1] for line in said] == ["a", "c"]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("stopped: too long", "example.py: stopped: too long"),
        (run(error=None), "declared to raise ValueError, and raised nothing"),
        (run(error=("KeyError", "x")), "raised KeyError, not the declared ValueError"),
        (run(stderr="UserWarning: x"), "wrote to stderr"),
    ],
)
def test_unsound_runs_are_refused(snippet, outcome, said):
    (problem,) = contract.unsound(snippet, outcome)
    assert said in problem


def test_a_declared_warning_has_to_come(snippet_of):
    snippet = snippet_of("# %% a warns=true\nprint(1)")
    assert "declared to warn" in contract.unsound(snippet, Run([CellRun("a", "1\n")]))[0]
    assert contract.unsound(snippet, Run([CellRun("a", "1\n", "careful")])) == []


def test_what_a_cell_needs_and_prints_stands_in_its_recording(snippet_of, tmp_path):
    cells = ["# %% setup\nx = 1", "# %% a\ny = x", '# %% b after="a"\nz = y']
    last = '# %% c after="b" table=true\nprint("1 | 2")'
    snippet = snippet_of(*cells, "# %% other\nx = 2", last)
    done = Run([CellRun(cell.name) for cell in snippet.code_cells], {"python": "3"})
    write(recordings.path_of("example", tmp_path), contract.notebook(snippet, done))
    found = recordings.load("example", tmp_path).cells
    assert found["c"].after == ("setup", "a", "b")
    assert found["c"].table
    assert found["setup"].after == ()
    changed = snippet_of(*cells, "# %% other\nx = 2", last.replace(' after="b"', ""))
    (said,) = contract.outdated(changed, tmp_path)
    assert "cell 'c' is not what" in said
