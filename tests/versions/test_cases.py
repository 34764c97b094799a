"""The cases tell the known rules apart, or say why they cannot."""

import itertools

import numpy as np
import pytest

from generator.errors import ProblemError
from generator.versions import axes, cases, environments, grid, rules

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
    return [rules.results(y_true.astype(float), y_pred) for y_true, y_pred in arrays
        if y_true.dtype.kind != "U"]  # fmt: skip


def told_apart(case, found):
    """Return each two rules that have to differ, with what they give."""
    told = set(case.get("tells", [])) | (found.keys() - {"rounded", "exact"})
    return [(found[one], found[two]) for one, two in itertools.combinations(sorted(told), 2)]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if chosen_by_keras(case)])
def test_a_case_of_accuracy_gets_another_number_from_each_rule(name):
    """Scores between 0 and 1 round to the side of the threshold they are on, so `rounded` and
    `exact` need to differ only where a case says that it tells them apart."""
    case = CASES[name]
    pairs = [pair for found in results(case) for pair in told_apart(case, found)]
    alike = [(one, two) for one, two in pairs if one == pytest.approx(two, abs=1e-4)]
    # A case that says why rules agree on it has to be right about that.
    assert bool(alike) == ("agrees" in case)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "tells" in case])
def test_the_rules_that_a_case_names_differ_on_it(name):
    (found,) = results(CASES[name])
    for one, other in itertools.combinations(CASES[name]["tells"], 2):
        assert found[one] != pytest.approx(found[other], abs=1e-4), (one, other)


def test_the_grid_tells_every_rule_apart_on_every_pair():
    for case in grid.reduced().values():
        assert rules.distinct(np.asarray(case["y_true"]), np.asarray(case["y_pred"]))


def test_data_on_which_rules_agree_are_refused(monkeypatch):
    monkeypatch.setattr(grid, "distinct", lambda *_: False)
    monkeypatch.setattr(grid, "TRIES", 3)
    with pytest.raises(ProblemError, match="rules agree on every draw"):
        grid.cell_data("N", "N,1", {"N": 6, "K": 3})


def test_the_grid_and_the_product_make_up_all_combinations():
    reduced, product = grid.reduced(), grid.product(environments.newest().id)
    wanted = axes.axes()
    sizes = (len(wanted[name]) for name in ("labels", "outputs", "losses", "spellings"))
    assert len(reduced) + len(product) == np.prod(list(sizes))
    assert not reduced.keys() & product.keys()
    assert grid.product("keras-2.0.4") == {}


def test_a_title_and_reasons_do_not_change_the_key_of_a_case():
    case = {"id": "a", "y_true": [1], "title": "One", "tells": ["binary"]}
    assert cases.key(case) == cases.key(case | {"title": "Two", "agrees": "why"})
    assert cases.key(case) != cases.key(case | {"y_true": [0]})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[case]]\nid = "a"\ndata = "b"\n', "no data 'b'"),
        ('[[case]]\nid = "a"\n[[case]]\nid = "a"\n', "a second case 'a'"),
    ],
)
def test_a_wrong_file_of_cases_is_named(tmp_path, text, message):
    (tmp_path / "some.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError, match=f"some.toml: .*{message}"):
        cases.load(tmp_path)
