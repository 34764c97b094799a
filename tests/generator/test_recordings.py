import nbformat
import pytest

from generator import recordings
from generator.child import CellRun, Run
from generator.errors import ProblemError
from generator.execute import Failure


@pytest.fixture
def snippet(write):
    return write('# %% a\nprint("1")', '# %% b raises="ValueError"\nint("x")')


def run(stdout="1\n", error=("ValueError", "bad"), versions=None, **fields):
    cells = [CellRun("a", stdout=stdout, **fields), CellRun("b", error=error)]
    return Run(cells=cells, versions=versions or {"keras": "3", "python": "3.13"})


def test_what_was_saved_reads_back(snippet, tmp_path):
    recordings.save(snippet, run(), tmp_path)
    recording = recordings.load("example", tmp_path)
    assert recording.title == "Title"
    assert recording.versions == {"keras": "3", "python": "3.13"}
    assert recording.cells["a"].text == "1"
    assert recording.cells["b"].text == "ValueError: bad"
    assert recordings.differences(snippet, run(), tmp_path) == []


def test_equal_runs_give_equal_files(snippet, tmp_path):
    slow = run()
    slow.seconds = 99.0
    assert recordings.text_of(snippet, run()) == recordings.text_of(snippet, slow)
    recordings.save(snippet, run(), tmp_path)
    nbformat.validate(nbformat.read(recordings.path_of("example", tmp_path), as_version=4))


def test_another_output_is_a_difference_that_names_file_cell_and_change(snippet, tmp_path):
    recordings.save(snippet, run(), tmp_path)
    (said,) = recordings.differences(snippet, run(stdout="2\n"), tmp_path)
    assert "example.py:4: cell 'a'" in said
    assert "-1" in said
    assert "+2" in said
    assert "make record" in said


def test_another_error_and_another_release_are_differences(snippet, tmp_path):
    recordings.save(snippet, run(), tmp_path)
    (said,) = recordings.differences(snippet, run(error=("ValueError", "worse")), tmp_path)
    assert "+ValueError: worse" in said
    (said,) = recordings.differences(snippet, run(versions={"keras": "4"}), tmp_path)
    assert "run with {'keras': '4'}" in said


def test_a_recording_edited_by_hand_is_a_difference(snippet, tmp_path):
    recordings.save(snippet, run(), tmp_path)
    path = recordings.path_of("example", tmp_path)
    path.write_text(path.read_text().replace('"nbformat_minor": 5', '"nbformat_minor": 4'))
    (said,) = recordings.differences(snippet, run(), tmp_path)
    assert "edited by hand" in said


def test_missing_broken_and_outdated_recordings_are_named(snippet, write, tmp_path):
    (said,) = recordings.differences(snippet, run(), tmp_path)
    assert "no such recording" in said
    recordings.path_of("example", tmp_path).write_text("{", encoding="utf-8")
    with pytest.raises(ProblemError, match="not a recording"):
        recordings.load("example", tmp_path)
    recordings.save(snippet, run(), tmp_path)
    changed = write('# %% a\nprint("2")', '# %% b raises="ValueError"\nint("x")', "# %% c\nx = 1")
    said = recordings.outdated(changed, recordings.load("example", tmp_path))
    assert [line.split("'")[1] for line in said] == ["a", "c"]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Failure("stopped: too long"), "example.py: stopped: too long"),
        (run(error=None), "declared to raise ValueError, and raised nothing"),
        (run(error=("KeyError", "x")), "raised KeyError, not the declared ValueError"),
        (run(stderr="UserWarning: x"), "wrote to stderr"),
    ],
)
def test_unsound_runs_are_refused(snippet, outcome, said):
    (problem,) = recordings.unsound(snippet, outcome)
    assert said in problem


def test_a_declared_warning_that_does_not_come_is_refused(write):
    snippet = write("# %% a warns=true\nprint(1)")
    assert "declared to warn" in recordings.unsound(snippet, Run([CellRun("a", "1\n")]))[0]
    assert recordings.unsound(snippet, Run([CellRun("a", "1\n", "careful")])) == []


def test_a_sound_run_has_no_problems(snippet):
    assert recordings.unsound(snippet, run()) == []
