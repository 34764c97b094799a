"""The rules of metrics/several-metrics.md against Keras, on names that meet at random."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

# Names that meet each other, and names that meet what Keras makes of others.
NAMES = ["a", "b", "a_1", "a_2", "weighted_a", "weighted_a_1", "z"]
names = st.lists(st.sampled_from(NAMES), max_size=4)


@pytest.fixture(scope="module")
def page(names_of):
    return names_of("several-metrics", "numpy")


@given(metrics=names, weighted=names)
def test_keys_and_order_are_those_of_keras(page, metrics, weighted):
    model = page["compiled"](page["named"](metrics), page["named"](weighted))
    results = page["evaluate"](model, as_dict=True)
    keys = page["keys"](metrics, weighted)
    assert set(results) == {"loss", *keys}
    values = page["evaluate"](model, as_dict=False)
    assert np.allclose(values, page["listed"](metrics, weighted, results))

    # Each key holds the value of the last metric that was given it.
    last = {key: float(m.result()) for key, m in zip(keys, model.metrics[1].metrics, strict=True)}
    assert {key: results[key] for key in last} == last


@given(metrics=names.filter(lambda chosen: len(set(chosen)) == len(chosen)))
def test_with_names_of_their_own_the_list_is_in_the_order_of_compile(page, metrics):
    model = page["compiled"](page["named"](metrics))
    results = page["evaluate"](model, as_dict=True)
    values = page["evaluate"](model, as_dict=False)
    assert np.allclose(values, [results[key] for key in ["loss", *metrics]])
