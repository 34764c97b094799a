"""The formula of metrics/sparse-top-k-categorical-accuracy.md against Keras, on random arrays."""

import keras
import ml_dtypes
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

# Few values, so that scores meet each other; the last ones are no numbers, or hardly any.
SCORES = [0.0, -0.0, 0.25, 0.5, 1.0, -1.0, -2.0, 3e38, 1e-45, -1e-39, np.nan, np.inf, -np.inf]
ties = st.sampled_from(SCORES)
any_score = st.floats(width=32)
places = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
# Labels within the classes and beyond them, whole and not.
NUMBERS = {
    "int64": st.integers(-3, 9) | st.sampled_from([2**32 + 1, -(2**31), 2**40]),
    "int32": st.integers(-3, 9),
    "uint8": st.integers(0, 255),
    "float32": st.sampled_from([-1.0, -0.5, 0.0, 0.9, 1.0, 2.5, 7.0, 100.0]),
    "float64": st.sampled_from([-1.0, -0.5, 0.0, 0.9, 1.0, 2.5, 7.0, 100.0]),
    "bool": st.booleans(),
}
IDS = ["int64", "int32", "uint8", "float64", "float32", "float16", "bfloat16"]


# Large labels overflow in the dtype of small ids, here and in Keras.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")


@pytest.fixture(scope="module")
def page(names_of):
    return names_of("sparse-top-k-categorical-accuracy", "numpy")


@st.composite
def labels(draw, rows):
    """Draw labels for rows of scores, sometimes in a column."""
    dtype = draw(st.sampled_from(sorted(NUMBERS)))
    shape = (*rows, 1) if draw(st.booleans()) else rows
    return draw(arrays.arrays(dtype, shape, elements=NUMBERS[dtype]))


@st.composite
def batches(draw):
    """Draw labels and scores of rank 2, 3 and 4, and a k that may be beyond the classes."""
    rows, classes = draw(places), draw(st.integers(1, 7))
    elements = draw(st.sampled_from([ties, any_score]))
    scores = draw(arrays.arrays("float32", (*rows, classes), elements=elements))
    return draw(labels(rows)), scores, draw(st.integers(-2, 9))


@st.composite
def sorted_batches(draw):
    """Draw labels and ids of the best classes, in any dtype."""
    rows, count = draw(places), draw(st.integers(1, 5))
    ids = draw(arrays.arrays("int64", (*rows, count), elements=st.integers(0, 9)))
    dtype = draw(st.sampled_from(IDS))
    ids = ids.astype(ml_dtypes.bfloat16 if dtype == "bfloat16" else dtype)
    return draw(labels(rows)), ids, draw(st.integers(-6, 9))


@given(batch=batches())
def test_numpy_equals_keras(page, batch):
    y_true, y_pred, k = batch
    ours = page["sparse_top_k_categorical_accuracy"](y_true, y_pred, k)
    theirs = keras.metrics.sparse_top_k_categorical_accuracy(y_true, y_pred, k)
    assert np.array_equal(ours, theirs)


@given(batch=sorted_batches())
def test_numpy_equals_keras_on_sorted_ids(page, batch):
    y_true, ids, k = batch
    ours = page["sparse_top_k_categorical_accuracy"](y_true, ids, k, from_sorted_ids=True)
    theirs = keras.metrics.sparse_top_k_categorical_accuracy(y_true, ids, k, from_sorted_ids=True)
    assert np.array_equal(ours, theirs)


@given(batch=batches() | sorted_batches().map(lambda batch: (*batch, True)), graph=st.booleans())
def test_class_averages_what_the_function_returns(page, batch, graph):
    y_true, y_pred, k, *sorted_ids = batch
    metric = keras.metrics.SparseTopKCategoricalAccuracy(k=k, from_sorted_ids=bool(sorted_ids))
    update = tf.function(metric.update_state) if graph else metric.update_state
    update(tf.constant(y_true), tf.constant(y_pred))
    ours = page["sparse_top_k_categorical_accuracy"](y_true, y_pred, k, *sorted_ids).mean()
    assert float(metric.result()) == pytest.approx(ours, abs=1e-6)


@pytest.mark.parametrize("dtype", ["float64", "float16", "bfloat16", "int32", "int64", "bool"])
def test_other_dtypes_than_float32_are_refused_as_scores(dtype):
    scores = keras.ops.cast(np.eye(3), dtype)
    with pytest.raises(tf.errors.InvalidArgumentError, match="expected to be a float tensor"):
        keras.metrics.sparse_top_k_categorical_accuracy([0, 1, 2], scores)
