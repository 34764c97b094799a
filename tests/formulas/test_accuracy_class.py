"""The formula of metrics/accuracy-class.md against Keras, on shapes, dtypes and values at random."""

import keras
import ml_dtypes
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

FLOATS = ["float64", "float32", "float16", ml_dtypes.bfloat16]
OTHERS = ["int64", "int32", "uint8", "bool"]
NUMBERS = [0, 1, 2, 255, 256, 257, 2048, 2049, 16777216, 16777217]

dtypes = st.sampled_from(FLOATS + OTHERS)
# Ends of shapes, behind the rows: of labels, of predictions.
ends = st.sampled_from(
    [
        ((), ()),
        ((), (1,)),
        ((1,), ()),
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
    ]
)


@pytest.fixture(scope="module")
def page(names_of):
    return names_of("accuracy-class", "numpy")


def values_of(dtype, other):
    """Return values that matter in a dtype, and that can be cast to the other one.

    What becomes of NaN, infinity or too large a number as a whole number is the processor's choice,
    and neither Keras' nor ours.
    """
    with np.errstate(all="ignore"):
        values = np.array(NUMBERS).astype(dtype)
    if dtype in OTHERS:
        return values
    parts = np.array([0.1, 0.3, 0.1 + 0.2, 0.5, 1.7, -0.0], dtype)
    values = np.concatenate([values[np.isfinite(values)], parts])
    if other in OTHERS:
        return values[values < 256] if other == "uint8" else values
    return np.concatenate([values, np.array([np.nan, np.inf, -np.inf], dtype)])


@st.composite
def batches(draw):
    """Draw labels and predictions."""
    rows, label_type, output_type = draw(st.integers(1, 4)), draw(dtypes), draw(dtypes)

    def array(end, dtype, other):
        shape = (rows, *end)
        values = values_of(dtype, other)
        chosen = st.lists(
            st.integers(0, len(values) - 1),
            min_size=int(np.prod(shape)),
            max_size=int(np.prod(shape)),
        )
        return values[np.array(draw(chosen))].reshape(shape)

    labels, outputs = draw(ends)
    return array(labels, label_type, output_type), array(outputs, output_type, label_type)


def tried(function, *given):
    """Return the cells, or None where the shapes are refused."""
    try:
        with np.errstate(all="ignore"):
            return np.asarray(function(*given), "float32")
    except (ValueError, tf.errors.InvalidArgumentError) as error:
        words = str(error)
        assert "could not be broadcast" in words or "Incompatible shapes" in words
        return None


def function(y_true, y_pred):
    """Call the function inside the class: it has no public name."""
    return keras.metrics.Accuracy()._fn(y_true, y_pred)


@given(batch=batches())
def test_cells_and_their_shape_equal_those_of_keras(page, batch):
    ours, keras_says = tried(page["accuracy"], *batch), tried(function, *batch)
    if ours is None or keras_says is None:
        assert ours is keras_says
    else:
        np.testing.assert_array_equal(ours, keras_says, strict=True)


@given(batch=batches())
def test_mean_equals_the_class(page, batch):
    cells = tried(page["accuracy"], *batch)
    if cells is not None:
        metric = keras.metrics.Accuracy()
        with np.errstate(all="ignore"):
            metric.update_state(*batch)
        assert float(metric.result()) == pytest.approx(cells.mean(), abs=1e-6)


@pytest.mark.parametrize("dtype", [*FLOATS, *OTHERS], ids=str)
def test_every_value_against_every_other(page, dtype):
    """Not left to chance: all pairs of values of all pairs of dtypes."""
    for label_type in FLOATS + OTHERS:
        y_true = values_of(label_type, dtype)[:, None]
        predictions = values_of(dtype, label_type)
        y_pred = np.broadcast_to(predictions, (len(y_true), len(predictions)))
        np.testing.assert_array_equal(
            tried(page["accuracy"], y_true, y_pred), tried(function, y_true, y_pred)
        )
