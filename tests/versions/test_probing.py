"""A probe that dies, stalls or cannot start; and what the newest Keras answers."""

import re
import threading
import time

import pytest

from generator.errors import ProblemError
from generator.versions import cases, environments, grid, probing, results

DECLARED = environments.load()
NEWEST = environments.newest()
START = """
import json, os, sys
job = json.load(open(sys.argv[1]))
sink = os.fdopen(job["answers"], "w")
def say(what):
    sink.write(json.dumps(what) + "\\n"); sink.flush()
"""
ANSWERS = """
print("noise"); say({"versions": {"keras": "0"}})
for case in job["cases"]:
    if case["id"] == "dies": os.abort()
    if case["id"] == "stalls": import time; time.sleep(60)
    say({"case": case["id"], "outcome": {"value": 1}})
"""


@pytest.fixture
def probe(monkeypatch, tmp_path):
    path = tmp_path / "probe.py"
    path.write_text(START + ANSWERS, encoding="utf-8")
    monkeypatch.setattr(probing, "PROBE", path)
    return path


def run(*names):
    return probing.run(NEWEST, [{"id": name} for name in names])


@pytest.mark.usefixtures("probe")
def test_each_case_gets_its_outcome():
    assert run("a", "b") == ({"keras": "0"}, {"a": {"value": 1}, "b": {"value": 1}})


def test_many_cases_are_dealt_out_and_each_is_run_once(probe, monkeypatch):
    in_which = ANSWERS.replace('"value": 1', '"value": os.getpid()')
    probe.write_text(START + in_which, encoding="utf-8")
    monkeypatch.setattr(probing, "PART", 2)
    ended = []
    names = list("abcde")
    cases = [{"id": name} for name in names]
    versions, outcomes = probing.run(NEWEST, cases, lambda: ended.append(1))
    assert versions == {"keras": "0"}
    assert sorted(outcomes) == names
    assert len(ended) == len(names)
    assert len({one["value"] for one in outcomes.values()}) == 3


def test_no_more_processes_run_at_a_time_than_there_are_cores(monkeypatch):
    monkeypatch.setattr(probing, "PART", 1)
    monkeypatch.setattr(probing, "_free", threading.BoundedSemaphore(2))
    running, most = set(), []

    def process(_, cases, __):
        running.add(threading.get_ident())
        most.append(len(running))
        time.sleep(0.02)  # long enough for the others to start, were they allowed to
        running.discard(threading.get_ident())
        return {"keras": "0"}, {case["id"]: {"value": 1} for case in cases}, ""

    monkeypatch.setattr(probing, "_process", process)
    assert len(run(*"abcdefgh")[1]) == 8
    assert max(most) == 2


@pytest.mark.usefixtures("probe")
def test_a_case_on_which_the_process_dies_does_not_touch_the_others():
    _, outcomes = run("a", "dies", "b")
    assert outcomes["dies"] == {"error": "Died", "message": "signal 6"}
    assert outcomes["b"] == {"value": 1}


@pytest.mark.usefixtures("probe")
def test_a_case_that_stalls_is_given_up(monkeypatch):
    monkeypatch.setattr(probing, "STALL_SECONDS", 2)
    _, outcomes = run("a", "stalls", "b")
    assert outcomes["stalls"]["message"] == "no end within 2 seconds"
    assert outcomes["b"] == {"value": 1}


def test_a_probe_that_does_not_start_is_an_error_with_its_last_words(probe):
    probe.write_text("raise SystemExit('no Keras here')", encoding="utf-8")
    said = f"{re.escape(NEWEST.id)}: the probe does not start: no Keras"
    with pytest.raises(ProblemError, match=said):
        run("a")


def different(environment, wanted):
    """Run cases, and return the outcomes that are not as recorded."""
    try:
        if environment.base.python:
            environments.interpreter(environment.base.python)
    except ProblemError as error:
        # No package registry has Python 3.6 or 3.7; `make verify` says at its end what it left out.
        pytest.skip(f"{environment.id}: {error}")
    environments.install(environment)
    recorded = {}
    for path in (results.VERSIONS, results.SELECTION, results.PRODUCT):
        found = results.read(path).found
        recorded |= {name: one.get(environment.id) for name, one in found.items()}
    _, outcomes = probing.run(environment, list(wanted.values()))
    return {
        name: (outcome, recorded.get(name))
        for name, outcome in outcomes.items()
        if not results.same(outcome, recorded.get(name))
    }


def test_the_newest_keras_answers_as_recorded():
    assert different(NEWEST, cases.load()) == {}


@pytest.mark.full
def test_the_newest_keras_chooses_as_recorded():
    assert different(NEWEST, grid.reduced()) == {}


# The oldest, one from the time when the rule changed, and all that is not TensorFlow.
@pytest.mark.full
@pytest.mark.parametrize(
    "name",
    [
        "keras-2.0.4",
        "tf.keras-2.2.3",
        environments.newest("loop").id,
        *(f"{NEWEST.id}-{backend}" for backend in ("jax", "torch", "numpy")),
    ],
)
def test_other_environments_answer_as_recorded(name):
    assert different(DECLARED[name], cases.load() | grid.reduced()) == {}
