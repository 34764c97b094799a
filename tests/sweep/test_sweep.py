"""The sweep: a process that dies or stalls, an interruption, and what the newest Keras answers."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator import common
from generator.common import ProblemError
from generator.sweep import cases, environments, installing, results, sweep

DECLARED = environments.load()
NEWEST = environments.newest()
BOTH = [DECLARED[name] for name in ("tf.keras-2.0.4", "keras-2.3.1")]
CASES = {name: {"id": name, "y_true": [1], "y_pred": [0.5]} for name in ("a", "b")}
ANSWERS = {name: {"value": 1.0} for name in CASES}
START = """
import json, os, subprocess, sys, time
job = json.load(open(sys.argv[1]))
sink = os.fdopen(job["answers"], "w")
def say(what):
    sink.write(json.dumps(what) + "\\n"); sink.flush()
print("noise"); say({"versions": {"keras": "0"}})
for case in job["cases"]:
    if case["id"] == "dies": os.abort()
    if case["id"] == "stalls": time.sleep(60)
    if case["id"] == "leaves": open("%s", "w").write(str(subprocess.Popen(["sleep", "60"]).pid))
    say({"case": case["id"], "outcome": {"value": 1}})
"""


@pytest.fixture
def probe(monkeypatch, tmp_path):
    path = tmp_path / "probe.py"
    path.write_text(START.replace("%s", str(tmp_path / "left")), encoding="utf-8")
    monkeypatch.setattr(sweep, "PROBE", path)
    return path


@pytest.mark.usefixtures("probe")
@pytest.mark.parametrize(
    ("bad", "message"), [("dies", "signal 6"), ("stalls", "no end within 2 seconds")]
)
def test_a_case_on_which_the_process_dies_or_stalls_costs_no_other(bad, message, monkeypatch):
    monkeypatch.setattr(sweep, "STALL_SECONDS", 2)
    versions, outcomes = sweep.answers(NEWEST, [{"id": name} for name in ("a", bad, "b")])
    died = {"error": "Died", "message": message}
    assert outcomes == {"a": {"value": 1}, bad: died, "b": {"value": 1}}
    assert versions == {"keras": "0"}


def test_a_probe_that_does_not_start_is_an_error_with_its_last_words(probe):
    probe.write_text("raise SystemExit('no Keras here')", encoding="utf-8")
    with pytest.raises(ProblemError, match="the probe does not start: no Keras here"):
        sweep.answers(NEWEST, [{"id": "a"}])


def assert_ended(process):
    """Tell whether a process ends soon; one that only waits to be collected has."""
    stat, until = Path(f"/proc/{process}/stat"), time.monotonic() + 5
    while stat.exists() and stat.read_text(encoding="utf-8").split()[2] != "Z":
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def swept(monkeypatch, tmp_path):
    """Two cases and nothing else, nothing installed; return the file of the record."""
    path = tmp_path / "versions.json"
    monkeypatch.setattr(results, "wanted", lambda _: [(results.read(path), CASES)])
    monkeypatch.setattr(installing, "install", lambda _: None)
    monkeypatch.setattr(sweep.shutil, "rmtree", lambda *_, **__: None)
    yield path
    common.forget()


@pytest.fixture
def easy(swept, monkeypatch):
    """The same, and each case is answered at once."""
    monkeypatch.setattr(sweep, "answers", lambda *_: ({"keras": "2"}, dict(ANSWERS)))
    return swept


def run(*, record=True, wanted=CASES):
    work = [(one, wanted) for one in BOTH]
    return {one.environment: one for one in sweep.run(work, record=record)}


def answered(path):
    common.forget()
    found = results.read(path).found
    return [{name for name in found if one.id in found[name]} for one in BOTH]


def test_two_bases_run_at_the_same_time_and_both_are_written(easy, monkeypatch):
    together = threading.Barrier(2, timeout=5)

    def answers(*_):
        together.wait()  # breaks where one runs after the other
        return {"keras": "2"}, dict(ANSWERS)

    monkeypatch.setattr(sweep, "answers", answers)
    run()
    assert answered(easy) == [set(CASES)] * 2
    assert all(results.stale(one) == {} for one in BOTH)


def test_what_is_only_compared_is_not_written(easy):
    assert run(record=False)[BOTH[0].id].different == dict.fromkeys(CASES)
    assert not easy.is_file()


def test_an_interruption_ends_what_runs_and_writes_nothing_of_it(swept, probe, monkeypatch):
    """As on Ctrl-C, the main thread hears it, and an installer has ended of it before."""
    left = probe.parent / "left"
    heard = []

    def install(environment):
        if environment is BOTH[1]:
            while not left.is_file() or not left.read_text(encoding="utf-8"):
                time.sleep(0.05)
            heard.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)
            raise ProblemError("uv failed")

    monkeypatch.setattr(installing, "install", install)
    for one in BOTH:
        monkeypatch.setitem(vars(one), "interpreter", NEWEST.interpreter)
    with pytest.raises(KeyboardInterrupt):
        run(wanted={name: {"id": name} for name in ("leaves", "stalls")})
    assert time.monotonic() - heard[0] < 3
    assert_ended(left.read_text(encoding="utf-8"))
    assert not swept.is_file()


def test_an_interruption_loses_nothing_that_was_written(easy, monkeypatch):
    def answers(environment, *_):
        if environment is BOTH[1]:
            while not easy.is_file():
                time.sleep(0.05)
            raise KeyboardInterrupt
        return {"keras": "2"}, dict(ANSWERS)

    monkeypatch.setattr(sweep, "answers", answers)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert answered(easy) == [set(CASES), set()]


def test_where_one_cannot_be_installed_the_others_go_on_and_no_path_is_told(easy, monkeypatch):
    def install(environment):
        if environment is BOTH[0]:
            raise ProblemError("uv failed:\nno wheel in /some/where/wheels for it")

    monkeypatch.setattr(installing, "install", install)
    assert run()[BOTH[0].id].failed
    assert answered(easy) == [set(), set(CASES)]
    made = results.read(easy).environments
    assert made[BOTH[0].id]["failed"] == "no wheel in …/wheels for it"


def test_a_case_on_which_the_process_dies_is_told_and_run_again(easy, monkeypatch):
    died = {"a": {"error": "Died", "message": "signal 9"}, "b": {"value": 1.0}}
    monkeypatch.setattr(sweep, "answers", lambda *_: ({"keras": "2"}, died))
    assert run()[BOTH[0].id].failed == "to be run again: a (signal 9)"
    assert answered(easy) == [{"b"}] * 2
    assert list(results.stale(BOTH[0])) == ["a"]


def assert_as_recorded(environment, wanted):
    try:
        installing.install(environment)
    except ProblemError as error:
        if "no Python" not in str(error):
            raise
        # No package registry has Python 3.6 or 3.7; `make verify` says at its end what it left out.
        pytest.skip(f"{environment.id}: {error}")
    listed, outcomes = list(wanted.values()), {}
    with ThreadPoolExecutor(2) as pool:  # a core each
        for _, part in pool.map(lambda n: sweep.answers(environment, listed[n::2]), range(2)):
            outcomes |= part
    found = {}
    for record, _ in results.wanted(environment):
        found |= {name: known.get(environment.id) for name, known in record.found.items()}
    same = results.same
    assert not {
        name: (it, found[name]) for name, it in outcomes.items() if not same(it, found[name])
    }


def test_the_newest_keras_answers_as_recorded():
    assert_as_recorded(NEWEST, cases.load())


# The oldest, one from the time when the rule changed, and all that is not TensorFlow.
SOME = ["keras-2.0.4", "tf.keras-2.2.3", environments.newest("loop").id]
BACKENDS = [name for name, one in DECLARED.items() if one.lineage == environments.BACKEND]


@pytest.mark.full
@pytest.mark.parametrize("name", [NEWEST.id, *SOME, *BACKENDS])
def test_environments_answer_and_choose_as_recorded(name):
    wanted = cases.reduced() if name == NEWEST.id else cases.load() | cases.reduced()
    assert_as_recorded(DECLARED[name], wanted)
