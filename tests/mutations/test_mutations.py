"""Every branch of Keras that a page is about has an example that would show if it changed.

Each branch is changed, one at a time, in a child of the warm server, and the snippets of its page
are run on the changed Keras. At least one of them has to print something else than recorded.
"""

import dataclasses
import hashlib
import os
import subprocess

import pytest

from generator import execute, recordings, snippets
from generator.child import Run
from generator.paths import ROOT
from generator.snippets import Cell
from tests.mutations import mutants

SELECTOR = "keras.src.trainers.compile_utils"
METRICS = "keras.src.metrics.accuracy_metrics"
REDUCTION = "keras.src.metrics.reduction_metrics"
WEIGHTED = ["weighted-metrics-shapes", "weighted-metrics", "weighted-metrics-masks"]
SEVERAL = [
    "several-metrics",
    "several-metrics-outputs",
    "several-metrics-state",
    "several-metrics-fit",
    "weighted-metrics",
]
# What a page is about -> the snippets that have to notice.
WATCHED = {
    f"{SELECTOR}:is_binary_or_sparse_categorical": ["accuracy"],
    f"{SELECTOR}:get_metric": ["accuracy"],
    f"{METRICS}:accuracy": ["accuracy-class"],
    f"{METRICS}:binary_accuracy": ["binary-accuracy", "binary-accuracy-shapes"],
    f"{METRICS}:categorical_accuracy": [
        "categorical-accuracy",
        "categorical-accuracy-half-precision",
        "categorical-accuracy-largest",
        "categorical-accuracy-two-units",
    ],
    f"{METRICS}:sparse_categorical_accuracy": [
        "sparse-categorical-accuracy",
        "sparse-categorical-accuracy-half-precision",
        "sparse-categorical-accuracy-labels",
        "sparse-categorical-accuracy-largest",
        "sparse-categorical-accuracy-single-column",
    ],
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
# Changes that cannot show, each with the reason.
EQUIVALENT = {
    # Equal ranks also fail both conditions that follow, and the same two tensors are returned.
    "squeeze_or_expand_to_same_rank: line 123:4: `x1_rank == x2_rank` becomes `False`",
    # A cast to the dtype a tensor already has changes nothing.
    "categorical_accuracy: line 152:4: `y_pred.dtype is not y_true.dtype` becomes `True`",
    "sparse_categorical_accuracy: line 238:4: `y_pred.dtype is not y_true.dtype` becomes `True`",
    # A rank is the length of a shape, and never None.
    (
        "top_k_categorical_accuracy: line 314:4: `y_true_rank is not None and y_pred_rank is not None` "
        "becomes `True`"
    ),
    (
        "top_k_categorical_accuracy: line 314:7: `y_true_rank is not None and y_pred_rank is not None` "
        "becomes `y_true_rank is not None or y_pred_rank is not None`"
    ),
    (
        "sparse_top_k_categorical_accuracy: line 414:4: "
        "`y_true_rank is not None and y_pred_rank is not None` becomes `True`"
    ),
    (
        "sparse_top_k_categorical_accuracy: line 414:7: "
        "`y_true_rank is not None and y_pred_rank is not None` becomes "
        "`y_true_rank is not None or y_pred_rank is not None`"
    ),
    # Labels of one dimension are flattened already, and `in_top_k` returns one value for each.
    "top_k_categorical_accuracy: line 317:11: `y_true_rank > 1` becomes `y_true_rank >= 1`",
    "top_k_categorical_accuracy: line 305:22: `False` becomes `True`",
    "top_k_categorical_accuracy: line 327:4: `reshape_matches` becomes `True`",
    # Without a valid step the quotient goes nowhere: the mask leaves 0 everywhere.
    "apply_mask: line 213:26: `ops.divide_no_nan` becomes `ops.divide`",
    # Without a mask `apply_mask` returns the weights as they are.
    "reduce_to_samplewise_values: line 17:8: `mask is not None` becomes `True`",
    # Where there is no axis to reduce, reducing changes nothing.
    "reduce_to_samplewise_values: line 28:8: `values_ndim > weight_ndim` becomes `True`",
    (
        "reduce_to_samplewise_values: line 28:11: `values_ndim > weight_ndim` becomes "
        "`values_ndim >= weight_ndim`"
    ),
    "reduce_to_samplewise_values: line 36:8: `weight_ndim > 1` becomes `True`",
    "reduce_to_samplewise_values: line 36:11: `weight_ndim > 1` becomes `weight_ndim >= 1`",
    "reduce_to_samplewise_values: line 42:4: `values_ndim > 1` becomes `True`",
    "reduce_to_samplewise_values: line 42:7: `values_ndim > 1` becomes `values_ndim >= 1`",
    # What is neither a list of metrics nor None does not occur.
    "CompileMetrics.metrics: line 167:12: `m is not None` becomes `False`",
    # No weights, flattened, are one None, which is then repeated for each output.
    "CompileMetrics.update_state: line 352:8: `sample_weight is not None` becomes `True`",
}
SAMPLE = 8


def all_mutants():
    return [mutant for function in WATCHED for mutant in mutants.of(function)]


def sample(config):
    """Return all mutants in `make verify`, else a few that the commit draws."""
    every = all_mutants()
    if config.getoption("--full"):
        return every
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return sorted(every, key=lambda one: hashlib.sha256(f"{commit}{one}".encode()).digest())[
        :SAMPLE
    ]


def recorded(name):
    """Return name of a cell -> what is recorded of it."""
    return {
        name: (cell.stdout, cell.stderr, cell.error)
        for name, cell in recordings.load(name).cells.items()
    }


def mutated(snippet, mutant):
    """Return the snippet with a first cell that changes Keras, and ends it where that shows."""
    source = (
        "from tests.mutations import mutants\n"
        f"mutants.end_at_difference({recorded(snippet.name)!r})\n"
        f"mutants.swap({mutant.function!r}, {mutant.source!r})"
    )
    cell = Cell("change-keras", "code", source, 1, raises=None, warns=False)
    return dataclasses.replace(snippet, cells=(cell, *snippet.cells))


def noticed(snippet, outcome):
    """Tell whether a run on the changed Keras differs from the recording."""
    if not isinstance(outcome, Run):
        return True
    changed, *cells = outcome.cells
    assert changed.error is None, changed.trace
    return any(mutants.printed(run) != recorded(snippet.name)[run.name] for run in cells)


def pytest_generate_tests(metafunc):
    if "mutant" in metafunc.fixturenames:
        metafunc.parametrize("mutant", sample(metafunc.config), ids=str)


@pytest.fixture(scope="session")
def survivors(request):
    """Run the snippets on every mutant that is asked about; return those nobody noticed.

    A snippet only gets the mutants that those before it in the list have not noticed.
    """
    tests = [getattr(item, "callspec", None) for item in request.session.items]
    found = {test.params["mutant"] for test in tests if test and "mutant" in test.params}
    originals = {name: snippets.load(name) for names in WATCHED.values() for name in names}
    for turn in range(max(len(names) for names in WATCHED.values())):
        jobs, what = [], {}
        for number, mutant in enumerate(sorted(found, key=str)):
            for name in WATCHED[mutant.function][turn : turn + 1]:
                job = dataclasses.replace(mutated(originals[name], mutant), name=f"{number}-{name}")
                jobs.append(job)
                what[job.name] = (mutant, originals[name])
        for job, outcome in execute.run_all(jobs, jobs=os.cpu_count()):
            mutant, original = what[job.name]
            if noticed(original, outcome):
                found.discard(mutant)
    return found


def test_a_changed_branch_changes_a_result(survivors, mutant):
    if str(mutant) in EQUIVALENT:
        assert mutant in survivors, "it shows after all: take it out of EQUIVALENT"
    else:
        assert mutant not in survivors


def test_what_is_called_equivalent_exists():
    assert {str(mutant) for mutant in all_mutants()} >= EQUIVALENT
