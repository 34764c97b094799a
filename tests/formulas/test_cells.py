"""The formulas of binary-accuracy.md and accuracy-class.md, which compare cell by cell, against Keras."""

import hypothesis
import keras
import ml_dtypes
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
FLOATS = [np.dtype("float64"), np.dtype("float32"), np.dtype("float16"), BFLOAT16]
OTHERS = [np.dtype(name) for name in ("int64", "int32", "int8", "uint8", "bool")]
# None is for the class `Accuracy`, which compares for equality and has no threshold.
THRESHOLDS = [None, 0.5, 0.3, 0.7, 0.0, 1.0, -0.25]
NUMBERS = [0, 1, 2, 255, 256, 257, 2048, 2049, 16777216, 16777217]

each_metric = pytest.mark.parametrize(
    "thresholds", [THRESHOLDS[:1], THRESHOLDS[1:]], ids=["Accuracy", "BinaryAccuracy"]
)
dtypes = st.sampled_from(FLOATS + OTHERS)
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
        if dtype in OTHERS:
            return values
        values = np.append(values[np.isfinite(values)], np.array([0.1, 0.3, 0.1 + 0.2, 1.7], dtype))
        if other in OTHERS:
            return values[values < 128] if other.itemsize == 1 else values
        return np.append(values, np.array([0.5, -0.0, np.nan, np.inf, -np.inf], dtype))
    if dtype in OTHERS:
        return np.array([0, 1] if dtype.kind == "b" else [0, 1, 2, 100], dtype)
    at = np.array(threshold, dtype)
    near = [np.nextafter(at, np.array(side, dtype)) for side in (-9, 9)]
    others = [0.0, -0.0, 0.25, 0.5, 1.0, 2.0, -1.0, np.nan, np.inf, -np.inf]
    values = np.array([at, *near, *others], dtype)
    # TensorFlow takes subnormal numbers for zero, as the page shows; NumPy does not.
    return values[~((values != 0) & (np.abs(values) < ml_dtypes.finfo(dtype).tiny))]


@st.composite
def batches(draw, thresholds):
    """Draw labels, predictions and a threshold."""
    rows, threshold = draw(st.integers(1, 4)), draw(st.sampled_from(thresholds))
    label_type, output_type = draw(dtypes), draw(dtypes)

    def array(dtype, other):
        values, shape = values_of(dtype, other, threshold), (rows, *draw(ends))
        count = int(np.prod(shape))
        places = draw(st.lists(st.integers(0, len(values) - 1), min_size=count, max_size=count))
        return values[np.array(places)].reshape(shape)

    return array(label_type, output_type), array(output_type, label_type), threshold


@pytest.fixture(scope="module")
def ours(names_of):
    """Return the cells by our formulas, or None where the shapes are refused."""
    binary = names_of("binary-accuracy")["binary_accuracy"]
    equal = names_of("accuracy-class")["accuracy"]
    return lambda *batch: tried(equal if batch[2] is None else binary, batch)


def theirs(*batch):
    """Return the cells by Keras; the function inside the class `Accuracy` has no public name."""
    equal, binary = keras.metrics.Accuracy()._fn, keras.metrics.binary_accuracy
    return tried(equal if batch[2] is None else binary, batch)


def tried(function, batch):
    y_true, y_pred, threshold = batch
    try:
        with np.errstate(all="ignore"):
            result = function(y_true, y_pred, *([] if threshold is None else [threshold]))
            return np.asarray(result, "float32")
    except (ValueError, tf.errors.InvalidArgumentError) as error:
        words = str(error)
        assert "could not be broadcast" in words or "Incompatible shapes" in words
        return None


@each_metric
@given(data=st.data())
def test_cells_and_their_shape_equal_those_of_the_function(ours, thresholds, data):
    batch = data.draw(batches(thresholds))
    if ours(*batch) is None or theirs(*batch) is None:
        assert ours(*batch) is theirs(*batch)
    else:
        np.testing.assert_array_equal(ours(*batch), theirs(*batch), strict=True)


@each_metric
@given(data=st.data(), weights=st.none() | st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_the_class_averages_the_cells_and_weights_of_rows_weigh_them(
    ours, thresholds, data, weights
):
    y_true, y_pred, threshold = batch = data.draw(batches(thresholds))
    cells = ours(*batch)
    if cells is None:
        return
    if weights is not None:
        weights = np.array(weights[: len(cells)], "float32")
        hypothesis.assume(weights.any())
    equal, binary = keras.metrics.Accuracy, keras.metrics.BinaryAccuracy
    metric = equal() if threshold is None else binary(threshold=threshold)
    with np.errstate(all="ignore"):
        metric.update_state(y_true, y_pred, sample_weight=weights)
    expected = np.average(cells.reshape(len(cells), -1).mean(axis=-1), weights=weights)
    assert float(metric.result()) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("dtype", FLOATS + OTHERS, ids=str)
def test_every_value_against_every_label_and_threshold(ours, dtype):
    """Not left to chance: all pairs of values of all pairs of dtypes, for each threshold."""
    for threshold in THRESHOLDS:
        for label_type in FLOATS + OTHERS:
            y_true = values_of(label_type, dtype, threshold)[:, None]
            predictions = values_of(dtype, label_type, threshold)
            y_pred = np.broadcast_to(predictions, (len(y_true), len(predictions)))
            batch = y_true, y_pred, threshold
            np.testing.assert_array_equal(ours(*batch), theirs(*batch))
