"""The formula of metrics/top-k-categorical-accuracy.md against Keras, on random arrays."""

import keras
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
LABELS = ["float64", "float32", "int64", "int32", "uint8", "bool"]


@pytest.fixture(scope="module")
def page(names_of):
    return names_of("top-k-categorical-accuracy", "numpy")


@st.composite
def batches(draw):
    """Draw labels and scores of rank 2, 3 and 4, and a k that may be beyond the classes."""
    shape = (*draw(places), draw(st.integers(1, 7)))
    scores = draw(
        arrays.arrays("float32", shape, elements=draw(st.sampled_from([ties, any_score])))
    )
    dtype = draw(st.sampled_from(LABELS))
    values = {
        "bool": st.booleans(),
        "uint8": st.integers(0, 3),
        "int64": st.integers(-1, 3),
        "int32": st.integers(-1, 3),
    }.get(dtype, st.sampled_from([0, 1, 0.5, -1, 1e-12, 1.0 + 1e-12, np.inf]))
    labels = draw(arrays.arrays(dtype, shape, elements=values))
    if draw(st.booleans()):
        labels = np.eye(shape[-1])[labels.argmax(axis=-1)]
    return labels, scores, draw(st.integers(-2, 9))


@given(batch=batches())
def test_numpy_equals_keras(page, batch):
    y_true, y_pred, k = batch
    ours = page["top_k_categorical_accuracy"](y_true, y_pred, k)
    theirs = keras.metrics.top_k_categorical_accuracy(y_true, y_pred, k)
    assert np.array_equal(ours, theirs)


@given(batch=batches(), in_graph=st.booleans())
def test_class_averages_what_the_function_returns(page, batch, in_graph):
    y_true, y_pred, k = batch
    metric = keras.metrics.TopKCategoricalAccuracy(k=k)
    update = tf.function(metric.update_state) if in_graph else metric.update_state
    update(tf.constant(y_true), tf.constant(y_pred))
    ours = page["top_k_categorical_accuracy"](y_true, y_pred, k).mean()
    assert float(metric.result()) == pytest.approx(ours, abs=1e-6)


@pytest.mark.parametrize("dtype", ["float64", "float16", "bfloat16", "int32", "int64", "bool"])
def test_other_dtypes_than_float32_are_refused(dtype):
    scores = keras.ops.cast(np.eye(3), dtype)
    with pytest.raises(tf.errors.InvalidArgumentError, match="expected to be a float tensor"):
        keras.metrics.top_k_categorical_accuracy(np.eye(3), scores)
