"""The sweep: a process that dies or stalls, an interruption, and what the newest Keras answers."""

import dataclasses
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from generator import common
from generator.common import ProblemError
from generator.sweep import cases, environments, installing, results, sweep

DECLARED = environments.load()
NEWEST = environments.newest()
# Each on a base of its own, but run by this Python.
HERE = {"interpreter": sys.executable, "folders": (Path("none"), Path("none"))}
NAMES = ("tf.keras-2.0.4", "keras-2.3.1", "keras-2.0.4")
ONE, OTHER, LAST = (dataclasses.replace(DECLARED[name], **HERE) for name in NAMES)
CASES = {name: {"id": name} for name in ("a", "b")}
DIES = {"dies": {"id": "dies"}}
PROBE = """
import json, os, subprocess, sys, time
job = json.load(open(sys.argv[1]))
sink = os.fdopen(job["answers"], "w")
def say(what):
    sink.write(json.dumps(what) + "\\n"); sink.flush()
print("noise"); say({"versions": {"keras": "0"}})
for case in job["cases"]:
    if case["id"] == "dies": os.abort()
    if "pid" in case: open(case["pid"], "w").write(str(subprocess.Popen(["sleep", "60"]).pid))
    if case["id"] == "stalls": time.sleep(60)
    say({"case": case["id"], "outcome": {"value": 1}})
    if case["id"] == "card": os._exit(75)
"""


@pytest.fixture
def swept(monkeypatch, tmp_path):
    """Install nothing, and ask a probe without Keras; return the file of the record."""
    path = tmp_path / "versions.json"
    (tmp_path / "probe.py").write_text(PROBE, encoding="utf-8")
    monkeypatch.setattr(sweep, "PROBE", tmp_path / "probe.py")
    monkeypatch.setattr(installing, "install", lambda _: None)
    monkeypatch.setattr(results, "wanted", lambda _: [(results.read(path), CASES | DIES)])
    return path


@pytest.mark.usefixtures("swept")
def test_a_case_on_which_the_process_dies_or_stalls_costs_no_other(monkeypatch):
    monkeypatch.setattr(sweep, "STALL_SECONDS", 2)
    asked = [{"id": name} for name in ("a", "dies", "stalls", "b")]
    versions, outcomes = sweep.answers(NEWEST, asked)
    ends = {"dies": "signal 6", "stalls": "no end within 2 seconds"}
    died = {name: {"error": "Died", "message": message} for name, message in ends.items()}
    assert outcomes == {"a": {"value": 1}, "b": {"value": 1}} | died
    assert versions == {"keras": "0"}


@pytest.mark.usefixtures("swept")
def test_a_probe_that_asks_for_it_goes_on_in_a_new_process():
    """As after an error of a graphics card, which then answers nothing more."""
    _, outcomes = sweep.answers(NEWEST, [{"id": name} for name in ("a", "card", "b")])
    assert outcomes == {name: {"value": 1} for name in ("a", "card", "b")}


@pytest.mark.usefixtures("swept")
def test_a_probe_that_does_not_start_is_an_error_with_its_last_words():
    sweep.PROBE.write_text("raise SystemExit('no Keras here')", encoding="utf-8")
    with pytest.raises(ProblemError, match="the probe does not start: no Keras here"):
        sweep.answers(NEWEST, [{"id": "a"}])


def run(*, wanted=CASES, record=True):
    """Run cases on two environments; return what the first did."""
    done = sweep.run([(ONE, wanted), (OTHER, wanted)], record=record)
    return {one.environment: one for one in done}[ONE.id]


def answered(path):
    """Return the cases that stand in the file, for each of the two."""
    common.forget()
    found = results.read(path).found
    return [{name for name in found if one.id in found[name]} for one in (ONE, OTHER)]


