"""Recordings: what a snippet printed, as a notebook below `docs/notebooks/`.

A recording is the golden output, a page of the site and what Colab opens, in one file. It holds
the cells of its snippet, so whether it is out of date is read off it, not noted beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from generator.common import NOTEBOOKS, ProblemError, once, read, shown


@dataclass(frozen=True)
class Output:
    """One cell, as recorded: its code, what is declared on it, and what it printed."""

    source: str
    stdout: str = ""
    stderr: str = ""
    error: str = ""  # `Type: message` of the exception that it was declared to raise
    after: tuple[str, ...] = ()  # all that has to run before it, in order
    table: bool = False

    @property
    def text(self) -> str:
        """All that was printed, in the order in which a terminal would show it."""
        parts = [self.stdout, self.stderr, self.error]
        return "\n".join(part.rstrip("\n") for part in parts if part)


@dataclass(frozen=True)
class Recording:
    """One recorded run, read for use on pages."""

    name: str
    title: str
    cells: Mapping[str, Output]
    versions: Mapping[str, str]

    def cell(self, name: str) -> Output:
        """Return a cell; a `ProblemError` says which there are."""
        if name not in self.cells:
            raise ProblemError(f"no cell {name!r} in {self.name!r}: {', '.join(self.cells)}")
        return self.cells[name]


def names() -> list[str]:
    """Return the names of all recordings, sorted."""
    return sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


def path_of(name: str, folder: Path = NOTEBOOKS) -> Path:
    """Return where the recording of a snippet is kept."""
    return folder / f"{name}.ipynb"


@once
def load(name: str, folder: Path = NOTEBOOKS) -> Recording:
    """Read a recording.

    Raises:
        ProblemError: there is none, or it is not a notebook of ours.
    """
    path = path_of(name, folder)
    if not path.is_file():
        raise ProblemError(f"{shown(path)}: no such recording. Make it with `make record`.")
    return parse(name, path, read(path))


def parse(name: str, path: Path, text: str) -> Recording:
    """Read the text of a recording, as `load` does."""
    try:
        node = nbformat.reads(text, as_version=4)
        versions = dict(node.metadata["recorded_with"])
        cells = {cell.id: _output(cell) for cell in node.cells}
        title = node.cells[0].source.splitlines()[0].removeprefix("# ")
    except Exception as error:
        raise ProblemError(
            f"{shown(path)}: not a recording ({error}). Make it anew with `make record`."
        ) from error
    return Recording(name, title, cells, versions)


def _output(cell: NotebookNode) -> Output:
    found: dict[str, Any] = {}
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            found["error"] = f"{output.ename}: {output.evalue}"
        else:
            found[output.name] = output.text
    declared = cell.metadata
    after, table = tuple(declared.get("after", ())), declared.get("table", False)
    return Output(cell.source, **found, after=after, table=table)
