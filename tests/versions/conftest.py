"""What the tests of tables share: a record made up, on which little changes."""

import pytest

from generator.versions import environments, results, tables

DECLARED = environments.load()


@pytest.fixture
def record(monkeypatch, tmp_path):
    """A record in which `regression-mse` changed in Keras 3.5.0 and in tf.keras 2.2.3."""
    made = results.Record(tmp_path / "versions.json")
    made.environments = {name: {"key": "0" * 12} for name in DECLARED}
    order = list(DECLARED)

    def old(name):
        one = DECLARED[name]
        if one.lineage == "tf.keras":
            return order.index(name) < order.index("tf.keras-2.2.3")
        return one.lineage == "loop" or order.index(name) < order.index("keras-3.5.0")

    outcome = {
        True: {"value": 0.5, "metric": "rounded"},
        False: {"value": 0.25, "metric": "binary"},
    }
    made.found = {
        "regression-mse": {name: outcome[old(name)] for name in DECLARED},
        "regression-mae": {name: {"value": 1.0} for name in DECLARED},
    }
    monkeypatch.setattr(tables, "record", lambda _: made)
    return made
