"""Every branch of Keras that a page is about has an example that would show if it changed.

Each branch is changed, one at a time, in a process of its own, and the snippets of its page are run
on the changed Keras. At least one of them has to print something else than recorded.
"""

import dataclasses
import random

from generator.common import output_of
from generator.execute import server, snippets
from generator.execute.child import Run
from generator.execute.snippets import Cell
from generator.record import contract
from generator.render import pages
from tests.mutations import mutants

SELECTOR = "keras.src.trainers.compile_utils"
METRICS = "keras.src.metrics.accuracy_metrics"
REDUCTION = "keras.src.metrics.reduction_metrics"
SEVERAL = ["several-metrics", "weighted-metrics"]
# What a page is about -> the pages whose snippets have to notice.
WATCHED = {
    f"{SELECTOR}:is_binary_or_sparse_categorical": ["accuracy"],
    f"{SELECTOR}:get_metric": ["accuracy"],
    f"{METRICS}:accuracy": ["accuracy-class"],
    f"{METRICS}:binary_accuracy": ["binary-accuracy"],
    f"{METRICS}:categorical_accuracy": ["categorical-accuracy"],
    f"{METRICS}:sparse_categorical_accuracy": ["sparse-categorical-accuracy"],
    f"{METRICS}:top_k_categorical_accuracy": ["top-k-categorical-accuracy"],
    f"{METRICS}:sparse_top_k_categorical_accuracy": ["sparse-top-k-categorical-accuracy"],
    "keras.src.losses.loss:squeeze_or_expand_to_same_rank": ["binary-accuracy"],
    "keras.src.losses.loss:apply_mask": ["weighted-metrics"],
    f"{REDUCTION}:reduce_to_samplewise_values": ["weighted-metrics"],
    f"{REDUCTION}:Mean.update_state": ["weighted-metrics", "custom-metrics"],
    f"{REDUCTION}:Mean.result": ["weighted-metrics"],
    f"{SELECTOR}:get_metrics_list": SEVERAL,
    f"{SELECTOR}:CompileMetrics.metrics": SEVERAL,
    f"{SELECTOR}:CompileMetrics.update_state": SEVERAL,
    f"{SELECTOR}:CompileMetrics.reset_state": SEVERAL,
    f"{SELECTOR}:CompileMetrics.result": SEVERAL,
    "keras.src.trainers.trainer:Trainer._flatten_metrics_in_order": SEVERAL,
}
# Changes that cannot show.
EQUIVALENT = {
    # A rank is the length of a shape, and never None.
    "top_k_categorical_accuracy: if y_true_rank is not None or y_pred_rank is not None:",
    "sparse_top_k_categorical_accuracy: if y_true_rank is not None or y_pred_rank is not None:",
    # Labels of one dimension are flattened already, and `in_top_k` gives one value for each.
    "top_k_categorical_accuracy: if y_true_rank >= 1:",
    "top_k_categorical_accuracy: reshape_matches = True",
    "top_k_categorical_accuracy: if reshape_matches or True:",
    # Without a valid step the quotient goes nowhere: the mask leaves 0 everywhere.
    "apply_mask: mask_weight = ops.divide(total, valid)",
    # Where there is no axis to reduce, reducing changes nothing.
    "reduce_to_samplewise_values: if values_ndim >= weight_ndim:",
    "reduce_to_samplewise_values: if weight_ndim >= 1:",
    "reduce_to_samplewise_values: if values_ndim >= 1:",
}


def changed(name, mutant):
    """Return a snippet with a first cell that changes Keras."""
    snippet, change = snippets.load(name), f"mutants.swap({mutant.function!r}, {mutant.source!r})"
    cell = Cell("change-keras", "code", f"from tests.mutations import mutants\n{change}", 1)
    return dataclasses.replace(snippet, cells=(cell, *snippet.cells))


def noticed(name, outcome):
    """Tell whether a run of a snippet on the changed Keras differs from its recording."""
    if not isinstance(outcome, Run):
        return True
    change, *cells = outcome.cells
    assert not change.error, change.trace
    run, snippet = Run(cells, outcome.versions), snippets.load(name)
    return bool(contract.unsound(snippet, run) or contract.differences(snippet, run))


def test_a_changed_branch_changes_a_result(request):
    """All changes are made in `make verify`, else a few that the commit draws.

    A snippet only gets those that the snippets before it have not noticed.
    """
    asked = [mutant for function in WATCHED for mutant in mutants.of(function)]
    assert {str(mutant) for mutant in asked} >= EQUIVALENT
    if not request.config.getoption("--full"):
        commit = output_of("git", "rev-parse", "HEAD")
        asked = random.Random(commit).sample(asked, 2)  # noqa: S311 -- no secret
    left = set(asked)
    for name in snippets.names():
        page = pages.owner(name).id
        jobs = {changed(name, one): one for one in left if page in WATCHED[one.function]}
        for job, outcome in server.run_all(list(jobs)):
            if noticed(name, outcome):
                left.remove(jobs[job])
    # What is left over is a branch without an example, or no longer equivalent.
    assert {str(one) for one in left} == EQUIVALENT & {str(one) for one in asked}
