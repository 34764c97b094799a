"""Every branch of Keras that a page is about has an example that would show if it changed.

Each branch is changed, one at a time, in a process of its own, and the snippets of its page are run
on the changed Keras. At least one of them has to print something else than recorded.
"""

import dataclasses
import hashlib
import os
import subprocess

import pytest

from generator.common import ROOT
from generator.execute import server as execute
from generator.execute import snippets
from generator.execute.child import Run
from generator.execute.snippets import Cell
from generator.record import recordings
from tests.mutations import mutants

SELECTOR = "keras.src.trainers.compile_utils"
METRICS = "keras.src.metrics.accuracy_metrics"
REDUCTION = "keras.src.metrics.reduction_metrics"


def of_page(page, *others):
    """Return the names of the snippets of a page: its main one, and others."""
    return [page, *(f"{page}-{other}" for other in others)]


WEIGHTED = ["weighted-metrics-shapes", "weighted-metrics", "weighted-metrics-masks"]
SEVERAL = [*of_page("several-metrics", "outputs", "state", "fit"), "weighted-metrics"]
# What a page is about -> the snippets that have to notice.
WATCHED = {
    f"{SELECTOR}:is_binary_or_sparse_categorical": ["accuracy"],
    f"{SELECTOR}:get_metric": ["accuracy"],
    f"{METRICS}:accuracy": ["accuracy-class"],
    f"{METRICS}:binary_accuracy": ["binary-accuracy", "binary-accuracy-shapes"],
    f"{METRICS}:categorical_accuracy": of_page(
        "categorical-accuracy", "half-precision", "largest", "two-units"
    ),
    f"{METRICS}:sparse_categorical_accuracy": of_page(
        "sparse-categorical-accuracy", "half-precision", "labels", "largest", "single-column"
    ),
    f"{METRICS}:top_k_categorical_accuracy": ["top-k-categorical-accuracy"],
    f"{METRICS}:sparse_top_k_categorical_accuracy": ["sparse-top-k-categorical-accuracy"],
    "keras.src.losses.loss:squeeze_or_expand_to_same_rank": ["binary-accuracy-shapes"],
    "keras.src.losses.loss:apply_mask": WEIGHTED,
    f"{REDUCTION}:reduce_to_samplewise_values": WEIGHTED,
    f"{REDUCTION}:Mean.update_state": ["weighted-metrics-shapes", "custom-metrics"],
    f"{REDUCTION}:Mean.result": ["weighted-metrics-shapes"],
    f"{SELECTOR}:get_metrics_list": SEVERAL,
    f"{SELECTOR}:CompileMetrics.metrics": SEVERAL,
    f"{SELECTOR}:CompileMetrics.update_state": SEVERAL,
    f"{SELECTOR}:CompileMetrics.reset_state": SEVERAL,
    f"{SELECTOR}:CompileMetrics.result": SEVERAL,
    "keras.src.trainers.trainer:Trainer._flatten_metrics_in_order": SEVERAL,
}
RANKS = "y_true_rank is not None and y_pred_rank is not None"
# Changes that cannot show -> why not.
EQUIVALENT = {
    "Equal ranks also fail both conditions that follow, and the same two tensors are returned.": [
        "squeeze_or_expand_to_same_rank: line 123:4: `x1_rank == x2_rank` becomes `False`"
    ],
    "A cast to the dtype a tensor already has changes nothing.": [
        "categorical_accuracy: line 152:4: `y_pred.dtype is not y_true.dtype` becomes `True`",
        "sparse_categorical_accuracy: line 238:4: `y_pred.dtype is not y_true.dtype` becomes `True`",
    ],
    "A rank is the length of a shape, and never None.": [
        f"{function}: line {place}: `{RANKS}` becomes `{change}`"
        for function, line in (
            ("top_k_categorical_accuracy", 314),
            ("sparse_top_k_categorical_accuracy", 414),
        )
        for place, change in ((f"{line}:4", "True"), (f"{line}:7", RANKS.replace(" and ", " or ")))
    ],
    "Labels of one dimension are flattened already, and `in_top_k` gives one value for each.": [
        "top_k_categorical_accuracy: line 317:11: `y_true_rank > 1` becomes `y_true_rank >= 1`",
        "top_k_categorical_accuracy: line 305:22: `False` becomes `True`",
        "top_k_categorical_accuracy: line 327:4: `reshape_matches` becomes `True`",
    ],
    "Without a valid step the quotient goes nowhere: the mask leaves 0 everywhere.": [
        "apply_mask: line 213:26: `ops.divide_no_nan` becomes `ops.divide`"
    ],
    "Without a mask `apply_mask` returns the weights as they are.": [
        "reduce_to_samplewise_values: line 17:8: `mask is not None` becomes `True`"
    ],
    "Where there is no axis to reduce, reducing changes nothing.": [
        f"reduce_to_samplewise_values: line {change}"
        for change in (
            "28:8: `values_ndim > weight_ndim` becomes `True`",
            "28:11: `values_ndim > weight_ndim` becomes `values_ndim >= weight_ndim`",
            "36:8: `weight_ndim > 1` becomes `True`",
            "36:11: `weight_ndim > 1` becomes `weight_ndim >= 1`",
            "42:4: `values_ndim > 1` becomes `True`",
            "42:7: `values_ndim > 1` becomes `values_ndim >= 1`",
        )
    ],
    "What is neither a list of metrics nor None does not occur.": [
        "CompileMetrics.metrics: line 167:12: `m is not None` becomes `False`"
    ],
    "No weights, flattened, are one None, which is then repeated for each output.": [
        "CompileMetrics.update_state: line 352:8: `sample_weight is not None` becomes `True`"
    ],
}
SILENT = {change for changes in EQUIVALENT.values() for change in changes}
SAMPLE = 8


