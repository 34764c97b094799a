"""The formulas of categorical-accuracy.md and sparse-categorical-accuracy.md against Keras."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formulas.arrays import array, floats, integers, scores_of

# Labels that are no class numbers: negative, too large, not whole, NaN.
odd_labels = st.sampled_from([-1.0, 0.5, 1.7, 2.0, 99.0, 2.0**24 + 1, 2.0**40, np.nan, np.inf])


@pytest.fixture(scope="module")
def agree(names_of):
    """Return a function that compares our formula with the function and the class of Keras."""

    def compare(y_true, y_pred, *, sparse=False):
        page = "sparse-categorical-accuracy" if sparse else "categorical-accuracy"
        name = page.replace("-", "_")
        with np.errstate(over="ignore"):
            value = by_keras(y_true, y_pred, sparse=sparse)
            assert names_of(page)[name](y_true, y_pred) == pytest.approx(value)
            assert np.mean(getattr(keras.metrics, name)(y_true, y_pred)) == pytest.approx(value)

    return compare


def by_keras(y_true, y_pred, *, sparse=False):
    """Return the value of the class."""
    metrics = keras.metrics
    metric = metrics.SparseCategoricalAccuracy() if sparse else metrics.CategoricalAccuracy()
    return float(metric(y_true, y_pred))


def found_in(scores):
    """Return the class that Keras finds largest in each row."""
    return keras.ops.convert_to_numpy(keras.ops.argmax(scores, axis=-1))


@st.composite
def batches(draw, *, sparse=False):
    """Draw labels and scores; labels may have a column too much, class numbers be out of range."""
    rows, classes = draw(st.integers(1, 6)), draw(st.integers(1, 9))
    places = draw(st.sampled_from([(), (1,), (3,), (2, 2)]))
    shape = (rows, *places, classes)
    y_pred = draw(scores_of(shape))
    if sparse:
        dtype = draw(st.sampled_from(["int64", "int32", "uint8", "float32", "bool"]))
        y_true = array(draw, st.integers(0, classes), shape[:-1], dtype)
        return (y_true[..., None] if draw(st.booleans()) else y_true), y_pred
    y_true = draw(scores_of(shape))
    return (y_true[:, None] if not places and draw(st.booleans()) else y_true), y_pred


@pytest.mark.parametrize("sparse", [False, True], ids=["one-hot", "class numbers"])
@given(data=st.data())
def test_numpy_equals_keras(agree, sparse, data):
    agree(*data.draw(batches(sparse=sparse)), sparse=sparse)


@given(data=st.data(), rows=st.integers(1, 6), label_dtype=st.sampled_from(["float64", "float32"]))
def test_numpy_equals_keras_on_labels_that_are_no_class_numbers(agree, data, rows, label_dtype):
    y_true = array(data.draw, odd_labels, (rows,), label_dtype)
    agree(y_true, data.draw(scores_of((rows, 3), floats)), sparse=True)


@given(
    classes=st.lists(st.integers(0, 2299) | st.integers(2300, 2**17), min_size=1, max_size=6),
    near=st.lists(st.integers(-1, 1), min_size=6, max_size=6),
    dtype=floats | integers,
)
def test_numpy_equals_keras_with_more_classes_than_a_dtype_tells_apart(agree, classes, near, dtype):
    labels = np.array(classes)
    y_pred = np.eye(2300)[np.clip(labels + near[: len(labels)], 0, 2299)].astype(dtype)
    agree(labels, y_pred, sparse=True)
    agree(np.eye(2300)[np.clip(labels, 0, 2299)], y_pred)


@given(data=st.data(), classes=st.integers(10, 70))
def test_numpy_equals_keras_in_long_rows(agree, data, classes):
    """Long rows are read several numbers at a time."""
    y_true = np.eye(classes)[data.draw(st.lists(st.integers(0, classes - 1), min_size=2))]
    agree(y_true, data.draw(scores_of(y_true.shape, floats)))


@given(data=st.data(), rows=st.integers(1, 6), column=st.booleans())
def test_class_numbers_are_compared_as_the_page_of_one_hot_labels_says(data, rows, column):
    classes = array(data.draw, st.integers(0, 2), (rows,))
    scores = data.draw(scores_of((rows, 3), st.just("float32")))
    place, y_true = (0, classes[:, None]) if column else (classes.argmax(), classes)
    assert np.mean(found_in(scores) == place) == pytest.approx(by_keras(y_true, scores))


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


@given(data=st.data(), rows=st.integers(1, 6))
def test_one_hot_labels_are_compared_as_the_page_of_class_numbers_says(data, rows):
    """With as many rows as classes, or one row, each cell with the class of its column's row."""
    classes = data.draw(st.sampled_from([rows, 4])) if rows == 1 else rows
    y_true = np.eye(classes)[array(data.draw, st.integers(0, classes - 1), (rows,))]
    scores = data.draw(scores_of((rows, classes), st.just("float32")))
    found = found_in(scores)[:, None] if classes == 1 else found_in(scores)  # a column of labels
    assert np.mean(y_true == found) == pytest.approx(by_keras(y_true, scores, sparse=True))
