"""The formulas of binary-accuracy.md and accuracy-class.md, which compare cell by cell, against Keras."""

import hypothesis
import keras
import ml_dtypes
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from tests.formulas.arrays import FLOATS, array

DTYPES = [np.dtype(getattr(ml_dtypes, name, name)) for name in FLOATS]
DTYPES += [np.dtype(name) for name in ("int64", "int32", "int8", "uint8", "bool")]
# `Accuracy`, for which None stands below, compares for equality and has no threshold.
THRESHOLDS = [0.5, 0.3, 0.7, 0.0, 1.0, -0.25]
NUMBERS = [0, 1, 2, 255, 256, 257, 2048, 2049, 16777216, 16777217]
# Ends of shapes, behind the rows: equal, with a 1 more or less, and such as are refused.
ends = st.sampled_from([(), (1,), (2,), (3,), (2, 1), (2, 3)])


def values_of(dtype, other, threshold):
    """Return values that matter in a dtype, and that can be cast to the other one.

    What becomes of NaN, infinity or too large a number as a whole number is the processor's choice,
    and neither Keras' nor ours.
    """
    if threshold is None:
        with np.errstate(all="ignore"):
            values = np.array(NUMBERS).astype(dtype)
        if dtype.kind in "iub":
            return values
        values = np.append(values[np.isfinite(values)], np.array([0.1, 0.3, 0.1 + 0.2, 1.7], dtype))
        if other.kind in "iub":
            return values[values < 128] if other.itemsize == 1 else values
        return np.append(values, np.array([0.5, -0.0, np.nan, np.inf, -np.inf], dtype))
    if dtype.kind in "iub":
        return np.array([0, 1] if dtype.kind == "b" else [0, 1, 2, 100], dtype)
    at = np.array(threshold, dtype)
    near = [np.nextafter(at, np.array(side, dtype)) for side in (-9, 9)]
    others = [0.0, -0.0, 0.25, 0.5, 1.0, 2.0, -1.0, np.nan, np.inf, -np.inf]
    values = np.array([at, *near, *others], dtype)
    # TensorFlow takes subnormal numbers for zero, as the page shows; NumPy does not.
    return values[~((values != 0) & (np.abs(values) < ml_dtypes.finfo(dtype).tiny))]


@pytest.fixture(scope="module")
def agreed(names_of):
    """Return a function that returns the cells, of ours and Keras' alike; None where refused."""
    equal = names_of("accuracy-class")["accuracy"]
    binary = names_of("binary-accuracy")["binary_accuracy"]

    def cells_of(function, y_true, y_pred, options):
        try:
            with np.errstate(all="ignore"):
                return np.asarray(function(y_true, y_pred, **options), "float32")
        except (ValueError, tf.errors.InvalidArgumentError) as error:
            words = str(error)
            assert "could not be broadcast" in words or "Incompatible shapes" in words
            return None

    def compare(metric, *batch):
        options = metric._fn_kwargs
        cells = cells_of(binary if options else equal, *batch, options)
        # The function inside the class `Accuracy` has no public name.
        np.testing.assert_array_equal(cells, cells_of(metric._fn, *batch, options), strict=True)
        return cells

    return compare


def metric_of(threshold):
    """Return the metric that a threshold, or None, stands for."""
    metrics = keras.metrics
    return metrics.Accuracy() if threshold is None else metrics.BinaryAccuracy(threshold=threshold)


@pytest.mark.parametrize("thresholds", [[None], THRESHOLDS], ids=["Accuracy", "BinaryAccuracy"])
@given(data=st.data(), weights=st.none() | st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_cells_equal_and_the_class_averages_them_with_the_weights_of_rows(
    agreed, thresholds, data, weights
):
    threshold, rows = data.draw(st.sampled_from(thresholds)), data.draw(st.integers(1, 4))
    one, other = (data.draw(st.sampled_from(DTYPES)) for _ in range(2))
    batch = [
        array(data.draw, st.sampled_from([*values]), (rows, *data.draw(ends)))
        for values in (values_of(one, other, threshold), values_of(other, one, threshold))
    ]
    metric = metric_of(threshold)
    cells = agreed(metric, *batch)
    if cells is None:
        return
    if weights is not None:
        weights = np.array(weights[: len(cells)], "float32")
        hypothesis.assume(weights.any())
    with np.errstate(all="ignore"):
        metric.update_state(*batch, sample_weight=weights)
    expected = np.average(cells.reshape(len(cells), -1).mean(axis=-1), weights=weights)
    assert float(metric.result()) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_every_value_against_every_label_and_threshold(agreed, dtype):
    """Not left to chance: all pairs of values of all pairs of dtypes, for each threshold."""
    for threshold in [None, *THRESHOLDS]:
        for label_type in DTYPES:
            y_true = values_of(label_type, dtype, threshold)[:, None]
            predictions = values_of(dtype, label_type, threshold)
            y_pred = np.broadcast_to(predictions, (len(y_true), len(predictions)))
            agreed(metric_of(threshold), y_true, y_pred)
