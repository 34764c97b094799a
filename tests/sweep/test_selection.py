"""The selection table, and the proof that the reduced grid stands for the whole product."""

import itertools
import re

import numpy as np
import pytest

from generator.sweep import cases, environments, results, selection
from generator.sweep.selection import outcome
from tests.sweep import rules

RECORD = results.read(results.SELECTION)
AXES = cases.axes()
NEWEST, LOOP = environments.newest(), environments.newest("loop").id


@pytest.fixture
def two(recorded, tmp_path):
    """Two releases: one chooses by shape, the other by loss; each fails on some cell."""
    made = results.Record(tmp_path / "selection.json")
    old, new = "keras-2.3.1", NEWEST.id
    made.environments = {old: {"key": "0" * 12}, new: {"key": "0" * 12}}
    for name in cases.reduced():
        labels, output, loss, spelling = name.split(" | ")
        by_loss = "binary" if loss == "binary_crossentropy" else "categorical"
        by_shape = "binary" if output.endswith("1") else "categorical"
        made.found[name] = {old: {"metric": by_loss}, new: {"metric": by_shape}}
        if (loss, labels, output) == ("mse", "N", "N"):
            made.found[name] = {old: {"error": "ValueError"}, new: {"error": "ValueError"}}
        if spelling == "ce":
            made.found[name] = {old: {"metric": "crossentropy"}, new: {"error": "ValueError"}}
    return recorded(made)


@pytest.mark.usefixtures("two")
def test_a_choice_by_loss_has_a_column_for_each_loss_that_matters(place):
    summaries = re.findall(r'"info"(.*?)><summary.*?>(.*?)</', selection.whole(place))
    assert summaries == [(" open", NEWEST.label), ("", "Keras 2.3.1")]
    new, old = place.rows.values()
    assert list(place.rows) == [f"versions:selection:{one}" for one in (NEWEST.id, "keras-2.3.1")]
    losses = ["With mse, categorical, sparse_categorical, custom", "With binary"]
    assert old[0] == ["Labels", "Output", *losses, "A number, in Keras 2.3.1, with"]
    fit = "binary, categorical, sparse_categorical, custom"
    assert old[1] == ["(N,)", "(N,)", "categorical", "binary", fit]
    assert new[0][2:] == ["With any loss", f"A number, in {NEWEST.label}, with"]
    assert len(new) == len(old) == len(cases.pairs()) + 1


@pytest.mark.usefixtures("two")
def test_a_spelling_is_the_same_as_accuracy_or_told_by_name(place):
    selection.spellings(place)
    _, old, new = place.rows["versions:selection:spellings"]
    assert old == ["Keras 2.3.1", *["as accuracy"] * 6, "crossentropy"]
    assert new[1:] == [*["as accuracy"] * 6, "ValueError"]


# What was found.


def test_every_release_stands_in_one_group_and_agrees_with_it():
    groups = selection.groups()
    assert sorted(one for members, _ in groups for one in members) == sorted(RECORD.environments)
    for members, chosen in groups:
        for cell, name in chosen.items():
            assert {outcome(one, *cell).get("metric", name) for one in members} == {name}, cell


@pytest.mark.parametrize("environment", [NEWEST.id, LOOP])
@pytest.mark.parametrize("spelling", AXES["spellings"][1:])
def test_one_loss_shows_what_a_spelling_means_with_every_loss(environment, spelling):
    """So the cells that only two environments ran hold nothing that is not shown: a spelling that
    means `'accuracy'` gets all the answers of that, and another one chooses as with the one loss.
    Only `'crossentropy'` under the rule by loss needs the product, and has a table of its own."""
    alike = selection.spelled(environment, spelling, AXES["one_loss"]) == "as accuracy"
    differ = set()
    for pair, loss in itertools.product(cases.pairs(), AXES["losses"]):
        found = outcome(environment, *pair, loss, spelling)
        shown = outcome(environment, *pair, AXES["one_loss"], spelling)
        if alike:
            assert results.same(found, outcome(environment, *pair, loss)), (pair, loss)
        elif "metric" in found and found["metric"] != shown.get("metric"):
            differ.add(loss)
    assert bool(differ) == (environment == LOOP and spelling in {"crossentropy", "ce"})


def test_no_backend_chooses_another_metric():
    """The page of backends says so. A backend that fails before it has chosen names no metric."""
    names = [one.id for one in environments.load().values() if one.release == NEWEST.release]
    assert len(names) > 3
    for found in RECORD.found.values():
        assert len({found[name]["metric"] for name in names if "metric" in found[name]}) <= 1


FORMULAS = {
    "binary_accuracy": {"binary", "rounded"},  # old releases round
    "categorical_accuracy": {"categorical"},
    "sparse_categorical_accuracy": {"sparse"},
    "accuracy": {"exact"},
}


def fits(metric, labels, output):
    """Tell whether shapes fit a metric without broadcasting."""
    if len(labels) == 1 and output[1:] == (1,):
        labels = (*labels, 1)
    if metric == "sparse_categorical_accuracy":
        return labels in {output[:-1], (*output[:-1], 1)}
    return labels == output


def test_the_number_of_a_cell_is_that_of_the_metric_it_names():
    checked = set()
    for name, case in cases.reduced().items():
        y_true, y_pred = (np.asarray(case[one], float) for one in ("y_true", "y_pred"))
        formulas = rules.results(y_true, y_pred)
        for environment, found in RECORD.found[name].items():
            metric = str(found.get("metric"))
            if "value" in found and metric in FORMULAS and fits(metric, y_true.shape, y_pred.shape):
                numbers = [pytest.approx(formulas[one], abs=1e-4) for one in FORMULAS[metric]]
                assert found["value"] in numbers, (name, environment)
                checked.add(metric)
    assert checked == set(FORMULAS)
