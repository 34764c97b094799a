"""What releases answer, in words."""

import pytest

from generator.common import ROOT
from generator.sweep import answers, environments


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        ({"value": 0.714286, "metric": "binary_accuracy"}, "0.7143, binary_accuracy"),
        ({"value": [[1.0], [0.0]], "shape": [2, 1]}, "[1, 0] in a column"),
        ({"value": [[1.0, 0.0], [0.5, 1.0]], "shape": [2, 2]}, "[[1, 0], [0.5, 1]]"),
        ({"value": 0.5, "shape": []}, "0.5 alone"),
        ({"value": 1.0, "metric": [], "key": []}, "1, no key"),
        ({"watches": "greater", "warned": False}, "max, warned no"),
        ({"list": 2, "last": 0.25, "key": "acc"}, "key acc, list 2, last 0.25"),
        ({"error": "AttributeError", "message": "'NoneType' has no attribute"}, "AttributeError"),
        ({"error": "E", "message": "module 'keras.metrics' has no attribute 'A'"}, "no such name"),
        ({"error": "E", "message": "unexpected keyword argument 'k'"}, "no such argument"),
        ({"error": "E", "message": "fit not implemented for NumPy backend."}, "no training"),
        ({"error": "E", "message": "No module named 'tensorflow'"}, "without TensorFlow"),
    ],
)
def test_an_outcome_is_worded_in_one_line(outcome, text):
    assert answers.worded(outcome) == text


def test_the_command_below_a_table_is_one_that_make_knows():
    assert "`make versions ENV=b,c CASE='a-*'`\n" in answers.again(["b", "c"], ["a-*"])
    assert "$(ENV)$(CASE)" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_a_command_names_few_environments_that_give_each_answer(record, recorded):
    newest, loop = environments.newest().id, environments.newest("loop").id
    assert answers.witnesses(["regression-*"]) == [newest, loop]
    record.found["regression-mae"]["keras-2.3.1"] = {"value": 0.0}
    recorded(record)
    assert answers.witnesses(["regression-mae"]) == ["keras-2.3.1", newest]
