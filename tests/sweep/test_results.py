"""Records of the sweep: what is current, what is forgotten, and the file."""

import jsonschema
import pytest

from generator import common
from generator.common import DATA, read_json
from generator.sweep import cases, environments, results

DECLARED = environments.load()
ONE, OTHER = DECLARED["keras-2.0.4"], DECLARED["keras-2.3.1"]
CASES = {name: {"id": name, "y_true": [1], "y_pred": [0.5]} for name in ("a", "b")}


@pytest.fixture
def record(tmp_path, monkeypatch):
    """A record on which two environments have answered two cases, which are all there is to ask."""
    made = results.Record(tmp_path / "versions.json")
    for one in (ONE, OTHER):
        made.take(one, {"keras": "2"}, {"a": {"value": 1.0}, "b": {"value": 0.0}}, CASES)
    monkeypatch.setattr(results, "wanted", lambda _: [(made, CASES)])
    return made


def test_a_changed_case_is_run_again_and_its_old_results_are_forgotten(record, monkeypatch):
    assert results.stale(ONE) == {}
    monkeypatch.setitem(CASES, "a", {"id": "a", "y_true": [0], "y_pred": [0.5]})
    assert list(results.stale(ONE)) == ["a"]
    record.take(ONE, {"keras": "2"}, {"a": {"value": 0.0}}, CASES)
    assert (list(results.stale(ONE)), list(results.stale(OTHER))) == ([], ["a"])


def test_where_it_fails_only_what_is_current_outlives_that(record, monkeypatch):
    record.take(ONE, {"failed": "no Python 3.6"}, {}, CASES)
    assert results.stale(ONE) == {}
    monkeypatch.setattr(cases, "SHARED", ())
    assert results.stale(ONE) == CASES
    record.take(ONE, {"failed": "no Python 3.6"}, {}, CASES)
    assert record.environments[ONE.id]["failed"] == "no Python 3.6"
    assert record.found["a"].keys() == {OTHER.id}


def test_only_the_words_of_an_error_may_differ():
    one = {"error": "E", "message": "a"}
    assert results.same(one, {"error": "E", "message": "b"})
    assert not results.same(one, {"error": "F", "message": "a"})
    assert not results.same(one, None)


@pytest.mark.parametrize("path", [results.VERSIONS, results.SELECTION, results.PRODUCT])
def test_published_records_fit_their_schema_and_are_read_as_they_were_written(path):
    jsonschema.validate(read_json(path), read_json(DATA / "versions.schema.json"))
    assert results.read(path).text() == common.read(path)
