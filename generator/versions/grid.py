"""The selection grid: `snippets/versions/grid.toml`, spelled out as cases with data."""

import itertools
from pathlib import Path
from typing import Any

import numpy as np

from generator.errors import ProblemError
from generator.versions.axes import GRID, axes, cell_id
from generator.versions.cases import Case
from generator.versions.rules import distinct

TRIES = 20_000


def reduced(path: Path = GRID) -> dict[str, Case]:
    """Return id -> case of the selection grid, as every environment runs it.

    All losses with the first spelling, all spellings with one loss.
    """
    wanted = axes(path)
    return {
        name: case
        for name, case in _product(wanted).items()
        if case["metric"] == wanted["spellings"][0] or case["loss"] == wanted["one_loss"]
    }


def product(environment: str, path: Path = GRID) -> dict[str, Case]:
    """Return the cells that the grid leaves out, for the environments that prove it may."""
    wanted = axes(path)
    if environment not in wanted["full"]:
        return {}
    left_out = reduced(path)
    return {name: case for name, case in _product(wanted).items() if name not in left_out}


def _product(wanted: dict[str, Any]) -> dict[str, Case]:
    found = {}
    for labels, output in itertools.product(wanted["labels"], wanted["outputs"]):
        data = cell_data(labels, output, wanted["sizes"])
        for loss, spelling in itertools.product(wanted["losses"], wanted["spellings"]):
            one = cell_id(labels, output, loss, spelling)
            found[one] = {"id": one, "loss": loss, "metric": spelling, "eager": True, **data}
    return found


def cell_data(labels: str, output: str, sizes: dict[str, int]) -> Case:
    """Return labels and predictions of some shape on which the known rules all differ.

    Class numbers where the last size is not K, one-hot rows where it is. The first random draw is
    taken on which no two rules agree, so the data stay what they are while the sizes do.

    Raises:
        ProblemError: no draw does it.

    """
    label_shape, output_shape = (
        tuple(int(sizes.get(size, size)) for size in shape.split(",")) for shape in (labels, output)
    )
    for seed in range(TRIES):
        draw = np.random.RandomState(seed)  # its numbers never change
        y_pred = np.round(draw.uniform(-1, 3, output_shape), 2)
        y_true = draw.randint(0, sizes["K"], label_shape)
        if labels.endswith("K"):
            y_true = np.eye(sizes["K"], dtype=int)[draw.randint(0, sizes["K"], label_shape[:-1])]
        if distinct(y_true, y_pred):
            return {"y_true": y_true.tolist(), "y_pred": y_pred.tolist()}
    raise ProblemError(f"grid: labels {labels} with output {output}: rules agree on every draw")
