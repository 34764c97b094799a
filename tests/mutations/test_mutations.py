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
    "keras.src.losses.loss:squeeze_or_expand_to_same_rank": ["binary-accuracy-shapes"],
}
# Changes that cannot show, each with the reason.
EQUIVALENT = {
    # Equal ranks also fail both conditions that follow, and the same two tensors are returned.
    "squeeze_or_expand_to_same_rank: line 123:4: `x1_rank == x2_rank` becomes `False`",
    # A cast to the dtype a tensor already has changes nothing.
    "categorical_accuracy: line 152:4: `y_pred.dtype is not y_true.dtype` becomes `True`",
    "sparse_categorical_accuracy: line 238:4: `y_pred.dtype is not y_true.dtype` becomes `True`",
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


def mutated(snippet, mutant):
    """Return the snippet with a first cell that changes Keras."""
    source = (
        f"from tests.mutations.mutants import swap\nswap({mutant.function!r}, {mutant.source!r})"
    )
    cell = Cell("change-keras", "code", source, 1, raises=None, warns=False)
    return dataclasses.replace(snippet, cells=(cell, *snippet.cells))


def noticed(snippet, outcome):
    """Tell whether a run on the changed Keras differs from the recording."""
    if not isinstance(outcome, Run):
        return True
    changed, *cells = outcome.cells
    assert changed.error is None, changed.trace
    recorded = recordings.load(snippet.name).cells
    return any(
        recordings.Output("", run.stdout, run.stderr, ": ".join(run.error or ())).text
        != recorded[run.name].text
        for run in cells
    )


def pytest_generate_tests(metafunc):
    if "mutant" in metafunc.fixturenames:
        metafunc.parametrize("mutant", sample(metafunc.config), ids=str)


@pytest.fixture(scope="session")
def survivors(request):
    """Run the snippets on every mutant of the sample at once; return those nobody noticed."""
    chosen = sample(request.config)
    originals = {name: snippets.load(name) for names in WATCHED.values() for name in names}
    jobs, what = [], {}
    for number, mutant in enumerate(chosen):
        for name in WATCHED[mutant.function]:
            job = dataclasses.replace(mutated(originals[name], mutant), name=f"{number}-{name}")
            jobs.append(job)
            what[job.name] = (mutant, originals[name])
    found = set(chosen)
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
