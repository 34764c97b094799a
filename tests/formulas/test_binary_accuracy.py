"""The formula of metrics/binary-accuracy.md against Keras, on shapes, dtypes and values at random."""

import warnings

import keras
import ml_dtypes
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

FLOATS = ["float64", "float32", "float16", ml_dtypes.bfloat16]
OTHERS = ["int64", "int8", "uint8", "bool"]
THRESHOLDS = [0.5, 0.3, 0.7, 0.0, 1.0, -0.25]

dtypes = st.sampled_from(FLOATS + OTHERS)
thresholds = st.sampled_from(THRESHOLDS)
# Ends of shapes, behind the rows: of labels, of predictions.
ends = st.sampled_from(
    [
        ((), ()),
        ((), (1,)),
        ((1,), ()),
        ((1,), (1,)),
        ((3,), (3,)),
        ((1,), (3,)),
        ((3,), (1,)),
        ((2,), (2, 1)),
        ((2, 1), (2,)),
        ((2, 3), (2, 3)),
        ((), (2, 1)),
        ((2, 1), ()),
        ((), (3,)),
        ((3,), ()),
        ((2,), (2, 3)),
        ((2,), (3,)),
    ]
)


@pytest.fixture(scope="module")
def page(names_of):
    return names_of("binary-accuracy", "numpy")


def values_of(dtype, threshold):
    """Return values that matter in a dtype: near the threshold, labels, and those of no use."""
    if dtype in OTHERS:
        return np.array([0, 1] if dtype == "bool" else [0, 1, 2, 100], dtype)
    at = np.array(threshold, dtype)
    near = [np.nextafter(at, np.array(side, dtype)) for side in (-9, 9)]
    others = [0.0, -0.0, 0.25, 0.5, 1.0, 2.0, -1.0, np.nan, np.inf, -np.inf]
    values = np.array([at, *near, *others], dtype)
    # TensorFlow takes subnormal numbers for zero, as the page shows; NumPy does not.
    return values[~((values != 0) & (np.abs(values) < ml_dtypes.finfo(dtype).tiny))]


@st.composite
def batches(draw):
    """Draw labels, predictions and a threshold."""
    rows, threshold = draw(st.integers(1, 4)), draw(thresholds)

    def array(end):
        shape = (rows, *end)
        values = values_of(draw(dtypes), threshold)
        chosen = st.lists(
            st.integers(0, len(values) - 1),
            min_size=int(np.prod(shape)),
            max_size=int(np.prod(shape)),
        )
        return values[np.array(draw(chosen))].reshape(shape)

    labels, outputs = draw(ends)
    return array(labels), array(outputs), threshold


def tried(function, *given):
    """Return the cells, or None where the shapes are refused."""
    try:
        return np.asarray(function(*given), "float32")
    except (ValueError, tf.errors.InvalidArgumentError) as error:
        words = str(error)
        assert "could not be broadcast" in words or "Incompatible shapes" in words
        return None


@given(batch=batches())
def test_cells_and_their_shape_equal_those_of_the_function(page, batch):
    ours = tried(page["binary_accuracy"], *batch)
    keras_says = tried(keras.metrics.binary_accuracy, *batch)
    if ours is None or keras_says is None:
        assert ours is keras_says
    else:
        np.testing.assert_array_equal(ours, keras_says, strict=True)


@given(batch=batches())
def test_mean_equals_the_class(page, batch):
    y_true, y_pred, threshold = batch
    cells = tried(page["binary_accuracy"], *batch)
    if cells is not None:
        metric = keras.metrics.BinaryAccuracy(threshold=threshold)
        metric.update_state(y_true, y_pred)
        assert float(metric.result()) == pytest.approx(cells.mean(), abs=1e-6)


@given(batch=batches(), weights=st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_weights_of_rows_weigh_the_cells_of_a_row(page, batch, weights):
    y_true, y_pred, threshold = batch
    cells = tried(page["binary_accuracy"], *batch)
    if cells is None:
        return
    weights = np.array(weights[: len(cells)], "float32")
    if not weights.any():
        return
    rows = cells.reshape(len(cells), -1).mean(axis=-1)
    metric = keras.metrics.BinaryAccuracy(threshold=threshold)
    metric.update_state(y_true, y_pred, sample_weight=weights)
    assert float(metric.result()) == pytest.approx(np.average(rows, weights=weights), abs=1e-6)


@pytest.mark.parametrize("dtype", [*FLOATS, *OTHERS], ids=str)
def test_every_value_against_every_label_and_threshold(page, dtype):
    """Not left to chance: all pairs of values, for each threshold."""
    for threshold in THRESHOLDS:
        predictions = values_of(dtype, threshold)
        for label_type in FLOATS + OTHERS:
            y_true = values_of(label_type, threshold)[:, None]
            y_pred = np.broadcast_to(predictions, (len(y_true), len(predictions)))
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                np.testing.assert_array_equal(
                    page["binary_accuracy"](y_true, y_pred, threshold),
                    keras.metrics.binary_accuracy(y_true, y_pred, threshold),
                )
