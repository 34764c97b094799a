"""The rule and the formula of metrics/accuracy.md against Keras, on shapes and values at random."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formulas.arrays import array, eighths

SNIPPET = "accuracy"
sizes = st.lists(st.sampled_from([1, 2, 3]), max_size=3)


@given(labels=sizes, outputs=sizes)
def test_rule_says_what_keras_chooses_for_any_pair_of_shapes(page, labels, outputs):
    y_true, y_pred = np.zeros((5, *labels)), np.zeros((5, *outputs))
    assert page["rule"](y_true, y_pred) == page["outcome"](y_true, y_pred).split(",")[0]


@st.composite
def batches(draw):
    """Draw labels and predictions whose shapes belong together."""
    rows, classes = draw(st.integers(2, 6)), draw(st.integers(2, 4))
    kind = draw(st.sampled_from(["binary", "class numbers", "column", "one-hot"]))
    places = (rows, *draw(st.sampled_from([(), (3,)])))
    shape = (*places, 1 if kind == "binary" else classes)
    y_pred = array(draw, eighths, shape)
    if kind == "binary":
        return array(draw, st.sampled_from([0.0, 1.0, 0.5, 2.0]), shape), y_pred
    numbers = array(draw, st.integers(0, classes - 1), places)
    if kind == "one-hot":
        return np.eye(classes)[numbers], y_pred
    return (numbers[..., None] if kind == "column" else numbers).astype("float64"), y_pred


@given(batch=batches())
def test_numpy_equals_keras(page, batch):
    evaluated = float(page["report"](*batch)[1])
    assert page["accuracy_of_batch"](*batch) == pytest.approx(evaluated, abs=1e-4)
