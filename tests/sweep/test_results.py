"""Records of the sweep: what is current, what is forgotten, and the file."""

import jsonschema
import pytest

from generator import common
from generator.common import DATA, read_json
from generator.sweep import environments, results

DECLARED = environments.load()
ONE, OTHER = DECLARED["keras-2.0.4"], DECLARED["keras-2.3.1"]
CASES = {name: {"id": name, "y_true": [1], "y_pred": [0.5]} for name in ("a", "b")}


@pytest.fixture
def record(tmp_path):
    made = results.Record(tmp_path / "versions.json")
    for one in (ONE, OTHER):
        made.take(one, {"keras": "2"}, {"a": {"value": 1.0}, "b": {"value": 0.0}}, CASES)
    return made


def stale(record, environment, wanted=CASES):
    """Return the cases that have no current result, as `results.stale` finds them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(results, "wanted", lambda _: [(record, wanted)])
        return list(results.stale(environment))


def test_a_changed_case_is_run_again_and_its_old_results_are_forgotten(record):
    assert stale(record, ONE) == []
    changed = CASES | {"a": {"id": "a", "y_true": [0], "y_pred": [0.5]}}
    assert stale(record, ONE, changed) == ["a"]
    record.take(ONE, {"keras": "2"}, {"a": {"value": 0.0}}, changed)
    assert (stale(record, ONE, changed), stale(record, OTHER, changed)) == ([], ["a"])


def test_where_it_fails_only_what_is_current_outlives_that(record, monkeypatch, tmp_path):
    record.take(ONE, {"failed": "no Python 3.6"}, {}, CASES)
    assert stale(record, ONE) == []
    (tmp_path / "probe.py").touch()
    monkeypatch.setattr(results, "PROBE", tmp_path / "probe.py")
    assert stale(record, ONE) == ["a", "b"]
    record.take(ONE, {"failed": "no Python 3.6"}, {}, CASES)
    assert record.environments[ONE.id]["failed"] == "no Python 3.6"
    assert record.found["a"].keys() == {OTHER.id}


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({"error": "E", "message": "b"}, True),
        ({"error": "F", "message": "a"}, False),
        (None, False),
    ],
)
def test_only_the_words_of_an_error_may_differ(other, alike):
    assert results.same({"error": "E", "message": "a"}, other) == alike


@pytest.mark.parametrize("path", [results.VERSIONS, results.SELECTION, results.PRODUCT])
def test_published_records_fit_their_schema_and_are_read_as_they_were_written(path):
    jsonschema.Draft202012Validator(read_json(DATA / "versions.schema.json")).validate(
        read_json(path)
    )
    assert results.read(path).text() == common.read(path)
