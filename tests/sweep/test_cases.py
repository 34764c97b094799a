"""The cases tell the known rules apart, or say why they cannot."""

import itertools

import numpy as np
import pytest

from generator.common import read_json
from generator.sweep import cases, environments
from tests.sweep import rules

CASES = cases.load()
CHOICES = {"accuracy", "acc"}


def strings(metrics):
    """Return the strings among metrics, however they are nested."""
    if isinstance(metrics, str):
        return [metrics]
    if isinstance(metrics, dict) and metrics.keys() & {"class", "function", "custom", "loss_class"}:
        return []
    inside = metrics.values() if isinstance(metrics, dict) else metrics
    return [text for one in inside for text in strings(one)]


def chosen_by_keras(case):
    """Tell whether Keras chooses the metric of a case, whose value is looked at."""
    if case.get("how", "compile") not in {"compile", "save"}:
        return False
    lists = [case[name] for name in ("metrics", "weighted_metrics") if name in case]
    metrics = lists[0] if lists else case.get("metric", "accuracy")
    return "value" in case.get("observe", ["value"]) and any(
        one.lower() in CHOICES for one in strings(metrics)
    )


def results(case):
    """Return what each rule gives, for each output."""
    values = [case["y_true"]], [case["y_pred"]]
    if "outputs" in case:
        values = case["y_true"], case["y_pred"]
    pairs = zip(*values, strict=False)  # an output without a loss may have no labels
    arrays = [(np.asarray(y_true), np.asarray(y_pred, float)) for y_true, y_pred in pairs]
    # Words as labels fit no rule.
    numbers = [(y_true, y_pred) for y_true, y_pred in arrays if y_true.dtype.kind != "U"]
    return [rules.results(y_true.astype(float), y_pred) for y_true, y_pred in numbers]


def told_apart(case, found):
    """Return each two rules that have to differ, with what they give."""
    told = set(case.get("tells", []))
    if chosen_by_keras(case):
        told |= found.keys() - {"rounded", "exact"}
    return [(found[one], found[two]) for one, two in itertools.combinations(sorted(told), 2)]


TOLD = [name for name, case in CASES.items() if chosen_by_keras(case) or "tells" in case]


@pytest.mark.parametrize("name", TOLD)
def test_a_case_of_accuracy_gets_another_number_from_each_rule(name):
    """Scores between 0 and 1 round to the side of the threshold they are on, so `rounded` and
    `exact` need to differ only where a case says that it tells them apart."""
    case = CASES[name]
    pairs = [pair for found in results(case) for pair in told_apart(case, found)]
    alike = [(one, two) for one, two in pairs if one == pytest.approx(two, abs=1e-4)]
    # A case that says why rules agree on it has to be right about that.
    assert bool(alike) == ("agrees" in case)


def test_the_grid_tells_every_rule_apart_on_every_pair():
    drawn = read_json(cases.DRAWN)
    assert list(drawn) == [" | ".join(pair) for pair in cases.pairs()]
    for pair, data in drawn.items():
        assert rules.distinct(np.asarray(data["y_true"]), np.asarray(data["y_pred"])), pair
        labels, output = pair.split(" | ")
        assert data == rules.draw(labels, output, cases.axes()["sizes"])


def test_the_grid_and_the_product_make_up_all_combinations():
    reduced, product = cases.reduced(), cases.product(environments.newest().id)
    sizes = [len(cases.axes()[one]) for one in ("labels", "outputs", "losses", "spellings")]
    assert len(reduced) + len(product) == np.prod(sizes)
    assert not reduced.keys() & product.keys()
    assert cases.product("keras-2.0.4") == {}
