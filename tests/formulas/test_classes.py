"""The formulas of the metrics that look for a class in rows of scores, against Keras.

These are categorical-accuracy.md, sparse-categorical-accuracy.md and their two top-k sisters.
"""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from tests.formulas.arrays import array, arrays_of, extremes, floats, integers, numbers

CATEGORICAL, SPARSE = "categorical_accuracy", "sparse_categorical_accuracy"
NAMES = CATEGORICAL, SPARSE, "top_k_categorical_accuracy", "sparse_top_k_categorical_accuracy"
float32 = st.just("float32")
places = st.lists(st.integers(1, 4), min_size=1, max_size=3)
# Long rows are read several numbers at a time.
sizes = st.tuples(places, st.integers(1, 9)) | st.tuples(st.just([3]), st.integers(10, 70))
# Top-k takes numbers below the normal range of float32 for zero.
tiny = st.sampled_from([1e-45, -1e-39, -1.0, -0.0, 0.0, 3e38])
scores = tiny, numbers | extremes, st.floats(width=32)
parts = st.sampled_from([0, 1, 0.5, -1, 1e-12, 1.0 + 1e-12, np.inf])
# Labels that are no class numbers.
far = st.sampled_from([-3, -1, 255, 2**32 + 1, -(2**31), 2**40])
broken = st.sampled_from([-1.0, -0.5, 0.9, 1.7, 2.5, 100.0])
beyond = st.sampled_from([2.0**24 + 1, 2.0**40, np.nan, np.inf])

# Large labels overflow in the dtype of small ids and in half precision, here and in Keras.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")


@pytest.fixture(scope="module")
def agree(names_of):
    """Return a function that compares our formula with the function and the class of Keras."""

    def compare(name, y_true, y_pred, **options):
        page = names_of(name.replace("_", "-"))
        ours = page[name](y_true, y_pred, **options)
        theirs = getattr(keras.metrics, name)(y_true, y_pred, **options)
        assert np.mean(theirs) == pytest.approx(np.mean(ours))
        if np.ndim(ours):
            assert np.array_equal(ours, theirs)
        else:  # the share only, in which errors may cancel out
            assert np.array_equal(page["largest"](y_pred), keras.ops.argmax(y_pred, axis=-1))
        metric = getattr(keras.metrics, name.title().replace("_", ""))(**options)
        tf.function(metric.update_state)(tf.constant(y_true), tf.constant(y_pred))
        assert float(metric.result()) == pytest.approx(np.mean(ours))

    return compare


@st.composite
def batches(draw, name, *, from_sorted_ids=False):
    """Draw labels and scores or ids; labels may be in a column, class numbers out of range."""
    rows, classes = draw(sizes)
    shape, in_top_k = (*rows, classes), "top_k" in name
    if from_sorted_ids:
        y_pred = array(draw, st.integers(0, 9), shape, draw(floats | integers))
    else:
        y_pred = draw(arrays_of(shape, float32, scores) if in_top_k else arrays_of(shape))
    if name.startswith("sparse"):
        known = st.integers(0, classes)  # and the first beyond them
        y_true = array(draw, known | far, rows, draw(integers))
        if draw(st.booleans()):
            # Top-k wants whole numbers; what becomes of NaN as one is the processor's choice.
            to_whole = y_pred.dtype.kind in "iub" or (in_top_k and not from_sorted_ids)
            odd = broken if to_whole else broken | beyond
            if y_pred.dtype.kind == "u":  # and so is what becomes of a negative float
                odd = broken.filter(lambda number: number >= 0)
            y_true = array(draw, known | odd, rows, draw(floats))
        return (y_true[..., None] if draw(st.booleans()) else y_true), y_pred
    y_true = draw(arrays_of(shape, kinds=[parts]) if in_top_k else arrays_of(shape))
    if draw(st.booleans()):
        y_true = np.eye(classes)[y_true.argmax(axis=-1)]
    too_many = name == CATEGORICAL and len(rows) == 1 and draw(st.booleans())
    return (y_true[:, None] if too_many else y_true), y_pred


@pytest.mark.parametrize(
    ("name", "options"),
    [*((name, {}) for name in NAMES), (NAMES[-1], {"from_sorted_ids": True})],
)
@given(data=st.data(), k=st.integers(0, 4) | st.integers(-6, 9))
def test_numpy_equals_the_function_and_its_mean_the_class(agree, name, options, data, k):
    given_k = {"k": k} if "top_k" in name else {}
    agree(name, *data.draw(batches(name, **options)), **given_k, **options)


@given(
    classes=st.lists(st.integers(0, 2299) | st.integers(2300, 2**17), min_size=1, max_size=6),
    near=st.lists(st.integers(-1, 1), min_size=6, max_size=6),
    dtype=floats | integers,
)
def test_numpy_equals_keras_with_more_classes_than_a_dtype_tells_apart(agree, classes, near, dtype):
    labels = np.array(classes)
    y_pred = np.eye(2300)[np.clip(labels + near[: len(labels)], 0, 2299)].astype(dtype)
    agree(SPARSE, labels, y_pred)
    agree(CATEGORICAL, np.eye(2300)[np.clip(labels, 0, 2299)], y_pred)


@given(data=st.data(), shape=st.integers(1, 6).map(lambda rows: (rows, rows)) | st.just((1, 4)))
def test_labels_of_the_other_kind_are_compared_as_the_pages_say(data, shape):
    """One-hot labels only fit as many rows as classes, or one row."""
    labels = array(data.draw, st.integers(0, shape[1] - 1), shape[:1])
    y_true, y_pred = np.eye(shape[1])[labels], data.draw(arrays_of(shape, float32))
    found = keras.ops.convert_to_numpy(keras.ops.argmax(y_pred, axis=-1))
    each = found[:, None] if shape == (1, 1) else found  # a column of labels
    sparse, categorical = keras.metrics.SparseCategoricalAccuracy, keras.metrics.CategoricalAccuracy
    assert float(sparse()(y_true, y_pred)) == pytest.approx(np.mean(y_true == each))
    assert float(categorical()(labels[:, None], y_pred)) == pytest.approx(np.mean(found == 0))
    assert float(categorical()(labels, y_pred)) == pytest.approx(np.mean(found == labels.argmax()))


@given(pairs=st.lists(st.tuples(st.integers(-24, 24), st.integers(0, 1)), min_size=1, max_size=8))
def test_two_units_with_softmax_are_one_with_sigmoid(pairs):
    """Ties included, where only the count of cells differs, by half a row."""
    logits, labels = np.array(pairs).T
    one_hot, logits = np.eye(2)[labels], logits[:, None].astype("float32") / 8
    two = keras.ops.softmax(np.concatenate([np.zeros_like(logits), logits], axis=-1))
    of_rows = float(keras.metrics.CategoricalAccuracy()(one_hot, two))
    binary = keras.metrics.BinaryAccuracy
    assert float(binary()(labels[:, None], keras.ops.sigmoid(logits))) == pytest.approx(of_rows)
    of_ties = np.where(labels == 1, 0.5, -0.5) * (logits[:, 0] == 0)
    assert float(binary()(one_hot, two)) == pytest.approx(of_rows + np.mean(of_ties))
