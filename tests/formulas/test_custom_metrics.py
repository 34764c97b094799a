"""The formula of metrics/custom-metrics.md against Keras, on batches and returned shapes at random."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.formulas.arrays import eighths

SNIPPET = "custom-metrics"
VALUES = {
    "float32": eighths | st.sampled_from([float("nan"), float("inf"), float("-inf")]),
    "float64": eighths,
    "float16": eighths,
    "int32": st.integers(-3, 3),
    "bool": st.booleans(),
}


@st.composite
def epochs(draw, *, weighted):
    """Draw what a function returns for each batch, and weights for the rows."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    dtype = draw(st.sampled_from(sorted(VALUES)))
    shape = draw(st.sampled_from([(), (1,), (3,), (2, 2)]))
    shapes = [(size, *shape) for size in sizes]
    if not weighted and draw(st.booleans()):
        shapes = [() for _ in sizes]  # one number a batch
    returned = [draw(arrays.arrays(dtype, one, elements=VALUES[dtype])) for one in shapes]
    if not weighted:
        return returned, None
    return returned, [draw(arrays.arrays("float64", n, elements=eighths.map(abs))) for n in sizes]


@pytest.mark.parametrize("weighted", [False, True], ids=["without weights", "with weights"])
@given(data=st.data())
def test_numpy_equals_keras(page, weighted, data):
    returned, weights = data.draw(epochs(weighted=weighted))
    metric = keras.metrics.MeanMetricWrapper(lambda _, values: keras.ops.array(values))
    for place, values in enumerate(returned):
        metric.update_state(values, values, weights and weights[place])
    with np.errstate(invalid="ignore"):
        ours = page["custom_metric"](returned, weights)
    assert float(metric.result()) == pytest.approx(float(ours), abs=1e-5, nan_ok=True)
