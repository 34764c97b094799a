"""The formula of metrics/custom-metrics.md against Keras, on batches and returned shapes at random."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formulas.arrays import array, arrays_of, eighths, floats, integers, no_numbers


@given(
    data=st.data(),
    sizes=st.lists(st.integers(1, 5), min_size=1, max_size=4),
    end=st.sampled_from(["one number a batch", (), (1,), (3,), (2, 2)]),
    weighted=st.booleans(),
)
def test_numpy_equals_keras(names_of, data, sizes, end, weighted):
    one, dtype = end == "one number a batch", st.just(data.draw(floats | integers))
    shapes = [() if one else (size, *end) for size in sizes]
    returned = [
        data.draw(arrays_of(each, dtype, (eighths, eighths | no_numbers))) for each in shapes
    ]
    weights = None
    if weighted and not one:
        weights = [array(data.draw, eighths.map(abs), (size,)) for size in sizes]
    metric = keras.metrics.MeanMetricWrapper(lambda _, values: keras.ops.array(values))
    for place, values in enumerate(returned):
        metric.update_state(values, values, weights and weights[place])
    with np.errstate(invalid="ignore"):
        ours = names_of("custom-metrics")["custom_metric"](returned, weights)
    assert float(metric.result()) == pytest.approx(float(ours), abs=1e-5, nan_ok=True)
