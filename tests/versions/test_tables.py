"""The tables that are made from the sweep."""

import pytest
from bs4 import BeautifulSoup

from generator.errors import ProblemError
from generator.paths import ROOT
from generator.versions import environments, tables

DECLARED = environments.load()


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        (None, "not run"),
        ({"value": 0.714286, "metric": "binary_accuracy"}, "0.7143, binary_accuracy"),
        ({"value": [1.0, 0.0], "shape": [2]}, "[1, 0]"),
        ({"value": [[1.0], [0.0]], "shape": [2, 1]}, "[1, 0] in a column"),
        ({"value": [[1.0, 0.0], [0.5, 1.0]], "shape": [2, 2]}, "[[1, 0], [0.5, 1]]"),
        ({"value": 0.5, "shape": []}, "0.5 alone"),
        ({"value": "nan"}, "nan"),
        ({"error": "ValueError", "message": "a long story"}, "ValueError"),
        (
            {"error": "AttributeError", "message": "module 'keras.metrics' has no attribute 'AUC'"},
            "no such name",
        ),
        (
            {"error": "TypeError", "message": "f() got an unexpected keyword argument 'k'"},
            "no such argument",
        ),
        (
            {"error": "NotImplementedError", "message": "fit not implemented for NumPy backend."},
            "no training",
        ),
        ({"value": []}, "nothing"),
        ({"error": "AttributeError", "message": "'NoneType' has no attribute"}, "AttributeError"),
        ({"value": 1.0, "metric": [], "key": []}, "1, no key"),
        ({"history": ["acc", "loss"]}, "acc, loss"),
        ({"exists": True}, "yes"),
        ({"watches": "greater", "warned": False}, "max, warned no"),
        ({"key": "acc", "list": 2, "last": 0.25}, "key acc, list 2, last 0.25"),
    ],
)
def test_an_outcome_is_told_in_one_line(outcome, text):
    assert tables.told(outcome) == text


def cells(html):
    rows = BeautifulSoup(html, "lxml").select("tr")
    return [[cell.get_text() for cell in row.select("th, td")] for row in rows]


@pytest.mark.usefixtures("record")
def test_releases_that_answer_alike_share_a_line():
    head, *lines = cells(tables.by_version(("regression-mse", "regression-mae")))
    assert head == [
        "Releases",
        "'accuracy' of a regression, mse",
        "'accuracy' of a regression, mae",
    ]
    assert [line[1:] for line in lines] == [["0.5, rounded", "1"], ["0.25, binary", "1"]]
    newest = DECLARED[list(DECLARED)[-1]].release
    assert lines[0][0] == (
        "Keras 2.0.4 to 3.4.1; tf.keras 1.10.1 to 2.1.4; "
        f"tf-keras (TF1 loop) {environments.newest('loop').release}"
    )
    assert lines[1][0].startswith(f"Keras 3.5.0 to {newest}; tf.keras 2.2.3 to tf-keras")
    assert lines[1][0].endswith(f"Keras {newest} on JAX, PyTorch, NumPy")


def test_what_has_not_been_run_comes_last(record):
    del record.found["regression-mae"]["keras-2.0.4"]
    *_, last = cells(tables.by_version(("regression-mae",)))
    assert last == ["Keras 2.0.4", "not run"]


@pytest.mark.usefixtures("record")
def test_the_answers_to_a_case_stand_below_each_other_the_most_common_last():
    html = tables.answers("regression-*", "regression-mae")
    old, new, steady = cells(html)[1:]
    assert old[:2] == ["'accuracy' of a regression, mse", "0.5, rounded"]
    assert old[2].startswith("Keras 2.0.4 to 3.4.1; tf.keras")
    assert new == ["0.25, binary", "all others"]
    assert steady == ["'accuracy' of a regression, mae", "1", "all"]
    head = BeautifulSoup(html, "lxml").select_one("tbody th")
    assert head["rowspan"] == "2"
    with pytest.raises(ProblemError, match="no case 'no-such'"):
        tables.answers("no-such")


@pytest.mark.usefixtures("record")
def test_a_case_that_is_not_there_or_has_not_been_run_is_named():
    with pytest.raises(ProblemError, match="no case 'no-such' in snippets/versions/cases"):
        tables.by_version(("no-such",))
    with pytest.raises(ProblemError, match="'one-hot-mse' has not been run on any release"):
        tables.by_version(("one-hot-mse",))


def test_where_the_newest_of_lineages_differ_each_has_a_column(record):
    newest = environments.newest()
    record.found["regression-mae"][f"{newest.id}-torch"] = {"error": "ValueError"}
    cannot = {"error": "NotImplementedError", "message": "fit not implemented for NumPy backend"}
    record.found["regression-mse"][f"{newest.id}-numpy"] = cannot
    lacks = {"error": "ModuleNotFoundError", "message": "No module named 'tensorflow'"}
    record.found["regression-mse"][f"{newest.id}-jax"] = lacks
    html = tables.differences("keras", "backend")
    on_all = ",".join(f"{newest.id}{on}" for on in ("", "-jax", "-torch", "-numpy"))
    assert html.endswith(f"`make versions ENV={on_all}`\n{{: .command }}")
    head, *lines = cells(html)
    assert head == ["Case", *(f"Keras {newest.release}{on}" for on in
        (" on TensorFlow", " on JAX", " on PyTorch", " on NumPy"))]  # fmt: skip
    assert lines == [
        ["'accuracy' of a regression, mae (regression-mae)", "1", "1", "ValueError", "1"]
    ]
    with pytest.raises(ProblemError, match="no lineage 'no-such'"):
        tables.differences("no-such")


def test_the_command_below_a_table_is_one_that_make_knows():
    assert tables.command(("a", "b")) == "make versions CASE=a,b"
    assert tables.command(("a-*",), ["b", "c"]) == "make versions ENV=b,c CASE='a-*'"
    assert "$(ENV)$(CASE)" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_a_command_names_few_environments_that_give_each_answer(record):
    newest = environments.newest().id
    assert tables.witnesses(("regression-mae",)) == [newest]
    loop = environments.newest("loop").id
    assert tables.witnesses(("regression-*",)) == [newest, loop]
    record.found["regression-mae"]["keras-2.3.1"] = {"value": 0.0}
    assert tables.witnesses(("regression-mae",)) == ["keras-2.3.1", newest]
