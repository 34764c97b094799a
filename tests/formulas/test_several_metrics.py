"""The rules of metrics/several-metrics.md against Keras, on names that meet at random."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

# Names that meet each other, and names that meet what Keras makes of others.
NAMES = ["a", "b", "a_1", "a_2", "weighted_a", "weighted_a_1", "z"]
names = st.lists(st.sampled_from(NAMES), max_size=4)
own_names = st.lists(st.sampled_from(NAMES), max_size=4, unique=True)


@given(chosen=st.tuples(names, names) | st.tuples(own_names, st.just([])))
def test_keys_and_order_are_those_of_keras(names_of, chosen):
    page = names_of("several-metrics")
    model = page["compiled"](*map(page["named"], chosen))
    results = page["evaluate"](model, as_dict=True)
    keys = page["keys"](*chosen)
    assert set(results) == {"loss", *keys}
    values = page["evaluate"](model, as_dict=False)
    assert np.allclose(values, page["listed"](*chosen, results))

    # Each key holds the value of the last metric that was given it.
    last = {key: float(m.result()) for key, m in zip(keys, model.metrics[1].metrics, strict=True)}
    assert {key: results[key] for key in last} == last

    # Where each has a name of its own, the list is in the order of `compile`.
    metrics, weighted = chosen
    if not weighted and len(set(metrics)) == len(metrics):
        assert np.allclose(values, [results[key] for key in ["loss", *metrics]])
