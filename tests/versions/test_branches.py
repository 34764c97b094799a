"""Which branches of Keras no case takes."""

import pytest

from generator.errors import ProblemError
from generator.versions import branches, cases, environments

CASES = cases.load()
NEWEST = environments.newest()


def told(*names):
    return branches.told(branches.run(NEWEST, [CASES[name] for name in names]))


def test_a_branch_and_a_function_are_told_until_a_case_takes_them():
    line = "get_metric: elif is_sparse_categorical:"
    function = "sparse_categorical_accuracy: never called"
    few = told("one-hot-mse")
    assert [one for one in few if one.endswith(line)]
    assert [one for one in few if one.endswith(f": {function}")]
    more = told("one-hot-mse", "classes-custom")
    assert not [one for one in more if one.endswith((line, f": {function}"))]


def test_a_process_that_dies_is_an_error_with_its_last_words(monkeypatch, tmp_path):
    script = tmp_path / "branches.py"
    script.write_text("raise SystemExit('no coverage here')", encoding="utf-8")
    monkeypatch.setattr(branches, "SCRIPT", script)
    with pytest.raises(ProblemError, match=f"{NEWEST.id}: no report: no coverage here"):
        branches.run(NEWEST, [])


def test_lines_name_the_file_below_the_installation():
    path = "/some/where/lib/python3.13/site-packages/keras/src/metrics.py"
    found = {path: {"f": [[7, "if x:"]], "g": None, "h": []}}
    assert branches.told(found) == [
        "keras/src/metrics.py:7: f: if x:",
        "keras/src/metrics.py: g: never called",
    ]