def test_two_bases_run_at_the_same_time_and_are_written_if_asked_to(swept, monkeypatch):
    together = threading.Barrier(2, timeout=5)  # breaks where one runs after the other
    monkeypatch.setattr(installing, "install", lambda _: together.wait())
    assert run(record=False).different == dict.fromkeys(CASES)
    assert not swept.is_file()
    run()
    assert answered(swept) == [set(CASES)] * 2


def test_a_case_on_which_the_process_dies_is_told_and_run_again(swept):
    assert run(wanted=CASES | DIES).failed == "to be run again: dies (signal 6)"
    assert answered(swept) == [set(CASES)] * 2
    assert results.stale(ONE) == DIES


def test_where_one_cannot_be_installed_the_others_go_on_and_no_path_is_told(swept, monkeypatch):
    def install(environment):
        if environment is ONE:
            raise ProblemError("uv failed:\nno wheel in /some/where/wheels for it")

    monkeypatch.setattr(installing, "install", install)
    assert run().failed
    assert answered(swept) == [set(), set(CASES)]
    assert results.read(swept).environments[ONE.id]["failed"] == "no wheel in …/wheels for it"


def test_an_interruption_ends_what_runs_and_loses_nothing_that_was_written(swept, monkeypatch):
    """As on Ctrl-C, the main thread hears it, and an installer has ended of it before."""
    left, until = swept.with_name("left"), time.monotonic() + 30
    signal.signal(signal.SIGINT, signal.default_int_handler)  # `make verify &` is deaf to it

    def install(environment):
        if environment is LAST:  # its turn comes when the first has ended
            while not (left.is_file() and left.read_text(encoding="utf-8")):
                time.sleep(0.05)
            os.kill(os.getpid(), signal.SIGINT)
            raise ProblemError("uv failed")

    monkeypatch.setattr(installing, "install", install)
    stalls = {"stalls": {"id": "stalls", "pid": str(left)}}
    with pytest.raises(KeyboardInterrupt):
        list(sweep.run([(ONE, CASES), (OTHER, stalls), (LAST, CASES)], record=True))
    assert time.monotonic() < until, "it waited for the case that stalls"
    assert answered(swept) == [set(CASES), set()]
    assert results.read(swept).environments.keys() == {ONE.id}
    process = int(left.read_text(encoding="utf-8"))
    # Gone, or dead and waiting for whoever adopted it.
    while psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until
        time.sleep(0.05)


# The oldest, one from the time when the rule changed, and all that is not TensorFlow.
SLOW = ["keras-2.0.4", "tf.keras-2.2.3", environments.newest("loop").id]
SLOW += [name for name, one in DECLARED.items() if one.lineage == environments.BACKEND]
# On NumPy, Keras traces a model without shapes on whatever lies in memory: integer labels of it are
# out of range, or not, by chance.
BY_CHANCE = {(f"{NEWEST.id}-numpy", "sequential-classes")}
FULL = [pytest.param(name, marks=pytest.mark.full) for name in SLOW]


@pytest.mark.parametrize("name", [NEWEST.id, *FULL])
def test_environments_answer_and_choose_as_recorded(name, request):
    full, outcomes = request.config.getoption("--full"), {}
    try:
        installing.install(DECLARED[name])
    except ProblemError as error:
        if "no Python" not in str(error):
            raise
        # No package registry has Python 3.6 or 3.7; `make verify` says at its end what it left out.
        pytest.skip(f"{name}: {error}")
    # A change of Keras, of the probe or of a case leaves results stale, which another test says.
    asked = (
        list((cases.load() | cases.reduced()).values()) if full else [*cases.load().values()][::20]
    )
    with ThreadPoolExecutor(2) as pool:  # a core each
        for _, part in pool.map(lambda n: sweep.answers(DECLARED[name], asked[n::2]), range(2)):
            outcomes |= part
    found = results.read(results.VERSIONS).found | results.read(results.SELECTION).found
    both = {case: (now, found[case].get(name)) for case, now in outcomes.items()}
    other = {case: two for case, two in both.items() if not results.same(*two)}
    assert not {case: two for case, two in other.items() if (name, case) not in BY_CHANCE}
