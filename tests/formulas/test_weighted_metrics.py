"""The formula of metrics/weighted-metrics.md against Keras, on weights, masks and shapes at random.

Weights are multiples of an eighth: their sums are exact in float32, in whatever order.
"""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formulas.arrays import array, eighths, floats, integers, no_numbers

WEIGHTS = {
    "positive": eighths.map(abs),
    "negative too": eighths,
    "no number too": eighths.map(abs) | no_numbers,
}
# Never 0: a step whose scores are all 0 is one that the Masking layer masks.
scores = st.sampled_from([-1.0, -0.5, 0.125, 0.5, 0.625, 1.0, 2.0])


@st.composite
def batches(draw):
    """Draw a metric, labels, predictions, a mask, and the shapes that weights may have."""
    rows, steps, sparse = draw(st.integers(1, 5)), draw(st.integers(1, 4)), draw(st.booleans())
    shape = draw(st.sampled_from([(rows, steps), (rows,) if sparse else (rows, steps, 1)]))
    dtype = draw(st.sampled_from(["int32", "int64", "float32", "float64"]))
    y_true = array(draw, st.integers(0, 2 if sparse else 1), shape, dtype)
    y_pred = array(draw, scores, (*shape, 3) if sparse else shape)
    metric = keras.metrics.SparseCategoricalAccuracy if sparse else keras.metrics.BinaryAccuracy
    shapes, mask = [None, (rows, 1), shape], None
    if y_pred.ndim == 3:
        # Of a single step SparseCategoricalAccuracy makes (N,), and then refuses (N, 1, 1).
        shapes += [(rows, steps)] if sparse and steps == 1 else [(rows, steps), (rows, steps, 1)]
        if draw(st.booleans()):
            mask = array(draw, st.booleans(), (rows, steps))
            y_pred = keras.layers.Masking()(y_pred * mask[..., None])
    if mask is None or rows == steps:
        shapes.append((rows,))
    return metric(), y_true, y_pred, mask, shapes


@pytest.mark.parametrize("kind", WEIGHTS)
@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
@given(data=st.data())
def test_numpy_equals_keras_and_batches_add_up_whatever_the_dtype_of_weights(names_of, kind, data):
    page, state, finite = names_of("weighted-metrics"), [0, 0], True
    metric, y_true, y_pred, mask, shapes = data.draw(batches())
    right = np.asarray(metric._fn(y_true, y_pred))
    dtypes = floats | integers if kind == "positive" else floats
    for shape in data.draw(st.lists(st.sampled_from(shapes), min_size=1, max_size=2)):
        weights = numbers = None
        if shape is not None:
            weights = array(data.draw, WEIGHTS[kind], shape, data.draw(dtypes))
            numbers, finite = weights.astype("float64"), finite and np.isfinite(weights).all()
            if mask is not None and weights.ndim == 1:  # they meet the mask by its last axis
                numbers = np.tile(numbers, (len(mask), 1))
        metric.update_state(y_true, y_pred, sample_weight=weights)
        state = np.add(state, page["weighted_metrics"](right, numbers, mask))
    value = page["value"](*state)
    if finite:
        theirs = [float(variable) for variable in metric.variables]
        assert theirs == pytest.approx([*state], abs=1e-5)
    if kind != "negative too":  # which may add up to nearly nothing, by which is divided
        assert float(metric.result()) == pytest.approx(value, abs=1e-5, nan_ok=True)
        assert np.isfinite(value) == finite
