"""Which branches of Keras no case takes."""

import pytest

from generator.sweep import environments
from tests.sweep import branches

RANKS = "if (y_true_rank is not None) and (y_pred_rank is not None):"
RAGGED = "ragged_assert_compatible_and_get_flat_values: if {}isinstance(values, list):"
LISTS = {RAGGED.format(""), RAGGED.format("not ")}  # all who call it give a list
# What no call from outside can take, and why.
OUT_OF_REACH = {
    environments.newest().id: {
        # The rank is counted by `len`, which stops where there is none.
        f"top_k_categorical_accuracy: {RANKS}",
        f"sparse_top_k_categorical_accuracy: {RANKS}",
    },
    environments.newest("tf-keras").id: {
        # Taken in the loop below: here all runs eagerly to be counted, and every rank is known.
        f"sparse_top_k_categorical_matches: {RANKS}",
        f"squeeze_or_expand_dimensions: {RANKS}",
        "squeeze_or_expand_dimensions: if (y_pred_rank is not None) and (weights_rank is not None):",
        # Every object has a class, so every object has a name.
        "MetricsContainer._get_metric_object: if metric_name is None:",
        # Of a class that is only inherited from.
        "Container._should_broadcast: never called",
        *LISTS,
    },
    environments.newest("loop").id: {
        # The loop is there only where TensorFlow 2 is off.
        "get_metric_name: if tf.__internal__.tf2.enabled():",
        # A name that is neither of the four is not asked about.
        'get_metric_name: elif metric in ("crossentropy", "ce"):',
        *LISTS,
    },
}


@pytest.mark.full
@pytest.mark.parametrize("name", OUT_OF_REACH)
def test_every_branch_within_reach_is_taken(name):
    """Where this fails after a bump: a new branch of Keras needs a case that takes it."""
    found = branches.untaken(environments.load()[name])
    assert {one.split(": ", 1)[1] for one in found} == OUT_OF_REACH[name]