def all_mutants():
    return [mutant for function in WATCHED for mutant in mutants.of(function)]


def pytest_generate_tests(metafunc):
    """Ask about all mutants in `make verify`, else about a few that the commit draws."""
    if "mutant" not in metafunc.fixturenames:
        return
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, check=True)
    drawn = sorted(
        all_mutants(), key=lambda one: hashlib.sha256(commit.stdout + str(one).encode()).digest()
    )
    full = metafunc.config.getoption("--full")
    metafunc.parametrize("mutant", drawn if full else drawn[:SAMPLE], ids=str)


def mutated(snippet, mutant, name):
    """Return the snippet under another name, with a first cell that changes Keras."""
    source = (
        f"from tests.mutations import mutants\nmutants.swap({mutant.function!r}, {mutant.source!r})"
    )
    cell = Cell("change-keras", "code", source, 1, raises=None, warns=False)
    return dataclasses.replace(snippet, name=name, cells=(cell, *snippet.cells))


def noticed(name, outcome):
    """Tell whether a run of a snippet on the changed Keras differs from its recording."""
    if not isinstance(outcome, Run):
        return True
    changed, *runs = outcome.cells
    assert changed.error is None, changed.trace
    cells = recordings.load(name).cells
    return any(
        (run.stdout, run.stderr, ": ".join(run.error or ()))
        != (cells[run.name].stdout, cells[run.name].stderr, cells[run.name].error)
        for run in runs
    )


@pytest.fixture(scope="session")
def survivors(request):
    """Run the snippets on every mutant that is asked about; return those nobody noticed.

    A snippet only gets the mutants that those before it in the list have not noticed.
    """
    tests = [getattr(item, "callspec", None) for item in request.session.items]
    left = {test.params["mutant"] for test in tests if test and "mutant" in test.params}
    for turn in range(max(len(names) for names in WATCHED.values())):
        asked = {
            f"{number}-{name}": (mutant, name)
            for number, mutant in enumerate(sorted(left, key=str))
            for name in WATCHED[mutant.function][turn : turn + 1]
        }
        jobs = [mutated(snippets.load(name), mutant, job) for job, (mutant, name) in asked.items()]
        for job, outcome in execute.run_all(jobs, jobs=os.cpu_count()):
            mutant, name = asked[job.name]
            if noticed(name, outcome):
                left.discard(mutant)
    return left


def test_a_changed_branch_changes_a_result(survivors, mutant):
    if str(mutant) in SILENT:
        assert mutant in survivors, "it shows after all: take it out of EQUIVALENT"
    else:
        assert mutant not in survivors


def test_what_is_called_equivalent_exists():
    assert {str(mutant) for mutant in all_mutants()} >= SILENT
