"""The cases: those of `snippets/versions/cases/`, and the cells of the selection grid.

Labels and predictions for each two shapes of the grid are drawn so that no two rules agree on them.
"""

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

from generator.common import ProblemError, once, read, read_json, read_toml, shown
from generator.sweep import environments
from generator.sweep.environments import FOLDER

CASES, AXES, DRAWN = FOLDER / "cases", FOLDER / "grid.toml", FOLDER / "grid.json"
PROBE = FOLDER / "probe"
SHARED = ("release.py", "models.py", "values.py")  # what every case goes through

NOT_ASKED = {"title", "tells", "agrees", "rules"}  # these are for readers and tests

Case = dict[str, Any]
Cases = dict[str, Case]


@once
def load(folder: Path = CASES) -> Cases:
    """Return id -> case, without the grid, and with shared data put in.

    A file may hold `[data.<name>]` tables; a case that says `data = "<name>"` gets their fields,
    where it has none of its own. A ProblemError says that an id is there twice, or data are not.
    """
    found: Cases = {}
    for path in sorted(folder.glob("*.toml")):
        content = read_toml(path)
        shared = {None: {}} | content.get("data", {})
        for case in content["case"]:
            if (name := case.pop("data", None)) not in shared:
                raise ProblemError(f"{shown(path)}: {case['id']}: no data {name!r}")
            if case["id"] in found:
                raise ProblemError(f"{shown(path)}: a second case {case['id']!r}")
            found[case["id"]] = shared[name] | case
    return found


def asked(case: Case) -> Case:
    """Return what the probe gets of a case."""
    return {name: value for name, value in case.items() if name not in NOT_ASKED}


def key(case: Case) -> str:
    """Return a hash of all that decides what a case does: itself, and the file that asks it."""
    text = json.dumps(asked(case), sort_keys=True) + _asking(case.get("how", "compile"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@once
def _asking(how: str) -> str:
    return next(text for text in map(read, PROBE.glob("*.py")) if f"def how_{how}(" in text)


@once
def axes() -> dict[str, Any]:
    """Return the labels, outputs, losses and spellings of the grid, their sizes, and who runs all."""
    return read_toml(AXES)


def pairs() -> list[tuple[str, str]]:
    """Return each shape of labels with each shape of output."""
    return list(itertools.product(axes()["labels"], axes()["outputs"]))


@once
def _grid() -> Cases:
    drawn, found = read_json(DRAWN), {}
    for pair, loss, spelling in itertools.product(drawn, axes()["losses"], axes()["spellings"]):
        cell = {"id": f"{pair} | {loss} | {spelling}", "loss": loss, "metric": spelling}
        found[cell["id"]] = cell | {"eager": True} | drawn[pair]
    return found


@once
def reduced() -> Cases:
    """Return the cells that all run: every loss with the first spelling, each spelling with one."""
    first, one = axes()["spellings"][0], axes()["one_loss"]
    cells = _grid().items()
    return {name: cell for name, cell in cells if cell["metric"] == first or cell["loss"] == one}


def product(environment: str) -> Cases:
    """Return the cells that all others leave out, for the two who prove that they may."""
    full = [environments.newest(lineage).id for lineage in axes()["full"]]
    cells = _grid().items() if environment in full else ()
    return {name: cell for name, cell in cells if name not in reduced()}
