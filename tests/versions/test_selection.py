"""The selection table, and the proof that the reduced grid stands for the whole product."""

import numpy as np
import pytest
from bs4 import BeautifulSoup

from generator.versions import axes, environments, grid, results, rules, selection, tables
from tests.versions.test_tables import cells

RECORD = tables.record(results.SELECTION)
PRODUCT = tables.record(results.PRODUCT)
AXES = axes.axes()
GROUPS = selection.groups(RECORD)


@pytest.fixture
def two(monkeypatch, tmp_path):
    """Two releases: one chooses by shape, the other by loss; each fails on some cell."""
    made = results.Record(tmp_path / "selection.json")
    old, new = "keras-2.3.1", environments.newest().id
    made.environments = {old: {"key": "0" * 12}, new: {"key": "0" * 12}}
    for name, case in grid.reduced().items():
        labels, output, loss, spelling = name.split(" | ")
        by_loss = "binary" if loss == "binary_crossentropy" else "categorical"
        by_shape = "binary" if output.endswith("1") else "categorical"
        made.found[name] = {old: {"metric": by_loss}, new: {"metric": by_shape, "value": 0.5}}
        if loss == "mse" and labels == "N" and output == "N":
            made.found[name] = {old: {"error": "ValueError"}, new: {"error": "ValueError"}}
        if spelling == "ce":
            made.found[name] = {old: {"metric": "crossentropy"}, new: {"error": "ValueError"}}
        made.keys[name] = results.cases.key(case)
    monkeypatch.setattr(tables, "record", lambda _: made)
    return made


def test_a_choice_by_loss_has_a_column_for_each_loss_that_matters(two):
    old, new = selection.groups(two)
    head, first, *_ = selection.lines(two, old)
    assert head == [
        "Labels",
        "Output",
        "With mse, categorical, sparse_categorical, custom",
        "With binary",
        "A number, in Keras 2.3.1, with",
    ]
    assert first == [
        "(N,)",
        "(N,)",
        "categorical",
        "binary",
        "binary, categorical, sparse_categorical, custom",
    ]
    newest = tables.label(environments.newest())
    assert selection.lines(two, new)[0][2:] == ["With any loss", f"A number, in {newest}, with"]


def test_a_loss_with_which_only_other_releases_give_a_number_stands_in_brackets(two):
    one, other = selection.groups(two)
    both = selection.Group(one.members + other.members, {})
    two.found["N | N,1 | mse | accuracy"][other.members[0]] = {"error": "ValueError"}
    two.found["N | N,1 | binary_crossentropy | accuracy"][one.members[0]] = {"error": "ValueError"}
    assert selection.numbers(two, both, ("N", "N,1")).startswith("(mse), binary,")
    assert not selection.numbers(two, both, ("N", "N")).startswith("mse")


@pytest.mark.usefixtures("two")
def test_the_group_of_the_newest_keras_comes_first_and_open():
    groups = BeautifulSoup(selection.whole(), "lxml").select("details")
    assert [group.summary.get_text() for group in groups] == [
        tables.label(environments.newest()),
        "Keras 2.3.1",
    ]
    assert [group.has_attr("open") for group in groups] == [True, False]
    assert [len(group.select("tbody tr")) for group in groups] == [len(axes.pairs())] * 2


@pytest.mark.usefixtures("two")
def test_a_spelling_is_the_same_as_accuracy_or_told_by_name():
    _, *lines = cells(selection.spellings())
    assert lines[0] == ["Keras 2.3.1", *["as accuracy"] * 6, "crossentropy"]
    assert lines[1][1:] == [*["as accuracy"] * 6, "ValueError"]


@pytest.mark.parametrize(
    ("sizes", "text"), [("N", "(N,)"), ("N,T,1", "(N,\N{NO-BREAK SPACE}T,\N{NO-BREAK SPACE}1)")]
)
def test_a_shape_is_written_as_numpy_does(sizes, text):
    assert selection.shape(sizes) == text


# What was found.


def test_every_release_stands_in_one_group_and_agrees_with_it():
    members = [one for group in GROUPS for one in group.members]
    assert sorted(members) == sorted(RECORD.environments)
    for group in GROUPS:
        for cell, name in group.chosen.items():
            said = {RECORD.found[cell][one].get("metric", name) for one in group.members}
            assert said == {name}, cell


def test_with_a_loss_that_fits_everything_every_choice_is_known():
    for group in GROUPS:
        for pair in axes.pairs():
            assert axes.cell_id(*pair, AXES["one_loss"], "accuracy") in group.chosen


@pytest.mark.parametrize("environment", AXES["full"])
@pytest.mark.parametrize("spelling", AXES["spellings"][1:])
def test_the_product_holds_no_choice_that_the_reduced_grid_does_not_show(environment, spelling):
    """The cells that were left out: what `'accuracy'` becomes with that loss, for the spellings
    that mean the same; what the spelling becomes with the one loss, for the others. Only
    `'crossentropy'` under the rule by loss needs the product, and has a table of its own."""
    by_loss = environment == environments.newest("loop").id and spelling in {"crossentropy", "ce"}
    differ = set()
    for pair in axes.pairs():
        for loss in set(AXES["losses"]) - {AXES["one_loss"]}:
            found, first, one_loss = (
                (PRODUCT if name not in RECORD.found else RECORD).found[name][environment]
                for name in (
                    axes.cell_id(*pair, loss, spelling),
                    axes.cell_id(*pair, loss, "accuracy"),
                    axes.cell_id(*pair, AXES["one_loss"], spelling),
                )
            )
            alike = spelled_alike(environment, spelling)
            expected = first if alike else one_loss
            if "metric" in found and found["metric"] != expected.get("metric"):
                differ.add(loss)
    assert bool(differ) == by_loss


def spelled_alike(environment, spelling):
    said = selection.spelled(RECORD, environment, spelling, AXES["one_loss"])
    return said == "as accuracy"


def test_no_backend_chooses_another_metric():
    """The page of backends says so. A backend that fails before it has chosen names no metric."""
    newest = environments.newest().release
    names = [one.id for one in environments.load().values() if one.release == newest]
    assert len(names) > 3
    for found in results.read(results.SELECTION).found.values():
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
    for name, case in grid.reduced().items():
        y_true, y_pred = (np.asarray(case[one], float) for one in ("y_true", "y_pred"))
        formulas = rules.results(y_true, y_pred)
        for environment, outcome in RECORD.found[name].items():
            metric = outcome.get("metric")
            if "value" not in outcome or not isinstance(metric, str) or metric not in FORMULAS:
                continue
            if fits(metric, y_true.shape, y_pred.shape):
                wanted = [formulas[one] for one in FORMULAS[metric] & formulas.keys()]
                numbers = [pytest.approx(one, abs=1e-4) for one in wanted]
                assert outcome["value"] in numbers, (name, environment)
                checked.add(metric)
    assert checked == set(FORMULAS)
