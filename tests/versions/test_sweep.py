"""The sweep: interrupted, where an environment fails, and where a process dies."""

import pytest

from generator.errors import ProblemError
from generator.versions import cases, environments, probing, results, sweep

DECLARED = environments.load()
SHARED = [DECLARED[name] for name in ("tf.keras-2.0.4", "keras-2.3.1")]
CASES = {name: {"id": name, "y_true": [1], "y_pred": [0.5]} for name in ("a", "b")}
ANSWERS = {name: {"value": 1.0} for name in CASES}


@pytest.fixture
def swept(monkeypatch, tmp_path):
    """Two cases and nothing else, nothing installed; return the record and what is removed."""
    removed = []
    monkeypatch.setattr(results, "VERSIONS", tmp_path / "versions.json")
    monkeypatch.setattr(cases, "load", lambda: CASES)
    monkeypatch.setattr(sweep.grid, "product", lambda _: {})
    monkeypatch.setattr(environments, "install", lambda _: None)
    monkeypatch.setattr(environments, "remove", removed.extend)
    monkeypatch.setattr(probing, "run", lambda *_: ({"keras": "2"}, dict(ANSWERS)))
    monkeypatch.setattr(probing, "_stopped", probing.threading.Event())
    nothing = results.Record(tmp_path / "selection.json")
    whole = sweep.Sweep

    def only_cases():
        read = results.read(results.VERSIONS)
        return whole(read, nothing, nothing, known=CASES, reduced={})

    monkeypatch.setattr(sweep, "Sweep", only_cases)
    return removed


def run(members=SHARED, wanted=CASES, *, record=True):
    done = []
    sweep.run(
        [(one, dict(wanted)) for one in members],
        record=record,
        done=done.append,
        advance=lambda: None,
    )
    return {one.environment: one for one in done}


def answered():
    record = results.read(results.VERSIONS)
    return {
        one: {name for name, found in record.found.items() if one in found}
        for one in record.environments
    }


def test_each_environment_is_written_and_what_it_needed_is_removed(swept):
    run()
    assert answered() == {one.id: set(CASES) for one in SHARED}
    assert {one.base.folder for one in SHARED} <= set(swept)
    assert all(sweep.Sweep().stale(one) == {} for one in SHARED)


@pytest.mark.usefixtures("swept")
def test_what_is_only_compared_is_not_written():
    assert run(record=False)[SHARED[0].id].different == dict.fromkeys(CASES)
    assert not results.VERSIONS.is_file()


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize("dies", ["in the probe", "in the installer"])
def test_an_interruption_loses_nothing_that_was_written(monkeypatch, dies):
    run()
    before = results.VERSIONS.read_bytes()

    def interrupted(*_):
        probing.stop()
        raise ProblemError("the installer ended, as Ctrl-C ends it")

    if dies == "in the installer":
        monkeypatch.setattr(environments, "install", interrupted)
    else:
        monkeypatch.setattr(probing, "run", lambda *_: (probing.stop(), probing.go_on()))
    with pytest.raises(probing.StoppedError):
        run()
    assert results.VERSIONS.read_bytes() == before


def test_where_one_cannot_be_installed_the_others_go_on(swept, monkeypatch):
    def install(environment):
        if environment is SHARED[0]:
            raise ProblemError("uv failed:\nno wheel in /some/where/wheels for it")

    monkeypatch.setattr(environments, "install", install)
    done = run([*SHARED, environments.newest()])
    assert done[SHARED[0].id].failed
    made = results.read(results.VERSIONS).environments
    assert made[SHARED[0].id]["failed"] == "no wheel in …/wheels for it"
    assert answered()[SHARED[1].id] == answered()[environments.newest().id] == set(CASES)
    assert {one.base.folder for one in SHARED} <= set(swept)


@pytest.mark.usefixtures("swept")
def test_a_failure_leaves_the_answers_that_are_current(monkeypatch):
    run()
    before = results.VERSIONS.read_bytes()
    monkeypatch.setattr(
        environments, "install", lambda _: (_ for _ in ()).throw(ProblemError("no"))
    )
    assert run()[SHARED[0].id].failed == "no"
    assert results.VERSIONS.read_bytes() == before


@pytest.mark.usefixtures("swept")
def test_a_case_on_which_the_process_dies_is_told_and_run_again(monkeypatch):
    died = {"a": {"error": "Died", "message": "signal 9"}, "b": {"value": 1.0}}
    monkeypatch.setattr(probing, "run", lambda *_: ({"keras": "2"}, dict(died)))
    done = run()
    assert done[SHARED[0].id].failed == "to be run again: a (signal 9)"
    assert answered() == {one.id: {"b"} for one in SHARED}
    assert list(sweep.Sweep().stale(SHARED[0])) == ["a"]
