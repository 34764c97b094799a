"""What changed from release to release, and what never did."""

import pytest

from generator.common import ProblemError
from generator.sweep import cases, environments, history

LACKS = {"error": "AttributeError", "message": "module 'keras.metrics' has no attribute 'A'"}
MSE = "'accuracy' of a regression, mse (regression-mse)"
MAE = "'accuracy' of a regression, mae (regression-mae)"


def test_a_change_is_dated_exactly_only_between_neighbours_that_ran(record, recorded):
    assert history.since("regression-mse", "keras") == "in Keras 3.5.0"
    between = "between tf.keras 2.1.4 and tf.keras 2.2.0"
    assert history.since("regression-mse", "tf.keras") == between
    with pytest.raises(ProblemError, match="'regression-mae' never changed in 'keras'"):
        history.since("regression-mae", "keras")
    record.environments["keras-3.4.1"]["failed"] = "no such Python"
    recorded(record)
    assert history.since("regression-mse", "keras") == "between Keras 3.4.0 and Keras 3.5.0"


@pytest.mark.usefixtures("record")
def test_those_that_answer_alike_share_a_bar_that_begins_where_the_last_one_ended(place):
    history.eras(place, "regression-mse", "keras")
    _, old, new = place.rows["versions:regression-mse"]
    ran = [one.release for one in history.lines()["keras"]]
    assert old[1:3] == ["0", new[1]] == ["0", str(ran.index("3.5.0"))]
    assert new[2:] == [str(len(ran)), "0.25, binary"]


def test_what_never_changed_is_listed_whether_or_not_it_was_always_there(record, place):
    record.found["regression-mae"]["keras-2.0.4"] = LACKS
    assert "make versions CASE=regression-mae`" in history.unchanged(place)
    assert place.rows["versions:unchanged"] == [["Case", "Everywhere"], [MAE, "1"]]


def entries(place, *arguments):
    """Return label -> what stands below it in the time line, in its order."""
    parts = history.timeline(place, *arguments).split("### ")[1:]
    return {part.split(" {")[0]: part.split("\n\n", 1)[1].strip() for part in parts}


def test_the_time_line_has_an_entry_for_each_release_the_newest_first(record, place):
    record.environments["keras-3.9.0"]["failed"] = "no such Python"
    record.found["regression-mae"] = record.found["regression-mse"]
    found = entries(place, "keras")
    assert list(found) == [one.label for one in reversed(history.lines()["keras"])]
    assert found["Keras 1.2.2"] == "The first release here."
    assert list(entries(place, "keras", "2.0.")) == ["Keras 2.0.4"]
    assert found["Keras 3.6.0"].startswith("All cases as in Keras 3.5.0.")
    assert found["Keras 3.9.0"] == "Not run: versions:keras-3.9.0: no such Python"
    assert found["Keras 3.9.1"].startswith("All cases as in Keras 3.8.0.")
    changed = f"2 of {len(cases.load())} cases changed since Keras 3.4.1.\n{{:"
    assert found["Keras 3.5.0"].startswith(changed)
    assert "make versions ENV=keras-3.4.1,keras-3.5.0`" in found["Keras 3.5.0"]
    # Cases that changed alike share a row.
    (named, *said) = place.rows["versions:keras-3.5.0"][1]
    assert (set(named.split("; ")), said) == ({MSE, MAE}, ["0.5, rounded", "0.25, binary"])
    said = history.timeline(place, "tf.keras")
    assert "changed since tf.keras 2.1.4. Releases between the two were not run." in said


def test_what_arrives_with_a_name_is_counted_and_not_listed(record, place):
    record.found["regression-mse"]["keras-3.4.1"] = LACKS
    entry = entries(place, "keras", "3.5.")["Keras 3.5.0"]
    assert entry.startswith("0 of")
    assert not place.rows


def test_where_the_newest_of_lineages_differ_each_has_a_column(record, place):
    newest = environments.newest()
    record.found["regression-mae"][f"{newest.id}-torch"] = {"error": "ValueError"}
    cannot = {"error": "NotImplementedError", "message": "fit not implemented for NumPy backend"}
    record.found["regression-mse"][f"{newest.id}-numpy"] = cannot
    del record.found["regression-mse"][f"{newest.id}-jax"]  # not run, which is no difference
    made = history.differences(place, "keras", "backend")
    on_all = ",".join(f"{newest.id}{on}" for on in ("", "-jax", "-torch", "-numpy"))
    assert f"`make versions ENV={on_all}`" in made
    names = [f"{newest.label} on {on}" for on in ("TensorFlow", "JAX", "PyTorch", "NumPy")]
    rows = [["Case", *names], [MAE, "1", "1", "ValueError", "1"]]
    assert place.rows["versions:differences:keras,backend"] == rows


def test_what_two_releases_answer_differently_shares_a_row_and_no_arrival_is_there(record, place):
    record.found["regression-mae"] = record.found["regression-mse"]
    record.found["one-hot-mse"] = {"keras-3.4.1": LACKS, "keras-3.5.0": {"value": 1.0}}
    history.differences(place, "keras-3.4.1", "keras-3.5.0")
    ((named, *said),) = place.rows["versions:differences:keras-3.4.1,keras-3.5.0"][1:]
    assert (set(named.split("; ")), said) == ({MSE, MAE}, ["0.5, rounded", "0.25, binary"])
