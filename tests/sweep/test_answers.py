"""What releases answer, in words."""

import pytest

from generator.sweep import answers


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
