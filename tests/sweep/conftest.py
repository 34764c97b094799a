"""What the tests of pages share: a record made up, on which little changes, and a place on a page."""

import pytest

from generator import common
from generator.sweep import environments, results

DECLARED = environments.load()
CHANGED = {"keras": (3, 5, 0), "tf.keras": (2, 2, 0), "loop": (99,)}  # lineage -> its new release


class Place:
    """A line of a page: tables are kept as their rows, the rest comes back with its mark."""

    def __init__(self, *, alone=True):
        self.alone = alone
        self.rows = {}

    def table(self, mark, rows):
        self.rows[mark] = rows
        return f"[{mark}]"

    bars = table

    def text(self, mark, text, tag="span"):
        return f"{mark}: {text}" if tag == "span" else f"{mark}: `{text}`"


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def recorded():
    """Return a function that puts a record in the place of all that was recorded."""
    with pytest.MonkeyPatch.context() as patch:

        def put(record):
            patch.setattr(results, "read", lambda _: record)
            common.forget()
            return record

        yield put
    common.forget()


@pytest.fixture
def record(recorded, tmp_path):
    """A record in which `regression-mse` changed in some releases; a test may change more."""
    made = results.Record(tmp_path / "versions.json")
    made.environments = {name: {"key": "0" * 12} for name in DECLARED}

    def answer(one):
        old = environments.numbers(one.release) < CHANGED.get(one.lineage, ())
        return {"value": 0.5, "metric": "rounded"} if old else {"value": 0.25, "metric": "binary"}

    made.found = {
        "regression-mse": {name: answer(one) for name, one in DECLARED.items()},
        "regression-mae": {name: {"value": 1.0} for name in DECLARED},
    }
    return recorded(made)
