"""The formula of metrics/custom-metrics.md against Keras, on batches and returned shapes at random."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

eighths = st.integers(-8, 16).map(lambda number: number / 8)
VALUES = {
    "float32": eighths | st.sampled_from([float("nan"), float("inf"), float("-inf")]),
    "float64": eighths,
    "float16": eighths,
    "int32": st.integers(-3, 3),
    "bool": st.booleans(),
}


@pytest.fixture(scope="module")
def page(names_of):
    return names_of("custom-metrics", "numpy")


@st.composite
def epochs(draw, *, weighted):
    """Draw what a function returns for each batch, and weights for the rows."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    dtype = draw(st.sampled_from(sorted(VALUES)))
    shape = draw(st.sampled_from([(), (1,), (3,), (2, 2)]))
    one_number = not weighted and draw(st.booleans())
    returned = [
        draw(arrays.arrays(dtype, () if one_number else (size, *shape), elements=VALUES[dtype]))
        for size in sizes
    ]
    multiples = st.integers(0, 16).map(lambda number: number / 8)
    return returned, [draw(arrays.arrays("float64", size, elements=multiples)) for size in sizes]


def by_keras(returned, weights=None):
    metric = keras.metrics.MeanMetricWrapper(lambda _, values: keras.ops.array(values))
    for place, values in enumerate(returned):
        metric.update_state(values, values, weights and weights[place])
    return float(metric.result())


@given(epoch=epochs(weighted=False))
def test_numpy_equals_keras(page, epoch):
    returned, _ = epoch
    with np.errstate(invalid="ignore"):
        ours = page["custom_metric"](returned)
    assert by_keras(returned) == pytest.approx(float(ours), abs=1e-5, nan_ok=True)


@given(epoch=epochs(weighted=True))
def test_numpy_equals_keras_with_weights(page, epoch):
    returned, weights = epoch
    with np.errstate(invalid="ignore"):
        ours = page["custom_metric"](returned, weights)
    assert by_keras(returned, weights) == pytest.approx(float(ours), abs=1e-5, nan_ok=True)
