"""The cases: read from `snippets/versions/cases/*.toml`, and the selection grid spelled out."""

import hashlib
import itertools
import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from generator.errors import ProblemError
from generator.paths import shown
from generator.versions.environments import FOLDER
from generator.versions.rules import distinct

CASES = FOLDER / "cases"
GRID = FOLDER / "grid.toml"
TRIES = 20_000

Case = dict[str, Any]


def load(folder: Path = CASES) -> dict[str, Case]:
    """Return id -> case, with shared data put in.

    A file may hold `[data.<name>]` tables; a case that says `data = "<name>"` gets their fields,
    where it has none of its own.

    Raises:
        ProblemError: two cases have one id, or a case names data that are not there.

    """
    found: dict[str, Case] = {}
    for path in sorted(folder.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in content["case"]:
            name = case.pop("data", None)
            if name is not None and name not in content.get("data", {}):
                raise ProblemError(f"{shown(path)}: {case['id']}: no data {name!r}")
            if case["id"] in found:
                raise ProblemError(f"{shown(path)}: a second case {case['id']!r}")
            found[case["id"]] = (content["data"][name] if name else {}) | case
    return found


def asked(case: Case) -> Case:
    """Return what the probe needs of a case, without what only readers and tests need."""
    return {name: value for name, value in case.items() if name not in {"title", "tells", "agrees"}}


def key(case: Case) -> str:
    """Return a hash of all that decides what a case does."""
    return hashlib.sha256(json.dumps(asked(case), sort_keys=True).encode()).hexdigest()[:12]


def grid(path: Path = GRID) -> dict[str, Case]:
    """Return id -> case of the selection grid, as every environment runs it.

    All losses with the first spelling, all spellings with one loss.
    """
    wanted = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: case
        for name, case in _product(wanted).items()
        if case["metric"] == wanted["spellings"][0] or case["loss"] == wanted["one_loss"]
    }


def product(environment: str, path: Path = GRID) -> dict[str, Case]:
    """Return the cells that the grid leaves out, for the environments that prove it may."""
    wanted = tomllib.loads(path.read_text(encoding="utf-8"))
    if environment not in wanted["full"]:
        return {}
    reduced = grid(path)
    return {name: case for name, case in _product(wanted).items() if name not in reduced}


def _product(wanted: dict[str, Any]) -> dict[str, Case]:
    found = {}
    for labels, output in itertools.product(wanted["labels"], wanted["outputs"]):
        data = grid_data(labels, output, wanted["sizes"])
        for loss, spelling in itertools.product(wanted["losses"], wanted["spellings"]):
            one = grid_id(labels, output, loss, spelling)
            found[one] = {"id": one, "loss": loss, "metric": spelling, "eager": True, **data}
    return found


def grid_id(labels: str, output: str, loss: str, spelling: str) -> str:
    """Return the id of one cell of the grid."""
    return f"{labels} | {output} | {loss} | {spelling}"


def grid_data(labels: str, output: str, sizes: dict[str, int]) -> Case:
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
