"""The axes of the selection grid. No NumPy here: pages are built where there is none."""

import functools
import itertools
import tomllib
from pathlib import Path
from typing import Any

from generator.versions.environments import FOLDER

GRID = FOLDER / "grid.toml"


@functools.lru_cache(maxsize=4)
def _parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def axes(path: Path = GRID) -> dict[str, Any]:
    """Return the labels, outputs, losses and spellings of the grid, their sizes, and who runs all."""
    return _parsed(path.read_text(encoding="utf-8"))


def pairs() -> list[tuple[str, str]]:
    """Return each shape of labels with each shape of output."""
    return list(itertools.product(axes()["labels"], axes()["outputs"]))


def cell_id(labels: str, output: str, loss: str, spelling: str) -> str:
    """Return the id of one cell of the grid."""
    return f"{labels} | {output} | {loss} | {spelling}"
