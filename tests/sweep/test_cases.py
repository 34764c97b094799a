"""The cases tell the known rules apart, or say why they cannot."""

import ast
import json
import re

import numpy as np
import pytest

from generator.common import read_json
from generator.sweep import answers, cases, results
from tests.sweep import rules

CASES = cases.load()
# A string, and not the name of a class or function that is handed over.
CHOICE = re.compile(r'(?<!"class": )(?<!"function": )"acc(uracy)?"', re.IGNORECASE)


def chosen_by_keras(case):
    """Tell whether Keras chooses the metric of a case, whose value is looked at."""
    lists = [case[name] for name in ("metrics", "weighted_metrics") if name in case]
    metrics = lists[0] if lists else case.get("metric", "accuracy")
    compiled = case.get("how", "compile") in {"compile", "save"}
    return (
        compiled
        and "value" in case.get("observe", ["value"])
        and CHOICE.search(json.dumps(metrics))
    )


def by_rule(case):
    """Return what each rule gives, for each output."""
    labels, scores = case["y_true"], case["y_pred"]
    # An output without a loss may have no labels.
    pairs = zip(labels, scores, strict=False) if "outputs" in case else [(labels, scores)]
    arrays = [(np.asarray(y_true), np.asarray(y_pred, float)) for y_true, y_pred in pairs]
    # Words as labels fit no rule.
    return [rules.results(*pair) for pair in arrays if pair[0].dtype.kind != "U"]


TOLD = [name for name, case in CASES.items() if chosen_by_keras(case) or "tells" in case]


@pytest.mark.parametrize("name", TOLD)
def test_a_case_of_accuracy_gets_another_number_from_each_rule(name):
    """Scores between 0 and 1 round to the side of the threshold they are on, so `rounded` and
    `exact` need to differ only where a case says that it tells them apart."""
    case, apart = CASES[name], []
    for found in by_rule(case):
        told = found.keys() - {"rounded", "exact"} if chosen_by_keras(case) else set()
        apart.append(rules.distinct(found[rule] for rule in told.union(case.get("tells", ()))))
    # A case that says why rules agree on it has to be right about that.
    assert all(apart) == ("agrees" not in case)


RULED = [name for name, case in CASES.items() if "rules" in case]


@pytest.mark.parametrize("name", RULED)
def test_each_number_of_a_case_of_code_is_that_of_one_known_rule(name):
    known = [answers.worded({"value": one}) for one in CASES[name]["rules"].values()]
    assert len(set(known)) == len(known)
    # Keras 1 fits ten epochs where none are asked for.
    lists = [one * 10 for one in CASES[name]["rules"].values() if isinstance(one, list)]
    known += [answers.worded({"value": one}) for one in lists]
    for who, outcome in results.read(results.VERSIONS).found[name].items():
        assert "error" in outcome or answers.worded(outcome) in known, who


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "code" in case])
def test_the_lines_of_a_case_can_be_read_by_the_oldest_python(name):
    lines = CASES[name].get("setup", ""), CASES[name]["code"]
    assert all(ast.parse(one, feature_version=(3, 6)) for one in lines)


def test_the_grid_is_drawn_so_that_every_rule_differs_on_every_pair():
    assert read_json(cases.DRAWN) == rules.drawn()
