"""The formulas of top-k-categorical-accuracy.md and of its sparse sister against Keras."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.formulas.arrays import array

# Few values, so that scores meet each other; the last ones are no numbers, or hardly any.
SCORES = [0.0, -0.0, 0.25, 0.5, 1.0, -1.0, -2.0, 3e38, 1e-45, -1e-39, np.nan, np.inf, -np.inf]
ks = st.integers(-6, 9)
places = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
signs = st.integers(-1, 3)
parts = st.sampled_from([0, 1, 0.5, -1, 1e-12, 1.0 + 1e-12, np.inf])
ONE_HOT = dict.fromkeys(["float64", "float32"], parts) | dict.fromkeys(["int64", "int32"], signs)
ONE_HOT |= {"uint8": st.integers(0, 3), "bool": st.booleans()}
# Labels within the classes and beyond them, whole and not.
odd = st.sampled_from([-1.0, -0.5, 0.0, 0.9, 1.0, 2.5, 7.0, 100.0])
SPARSE = {
    "int64": st.integers(-3, 9) | st.sampled_from([2**32 + 1, -(2**31), 2**40]),
    "int32": st.integers(-3, 9),
    "uint8": st.integers(0, 255),
    "float32": odd,
    "float64": odd,
    "bool": st.booleans(),
}
IDS = ["int64", "int32", "uint8", "float64", "float32", "float16", "bfloat16"]

# Large labels overflow in the dtype of small ids, here and in Keras.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")


def labels(draw, kinds, shape):
    """Draw labels of one of the kinds."""
    dtype = draw(st.sampled_from(sorted(kinds)))
    return draw(arrays.arrays(dtype, shape, elements=kinds[dtype]))


@st.composite
def batches(draw, kind):
    """Draw labels, scores of rank 2, 3 and 4 or sorted ids, and a k that may be beyond the classes."""
    rows, count = draw(places), draw(st.integers(1, 7))
    if kind == "sorted ids":
        ids = array(draw, st.integers(0, 9), (*rows, count), draw(st.sampled_from(IDS)))
        return labels(draw, SPARSE, draw(st.sampled_from([rows, (*rows, 1)]))), ids, draw(ks)
    elements = draw(st.sampled_from([st.sampled_from(SCORES), st.floats(width=32)]))
    scores = draw(arrays.arrays("float32", (*rows, count), elements=elements))
    if kind == "sparse":
        return labels(draw, SPARSE, draw(st.sampled_from([rows, (*rows, 1)]))), scores, draw(ks)
    y_true = labels(draw, ONE_HOT, scores.shape)
    if draw(st.booleans()):
        y_true = np.eye(count)[y_true.argmax(axis=-1)]
    return y_true, scores, draw(ks)


SPARSE_NAME = "sparse_top_k_categorical_accuracy"
METRICS = {
    "one-hot": ("top_k_categorical_accuracy", keras.metrics.TopKCategoricalAccuracy, {}),
    "sparse": (SPARSE_NAME, keras.metrics.SparseTopKCategoricalAccuracy, {}),
}
METRICS["sorted ids"] = (*METRICS["sparse"][:2], {"from_sorted_ids": True})
each_kind = pytest.mark.parametrize("kind", METRICS)


@pytest.fixture(scope="module")
def formulas(names_of):
    """Return kind -> the formula of its page."""
    return {kind: names_of(name.replace("_", "-"))[name] for kind, (name, *_) in METRICS.items()}


@each_kind
@given(data=st.data(), graph=st.booleans())
def test_numpy_equals_the_function_and_its_mean_the_class(formulas, kind, data, graph):
    (y_true, y_pred, k), (name, metric, options) = data.draw(batches(kind)), METRICS[kind]
    ours = formulas[kind](y_true, y_pred, k, **options)
    assert np.array_equal(ours, getattr(keras.metrics, name)(y_true, y_pred, k, **options))
    metric = metric(k=k, **options)
    update = tf.function(metric.update_state) if graph else metric.update_state
    update(tf.constant(y_true), tf.constant(y_pred))
    assert float(metric.result()) == pytest.approx(ours.mean(), abs=1e-6)


@pytest.mark.parametrize("kind", ["one-hot", "sparse"])
@pytest.mark.parametrize("dtype", ["float64", "float16", "bfloat16", "int32", "int64", "bool"])
def test_other_dtypes_than_float32_are_refused_as_scores(kind, dtype):
    y_true = np.eye(3) if kind == "one-hot" else [0, 1, 2]
    with pytest.raises(tf.errors.InvalidArgumentError, match="expected to be a float tensor"):
        getattr(keras.metrics, METRICS[kind][0])(y_true, keras.ops.cast(np.eye(3), dtype))
