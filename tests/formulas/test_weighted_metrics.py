"""The formula of metrics/weighted-metrics.md against Keras, on weights, masks and shapes at random.

Weights are multiples of an eighth: their sums are exact in float32, in whatever order.
"""

import keras
import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formulas.arrays import array

SNIPPET = "weighted-metrics"
DTYPES = ["float64", "float32", "float16", ml_dtypes.bfloat16, "int8", "int64", "bool"]
signed = st.integers(-32, 32).map(lambda number: number / 8)
positive = signed.map(abs)
odd = st.sampled_from([0.0, 1.0, np.nan, np.inf, -np.inf])
# Never 0: a step whose scores are all 0 is one that the Masking layer masks.
scores = st.sampled_from([-1.0, -0.5, 0.125, 0.5, 0.625, 1.0, 2.0])


@st.composite
def batches(draw, weights=positive):
    """Draw a metric, labels, predictions, which are right, weights and a mask that fit them."""
    rows, steps = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    kind = draw(st.sampled_from(["rows", "steps", "binary steps", "cells"]))
    classes = {"rows": 3, "steps": 3, "binary steps": 1, "cells": steps}[kind]
    places = (rows,) if kind in ("rows", "cells") else (rows, steps)
    y_pred = array(draw, scores, (*places, classes))
    if kind in ("rows", "steps"):
        metric = keras.metrics.SparseCategoricalAccuracy()
        y_true = array(draw, st.integers(0, classes - 1), places)
        answers = y_pred.argmax(axis=-1)
    else:
        metric = keras.metrics.BinaryAccuracy()
        y_true = array(draw, st.integers(0, 1), (*places, classes))
        answers = y_pred > 0.5
    y_true = y_true.astype(draw(st.sampled_from(["int32", "int64", "float32", "float64"])))
    mask = None
    if len(places) == 2 and draw(st.booleans()):
        mask = array(draw, st.booleans(), places)
        y_pred = y_pred * mask[..., None]
        hidden = 0 if kind == "steps" else False
        answers = np.where(mask.reshape(mask.shape + (1,) * (answers.ndim - 2)), answers, hidden)
    right = y_true == answers
    shapes = [None, (rows, 1), right.shape]
    if mask is None:
        shapes.append((rows,))
    if len(places) == 2:
        shapes.append(places)
        # Of a single step SparseCategoricalAccuracy makes (N,), and then refuses (N, 1, 1).
        if steps > 1 or kind != "steps":
            shapes.append((*places, 1))
    shape = draw(st.sampled_from(shapes))
    sample_weight = None if shape is None else array(draw, weights, shape)
    return metric, y_true, y_pred, right, sample_weight, mask


def state(metric, y_true, y_pred, sample_weight, mask):
    """Update the metric, and return its total and its count."""
    if mask is not None:
        y_pred = keras.layers.Masking()(y_pred)
    metric.update_state(y_true, y_pred, sample_weight=sample_weight)
    return [float(variable) for variable in metric.variables]


@pytest.mark.parametrize("kind", [positive, signed], ids=["positive", "negative too"])
@given(data=st.data())
def test_numpy_equals_keras_and_batches_add_up_whatever_the_dtype_of_weights(page, kind, data):
    metric, y_true, y_pred, right, weights, mask = data.draw(batches(kind))
    if weights is not None and mask is None and kind is positive:
        weights = weights.astype(data.draw(st.sampled_from(DTYPES)))
    numbers = None if weights is None else weights.astype("float64")
    total, count = page["weighted_metrics"](right, numbers, mask)
    assert state(metric, y_true, y_pred, weights, mask) == pytest.approx([total, count], abs=1e-5)
    if kind is positive:
        assert float(metric.result()) == pytest.approx(page["value"](total, count), abs=1e-5)
    again = None if weights is None else array(data.draw, kind, weights.shape)
    expected = np.add([total, count], page["weighted_metrics"](right, again, mask))
    assert state(metric, y_true, y_pred, again, mask) == pytest.approx(expected, abs=1e-5)


@given(batch=batches(weights=odd))
def test_one_weight_that_is_no_finite_number_makes_the_value_nan(page, batch):
    metric, y_true, y_pred, right, weights, mask = batch
    with np.errstate(invalid="ignore"):
        expected = page["value"](*page["weighted_metrics"](right, weights, mask))
    state(metric, y_true, y_pred, weights, mask)
    assert float(metric.result()) == pytest.approx(expected, abs=1e-5, nan_ok=True)
    if weights is not None:
        assert np.isnan(expected) == (not np.isfinite(weights).all())


@given(data=st.data(), rows=st.integers(2, 4), steps=st.integers(2, 4))
def test_a_weight_a_row_meets_a_mask_by_its_last_axis(page, data, rows, steps):
    """Steps are weighted where there are as many as rows; else it is refused."""
    y_true = array(data.draw, st.integers(0, 2), (rows, steps))
    mask = array(data.draw, st.booleans(), (rows, steps))
    y_pred = array(data.draw, scores, (rows, steps, 3)) * mask[..., None]
    weights = array(data.draw, positive, (rows,))
    metric = keras.metrics.SparseCategoricalAccuracy()
    if rows != steps:
        with pytest.raises(Exception, match="Incompatible shapes"):
            state(metric, y_true, y_pred, weights, mask)
        return
    right = y_true == y_pred.argmax(axis=-1)
    expected = page["weighted_metrics"](right, np.tile(weights, (rows, 1)), mask)
    assert state(metric, y_true, y_pred, weights, mask) == pytest.approx(expected, abs=1e-5)
