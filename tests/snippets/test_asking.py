"""The function that asks a model runs on each kind of model, and prints the same on each backend."""

import pytest

from generator.common import output_of
from generator.record import recordings
from generator.sweep import environments, installing

CELLS = recordings.load("accuracy-which").cells
BACKENDS = [one for one in environments.load().values() if one.lineage == environments.BACKEND]


@pytest.mark.full
@pytest.mark.parametrize("one", BACKENDS, ids=lambda one: one.backend)
def test_it_prints_the_same_on_each_backend(one, tmp_path):
    installing.install(one)
    cells = [CELLS[name].source for name in ("setup", "function", "logits", "two-outputs")]
    printed = output_of(one.interpreter, "-c", "\n".join(cells), **one.variables(tmp_path))
    assert printed == CELLS["logits"].stdout + CELLS["two-outputs"].stdout
