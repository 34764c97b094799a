"""What the tests of pages share: a record made up, on which little changes, and a place on a page."""

import pytest

from generator import common
from generator.sweep import environments, results

DECLARED = environments.load()


class Place:
    """A line of a page: tables are kept as their rows, the rest comes back with its mark."""

    def __init__(self, *, alone=True):
        self.alone = alone
        self.rows = {}

    def table(self, mark, rows):
        self.rows[mark] = rows
        return f"[{mark}]"

    def text(self, mark, text):
        return f"{mark}: {text}"

    def code(self, mark, text):
        return f"{mark}: `{text}`"


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def recorded(monkeypatch):
    """Return a function that puts a record in the place of all that was recorded."""

    def put(record):
        monkeypatch.setattr(results, "read", lambda _: record)
        common.forget()
        return record

    yield put
    monkeypatch.undo()
    common.forget()


@pytest.fixture
def record(recorded, tmp_path):
    """A record in which `regression-mse` changed in Keras 3.5.0 and in tf.keras 2.2.3."""
    made = results.Record(tmp_path / "versions.json")
    made.environments = {name: {"key": "0" * 12} for name in DECLARED}
    order = list(DECLARED)

    def old(name):
        one = DECLARED[name]
        if one.lineage == "tf.keras":
            return order.index(name) < order.index("tf.keras-2.2.3")
        return one.lineage == "loop" or order.index(name) < order.index("keras-3.5.0")

    rounded, binary = {"value": 0.5, "metric": "rounded"}, {"value": 0.25, "metric": "binary"}
    made.found = {
        "regression-mse": {name: rounded if old(name) else binary for name in DECLARED},
        "regression-mae": {name: {"value": 1.0} for name in DECLARED},
    }
    return recorded(made)
