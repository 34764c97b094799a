"""The formula of metrics/sparse-categorical-accuracy.md against Keras, on values at random."""

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
# Labels that are no class numbers: negative, too large, not whole, NaN.
odd_labels = st.sampled_from([-1.0, 0.5, 1.7, 2.0, 99.0, 2.0**24 + 1, 2.0**40, np.nan, np.inf])


@pytest.fixture(scope="module")
def formula(names_of):
    return names_of("sparse-categorical-accuracy", "numpy")["sparse_categorical_accuracy"]


def by_keras(y_true, y_pred):
    """Return the value of the class, which must be the mean of what the function returns."""
    matches = keras.metrics.sparse_categorical_accuracy(y_true, y_pred)
    value = float(keras.metrics.SparseCategoricalAccuracy()(y_true, y_pred))
    assert value == pytest.approx(np.mean(matches))
    return value


def array(draw, elements, shape, dtype):
    count = int(np.prod(shape))
    drawn = draw(st.lists(elements, min_size=count, max_size=count))
    with np.errstate(over="ignore"):  # a large number is infinite in half precision
        return np.array(drawn).reshape(shape).astype(dtype)


@st.composite
def scores_of(draw, shape, dtypes=floats | integers):
    """Draw scores of a shape, of a dtype, and of values that this dtype can hold."""
    dtype = draw(dtypes)
    if dtype not in {"float64", "float32", "float16", "bfloat16"}:
        return array(draw, st.integers(0, 3), shape, dtype)
    return array(draw, draw(st.sampled_from([numbers, numbers | extremes])), shape, dtype)


shapes = st.tuples(st.integers(1, 6), st.sampled_from([(), (1,), (3,), (2, 2)]), st.integers(1, 9))


@st.composite
def batches(draw):
    """Draw class numbers, some out of range, in a column or not, and scores."""
    rows, places, classes = draw(shapes)
    whole = array(draw, st.integers(0, classes), (rows, *places), "int64")
    y_true = whole.astype(draw(st.sampled_from(["int64", "int32", "uint8", "float32", "bool"])))
    if draw(st.booleans()):
        y_true = y_true[..., None]
    return y_true, draw(scores_of((rows, *places, classes)))


@given(batch=batches())
def test_numpy_equals_keras(formula, batch):
    assert formula(*batch) == pytest.approx(by_keras(*batch))


@given(data=st.data(), rows=st.integers(1, 6), label_dtype=st.sampled_from(["float64", "float32"]))
def test_numpy_equals_keras_on_labels_that_are_no_class_numbers(formula, data, rows, label_dtype):
    y_true = array(data.draw, odd_labels, (rows,), label_dtype)
    y_pred = data.draw(scores_of((rows, 3), floats))
    with np.errstate(over="ignore"):
        assert formula(y_true, y_pred) == pytest.approx(by_keras(y_true, y_pred))


@given(
    classes=st.lists(st.integers(0, 2299) | st.integers(2300, 2**17), min_size=1, max_size=6),
    near=st.lists(st.integers(-1, 1), min_size=6, max_size=6),
    dtype=floats | integers,
)
def test_numpy_equals_keras_with_more_classes_than_a_dtype_tells_apart(
    formula, classes, near, dtype
):
    labels = np.array(classes)
    found = np.clip(labels + near[: len(labels)], 0, 2299)
    y_pred = np.eye(2300, dtype="bool")[found].astype(dtype)
    with np.errstate(over="ignore"):
        assert formula(labels, y_pred) == pytest.approx(by_keras(labels, y_pred))


@given(data=st.data(), rows=st.integers(1, 6))
def test_one_hot_labels_are_compared_as_the_page_says(data, rows):
    """With as many rows as classes, or one row, each cell with the class of its column's row."""
    classes = data.draw(st.sampled_from([rows, 4])) if rows == 1 else rows
    labels = data.draw(st.lists(st.integers(0, classes - 1), min_size=rows, max_size=rows))
    one_hot = np.eye(classes)[labels]
    scores = data.draw(scores_of((rows, classes), st.just("float32")))
    found = keras.ops.convert_to_numpy(keras.ops.argmax(scores, axis=-1))
    if classes == 1:  # then the labels are a column
        found = found[:, None]
    assert np.mean(one_hot == found) == pytest.approx(by_keras(one_hot, scores))


@given(labels=st.lists(st.integers(-1, 2), min_size=1, max_size=8), column=st.booleans())
def test_one_column_gives_the_share_of_zeros(labels, column):
    y_true = np.array(labels)
    y_pred = np.linspace(0, 1, len(labels))[:, None]
    shaped = y_true[:, None] if column else y_true
    assert by_keras(shaped, y_pred) == pytest.approx(np.mean(y_true == 0))
