"""Records of the sweep: what is current, what is forgotten, and the file."""

import json

import jsonschema
import pytest

from generator.paths import DATA
from generator.versions import cases, environments, grid, results

DECLARED = environments.load()
ONE, OTHER = DECLARED["keras-2.0.4"], DECLARED["keras-2.3.1"]
CASES = {name: {"id": name, "y_true": [1], "y_pred": [0.5]} for name in ("a", "b")}


@pytest.fixture
def record(tmp_path):
    made = results.Record(tmp_path / "versions.json")
    made.merge(ONE, {"keras": "2.0.4"}, {"a": {"value": 1.0}, "b": {"value": 0.0}}, CASES)
    made.merge(OTHER, {"keras": "2.3.1"}, {"a": {"value": 1.0}, "b": {"value": 0.5}}, CASES)
    return made


def test_what_has_been_written_is_read_again(record):
    record.save()
    again = results.read(record.path)
    assert again.found == record.found
    assert again.text() == record.text()


def test_the_order_in_which_versions_are_told_does_not_show(record):
    versions = {"keras": "2.0.4", "python": "3.6.15"}
    texts = set()
    for told in (versions, dict(reversed(versions.items()))):
        record.merge(ONE, told, {}, CASES)
        texts.add(record.text())
    assert len(texts) == 1


def test_equal_outcomes_are_grouped(record):
    data = json.loads(record.text())
    assert data["cases"]["a"]["by_environment"] == [0, 0]
    assert data["cases"]["b"]["by_environment"] == [0, 1]


def test_current_results_are_not_run_again(record):
    assert record.stale(ONE, CASES) == []


def test_a_changed_case_is_run_again_and_its_old_results_are_forgotten(record):
    changed = CASES | {"a": {"id": "a", "y_true": [0], "y_pred": [0.5]}}
    assert record.stale(ONE, changed) == ["a"]
    record.merge(ONE, {"keras": "2.0.4"}, {"a": {"value": 0.0}}, changed)
    assert record.stale(ONE, changed) == []
    assert record.stale(OTHER, changed) == ["a"]


def test_a_changed_probe_makes_everything_stale(record, monkeypatch, tmp_path):
    probe = tmp_path / "probe.py"
    probe.write_text("", encoding="utf-8")
    monkeypatch.setattr(results, "PROBE", probe)
    assert record.stale(ONE, CASES) == ["a", "b"]
    record.merge(ONE, {"keras": "2.0.4"}, {"a": {"value": 1.0}}, CASES)
    assert record.stale(ONE, CASES) == ["b"]


def test_an_environment_that_fails_keeps_the_reason_and_no_stale_results(record, monkeypatch):
    record.fail(ONE, "no Python 3.6")
    assert "failed" not in record.environments[ONE.id]
    monkeypatch.setattr(results, "environment_key", lambda _: "of another probe")
    record.fail(ONE, "no Python 3.6")
    assert record.environments[ONE.id]["failed"] == "no Python 3.6"
    assert record.stale(ONE, CASES) == ["a", "b"]
    assert json.loads(record.text())["cases"]["a"]["by_environment"] == [None, 0]


def test_what_is_no_longer_declared_is_forgotten(record):
    record.forget([OTHER.id], {"b"})
    assert list(record.environments) == [OTHER.id]
    assert record.found == {"b": {OTHER.id: {"value": 0.5}}}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"error": "E", "message": "a"}, {"error": "E", "message": "b"}, True),
        ({"error": "E", "message": "a"}, {"error": "F", "message": "a"}, False),
        ({"value": 1.0}, {"value": 0.5}, False),
        ({"value": 1.0}, None, False),
        (None, None, True),
    ],
)
def test_only_the_words_of_an_error_may_differ(one, other, alike):
    assert results.same(one, other) == alike


SCHEMA = json.loads((DATA / "versions.schema.json").read_text(encoding="utf-8"))
RECORDS = [
    path for path in (results.VERSIONS, results.SELECTION, results.PRODUCT) if path.is_file()
]


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_published_records_fit_their_schema(path):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    content = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(content)
    for case in content["cases"].values():
        assert len(case["by_environment"]) == len(content["environments"])
        assert set(case["by_environment"]) - {None} == set(range(len(case["outcomes"])))


@pytest.mark.parametrize("name", results.read(results.VERSIONS).environments)
def test_every_release_that_has_been_run_is_current(name):
    """Where this fails: `make versions`."""
    environment = DECLARED[name]
    wanted = [
        (results.read(results.VERSIONS), cases.load()),
        (results.read(results.SELECTION), grid.reduced()),
        (results.read(results.PRODUCT), grid.product(name)),
    ]
    for record, known in wanted:
        assert record.stale(environment, known) == []
