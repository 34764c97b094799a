"""The formula of metrics/categorical-accuracy.md against Keras, on shapes and values at random."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

# Few values, so that rows tie; nearly equal ones, so that half precision makes more of them tie.
numbers = st.sampled_from([-1.0, -0.0, 0.0, 0.125, 0.5, 0.5001, 0.5002, 1.0, 40.0, 1e30])
extremes = st.sampled_from([np.nan, np.inf, -np.inf, float(np.finfo("float32").min), -1e-30])
floats = st.sampled_from(["float64", "float32", "float16", "bfloat16"])
integers = st.sampled_from(["int64", "int32", "uint8", "bool"])


@pytest.fixture(scope="module")
def formula(names_of):
    return names_of("categorical-accuracy", "numpy")["categorical_accuracy"]


def by_keras(y_true, y_pred):
    """Return the value of the class, which must be the mean of what the function returns."""
    matches = keras.metrics.categorical_accuracy(y_true, y_pred)
    value = float(keras.metrics.CategoricalAccuracy()(y_true, y_pred))
    assert value == pytest.approx(np.mean(matches))
    return value


def array(draw, elements, shape, dtype):
    count = int(np.prod(shape))
    drawn = draw(st.lists(elements, min_size=count, max_size=count))
    with np.errstate(over="ignore"):  # a large number is infinite in half precision
        return np.array(drawn).reshape(shape).astype(dtype)


@st.composite
def numbers_of(draw, shape, dtypes=floats | integers):
    """Draw an array of a shape, of a dtype, and of values that this dtype can hold."""
    dtype = draw(dtypes)
    if dtype not in {"float64", "float32", "float16", "bfloat16"}:
        return array(draw, st.integers(0, 3), shape, dtype)
    return array(draw, draw(st.sampled_from([numbers, numbers | extremes])), shape, dtype)


shapes = st.tuples(st.integers(1, 6), st.sampled_from([(), (1,), (3,), (2, 2)]), st.integers(1, 9))


@st.composite
def batches(draw):
    """Draw labels and scores of one shape; labels may have a dimension too many."""
    rows, places, classes = draw(shapes)
    shape = (rows, *places, classes)
    y_true, y_pred = draw(numbers_of(shape)), draw(numbers_of(shape))
    if not places and draw(st.booleans()):
        y_true = y_true[:, None]
    return y_true, y_pred


@given(batch=batches())
def test_numpy_equals_keras(formula, batch):
    assert formula(*batch) == pytest.approx(by_keras(*batch))


@given(
    classes=st.lists(st.integers(0, 2299), min_size=1, max_size=4),
    near=st.lists(st.integers(-1, 1), min_size=4, max_size=4),
    dtype=floats | integers,
)
def test_numpy_equals_keras_with_more_classes_than_a_dtype_tells_apart(
    formula, classes, near, dtype
):
    found = np.clip(classes + np.array(near[: len(classes)]), 0, 2299)
    y_true, y_pred = np.eye(2300)[classes], np.eye(2300)[found].astype(dtype)
    assert formula(y_true, y_pred) == pytest.approx(by_keras(y_true, y_pred))


@given(data=st.data(), classes=st.integers(10, 70))
def test_numpy_equals_keras_in_long_rows(formula, data, classes):
    """Long rows are read several numbers at a time."""
    y_true = np.eye(classes)[data.draw(st.lists(st.integers(0, classes - 1), min_size=2))]
    y_pred = data.draw(numbers_of(y_true.shape, floats))
    assert formula(y_true, y_pred) == pytest.approx(by_keras(y_true, y_pred))


@given(data=st.data(), rows=st.integers(1, 6), labels=st.sampled_from(["(N,)", "(N, 1)"]))
def test_class_numbers_are_compared_as_the_page_says(data, rows, labels):
    classes = np.array(data.draw(st.lists(st.integers(0, 2), min_size=rows, max_size=rows)))
    scores = data.draw(numbers_of((rows, 3), st.just("float32")))
    if labels == "(N,)":
        place, y_true = classes.argmax(), classes
    else:
        place, y_true = 0, classes[:, None]
    found = keras.ops.convert_to_numpy(keras.ops.argmax(scores, axis=-1))
    assert np.mean(found == place) == pytest.approx(by_keras(y_true, scores))


@given(
    pairs=st.lists(st.tuples(st.integers(-24, 24), st.integers(0, 1)), min_size=1, max_size=8),
)
def test_two_units_with_softmax_are_one_with_sigmoid(pairs):
    """Ties included, where only the count of cells differs, by half a row."""
    logits, labels = np.array(pairs).T
    logits = logits[:, None].astype("float32") / 8
    two = keras.ops.softmax(np.concatenate([np.zeros_like(logits), logits], axis=-1))
    of_rows = by_keras(np.eye(2)[labels], two)
    binary = keras.metrics.BinaryAccuracy
    assert float(binary()(labels[:, None], keras.ops.sigmoid(logits))) == pytest.approx(of_rows)
    of_ties = np.where(labels == 1, 0.5, -0.5) * (logits[:, 0] == 0)
    assert float(binary()(np.eye(2)[labels], two)) == pytest.approx(of_rows + np.mean(of_ties))
