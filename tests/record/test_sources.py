"""Lines of Keras are found by their text."""

import pytest

from generator.common import ProblemError
from generator.record import sources


def test_a_line_is_found_with_file_release_and_number():
    found = sources.find("is_binary = y_p_last_dim == 1", "is_binary_or_sparse_categorical")
    assert found.path == "keras/src/trainers/compile_utils.py"
    (lines,) = (text for path, text in sources._files().items() if path.as_posix() == found.path)
    assert lines.splitlines()[found.line - 1].strip() == found.text
    assert found.url.endswith(f"/keras/blob/v{found.release}/{found.path}#L{found.line}")


@pytest.mark.parametrize(
    ("text", "within", "said"),
    [
        ("is_binary = y_p_last_dim == 1", "", "_get_metric_object"),
        ("is_binary = y_p_last_dim == 1", "no_such_function", "within 'no_such_function'"),
        ("no such line anywhere", "", "nowhere"),
    ],
)
def test_a_line_that_stands_nowhere_or_in_several_places_is_refused(text, within, said):
    with pytest.raises(ProblemError, match="one place of Keras") as error:
        sources.find(text, within)
    assert said in str(error.value)


def test_lines_that_are_not_recorded_or_gone_are_problems(monkeypatch, tmp_path):
    monkeypatch.setattr(sources, "PATH", tmp_path / "sources.json")
    wanted = {("is_binary = y_p_last_dim == 1", "is_binary_or_sparse_categorical"): "a.md:1"}
    (said,) = sources.update(wanted, record=False)
    assert "make record" in said
    assert sources.update(wanted, record=True) == []
    assert sources.update(wanted, record=False) == []
    (said,) = sources.update(wanted | {("gone", ""): "b.md:7"}, record=True)
    assert said.startswith("b.md:7: 'gone' has to stand in one place")
