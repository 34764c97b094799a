"""What changed from release to release, and what never did."""

import pytest

from generator.errors import ProblemError
from generator.versions import cases, environments, history
from tests.versions.test_tables import cells

DECLARED = environments.load()


@pytest.mark.usefixtures("record")
def test_a_change_is_dated_exactly_only_between_neighbours():
    assert history.changed("regression-mse", "keras") == "in Keras 3.5.0"
    assert history.changed("regression-mse", "tf.keras") == (
        "between tf.keras 2.1.4 and tf.keras 2.2.3"
    )


def test_a_release_that_has_not_been_run_makes_a_change_inexact(record):
    del record.found["regression-mse"]["keras-3.4.1"]
    assert history.changed("regression-mse", "keras") == "between Keras 3.4.0 and Keras 3.5.0"


def test_what_never_changed_is_listed_whether_or_not_it_was_always_there(record):
    missing = {"error": "AttributeError", "message": "module 'keras' has no attribute 'metrics'"}
    record.found["regression-mae"]["keras-2.0.4"] = missing
    assert history.unchanged() == ["regression-mae"]
    assert cells(history.always()) == [
        ["Case", "Everywhere"],
        ["'accuracy' of a regression, mae (regression-mae)", "1"],
    ]


@pytest.mark.usefixtures("record")
def test_a_change_that_never_was_cannot_be_dated():
    with pytest.raises(ProblemError, match="'regression-mae' never changed in 'keras'"):
        history.changed("regression-mae", "keras")


def test_the_time_line_has_an_entry_for_each_release_the_newest_first(record):
    record.environments["keras-3.9.0"] = {"key": "0" * 12, "failed": "no such Python"}
    entries = dict(
        part.split("\n\n", 1) for part in history.timeline("keras").split("### ") if part
    )
    heads = [head.split(" {")[0] for head in entries]
    assert heads[0] == f"Keras {environments.newest().release}"
    assert heads[-1] == "Keras 2.0.4"
    assert len(heads) == sum(one.lineage == "keras" for one in DECLARED.values())
    found = {head.split(" {")[0]: text.strip() for head, text in entries.items()}
    assert found["Keras 2.0.4"] == "The first release here."
    assert history.timeline("keras", "2.").endswith("The first release here.")
    assert "### Keras 3." not in history.timeline("keras", "2.")
    assert found["Keras 3.6.0"].startswith("All cases as in Keras 3.5.0.")
    assert "make versions ENV=keras-3.5.0,keras-3.6.0`" in found["Keras 3.6.0"]
    assert found["Keras 3.9.0"].startswith("Not run: no such Python")
    changed = found["Keras 3.5.0"]
    assert changed.startswith(f"1 of {len(cases.load())} cases changed since Keras 3.4.1.\n{{:")
    assert "make versions ENV=keras-3.4.1,keras-3.5.0`" in changed
    assert cells(changed)[1] == [
        "'accuracy' of a regression, mse (regression-mse)",
        "0.5, rounded",
        "0.25, binary",
    ]


def test_cases_that_changed_alike_share_a_row(record):
    record.found["regression-mae"] = record.found["regression-mse"]
    (_, (named, *answers)) = cells(history.timeline("keras", "3.5."))
    assert {one[-16:] for one in named.split("; ")} == {"(regression-mse)", "(regression-mae)"}
    assert answers == ["0.5, rounded", "0.25, binary"]


def test_what_arrives_with_a_name_is_counted_and_not_listed(record):
    lacks = {"error": "AttributeError", "message": "module 'keras.metrics' has no attribute 'A'"}
    record.found["regression-mse"]["keras-3.4.1"] = lacks
    entry = history.timeline("keras", "3.5.")
    assert entry.split("\n")[2].startswith("0 of")
    assert "1 more ask for a name that has come since." in entry
    assert "<table" not in entry
    assert "make versions" in entry


@pytest.mark.usefixtures("record")
def test_the_time_line_says_where_releases_between_two_were_not_run():
    said = history.timeline("tf.keras")
    assert "changed since tf.keras 2.1.4. Releases between the two were not run." in said
    assert "### tf-keras" in said
    with pytest.raises(ProblemError, match="no lineage 'no-such'"):
        history.timeline("no-such")


def test_a_figure_counts_what_was_run(record):
    record.environments["keras-2.0.4"] = {"key": "0" * 12, "failed": "no such Python"}
    assert history.figure("environments") == str(len(DECLARED) - 1)
    assert (history.figure("cases"), history.figure("unchanged")) == ("2", "1")
    with pytest.raises(ProblemError, match="no figure 'no-such'; there are: cases, unchanged"):
        history.figure("no-such")
