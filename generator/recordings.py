"""Recordings: what a snippet printed, as a notebook below `docs/notebooks/`.

A recording is the golden output, a page of the site and what Colab opens, in one file. It holds
the cells of its snippet, so whether it is out of date is read off it, not noted beside it.
"""

import difflib
import functools
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from generator.child import CellRun, Run
from generator.errors import ProblemError
from generator.execute import Failure
from generator.files import write
from generator.paths import NOTEBOOKS, shown
from generator.snippets import Snippet

RECORD_HINT = "If that is right, accept it with `make record`."


@dataclass(frozen=True)
class Output:
    """What one cell printed, as recorded."""

    source: str
    stdout: str
    stderr: str
    error: str
    """`Type: message` of the exception the cell was declared to raise, else empty."""

    @property
    def text(self) -> str:
        """All of it, in the order in which a terminal would show it."""
        parts = [self.stdout, self.stderr, self.error]
        return "\n".join(part.rstrip("\n") for part in parts if part)


@dataclass(frozen=True)
class Recording:
    """One recorded run, read for use on pages."""

    name: str
    title: str
    cells: dict[str, Output]
    versions: dict[str, str]


def path_of(name: str, folder: Path = NOTEBOOKS) -> Path:
    """Return where the recording of a snippet is kept."""
    return folder / f"{name}.ipynb"


def unsound(snippet: Snippet, outcome: Run | Failure) -> list[str]:
    """Say what is wrong with a run in itself, whatever was recorded before.

    A cell may raise or write to stderr only where it is declared to, and then it must.
    """
    if isinstance(outcome, Failure):
        return [f"{shown(snippet.path)}: {outcome.reason}"]
    problems = []
    for cell, run in zip(snippet.code_cells, outcome.cells, strict=False):
        where = f"{shown(snippet.path)}:{cell.line - 1}: cell {cell.name!r}"
        if run.error and run.error[0] != cell.raises:
            declared = f", not the declared {cell.raises}" if cell.raises else ""
            problems.append(f"{where} raised {run.error[0]}{declared}\n{run.trace}")
        if cell.raises and not run.error:
            problems.append(f"{where} is declared to raise {cell.raises}, and raised nothing")
        if run.stderr and not cell.warns:
            problems.append(
                f"{where} wrote to stderr; declare it with `warns=true` if it should\n{run.stderr}"
            )
        if cell.warns and not run.stderr:
            problems.append(f"{where} is declared to warn, and wrote nothing to stderr")
    return problems


def notebook(snippet: Snippet, run: Run) -> NotebookNode:
    """Return a run as a notebook without anything that differs between two equal runs."""
    runs = {cell.name: cell for cell in run.cells}
    cells = []
    for cell in snippet.cells:
        if cell.kind == "markdown":
            cells.append(nbformat.v4.new_markdown_cell(cell.source, id=cell.name))
        else:
            cells.append(
                nbformat.v4.new_code_cell(
                    cell.source,
                    id=cell.name,
                    execution_count=len([c for c in cells if c.cell_type == "code"]) + 1,
                    outputs=_outputs(runs[cell.name]),
                )
            )
    return nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
            "recorded_with": run.versions,
        },
    )


def _outputs(run: CellRun) -> list[NotebookNode]:
    outputs = [
        nbformat.v4.new_output("stream", name=name, text=text)
        for name, text in (("stdout", run.stdout), ("stderr", run.stderr))
        if text
    ]
    if run.error:
        kind, message = run.error
        outputs.append(
            nbformat.v4.new_output(
                "error", ename=kind, evalue=message, traceback=[f"{kind}: {message}"]
            )
        )
    return outputs


def text_of(snippet: Snippet, run: Run) -> str:
    """Return the recording file of a run, as text."""
    node = notebook(snippet, run)
    nbformat.validate(node)
    return str(nbformat.writes(node)) + "\n"


def save(snippet: Snippet, run: Run, folder: Path = NOTEBOOKS) -> None:
    """Write a recording, whole or not at all."""
    write(path_of(snippet.name, folder), text_of(snippet, run))


def load(name: str, folder: Path = NOTEBOOKS) -> Recording:
    """Read a recording.

    Raises:
        ProblemError: there is none, or it is not a notebook of ours.

    """
    path = path_of(name, folder)
    if not path.is_file():
        raise ProblemError(f"{shown(path)}: no such recording. Make it with `make record`.")
    return _parse(name, path, path.read_text(encoding="utf-8"))


# A page asks for the same few files again and again; the text in the key keeps this right.
@functools.lru_cache(maxsize=256)
def _parse(name: str, path: Path, text: str) -> Recording:
    try:
        node = nbformat.reads(text, as_version=4)
        versions = dict(node.metadata["recorded_with"])
    except Exception as error:
        raise ProblemError(
            f"{shown(path)}: not a recording ({error}). Make it anew with `make record`."
        ) from error
    cells = {cell.id: _read(cell) for cell in node.cells}
    return Recording(name, node.cells[0].source.splitlines()[0].removeprefix("# "), cells, versions)


def _read(cell: NotebookNode) -> Output:
    found = {"stdout": "", "stderr": "", "error": ""}
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            found["error"] = f"{output.ename}: {output.evalue}"
        else:
            found[output.name] = output.text
    return Output(source=cell.source, **found)


def outdated(snippet: Snippet, recording: Recording) -> list[str]:
    """Say in which cells a recording holds other code than its snippet. Runs nothing."""
    ours = {cell.name: cell.source for cell in snippet.cells}
    theirs = {name: cell.source for name, cell in recording.cells.items()}
    return [
        f"{shown(snippet.path)}: cell {name!r} is not what "
        f"{shown(path_of(recording.name))} recorded. Run it and accept it with `make record`."
        for name in ours | theirs
        if ours.get(name) != theirs.get(name)
    ]


def differences(snippet: Snippet, run: Run, folder: Path = NOTEBOOKS) -> list[str]:
    """Say how a run differs from what is recorded: cell by cell, or the releases used."""
    try:
        recorded = load(snippet.name, folder)
    except ProblemError as error:
        return [str(error)]
    if problems := outdated(snippet, recorded):
        return problems
    problems = []
    if run.versions != recorded.versions:
        problems.append(
            f"{shown(path_of(snippet.name, folder))}: recorded with {recorded.versions}, "
            f"run with {run.versions}. {RECORD_HINT}"
        )
    for cell, node in zip(snippet.cells, notebook(snippet, run).cells, strict=True):
        old, new = recorded.cells[cell.name].text, _read(node).text
        if old != new:
            change = difflib.unified_diff(
                old.splitlines(), new.splitlines(), "recorded", "now", lineterm="", n=1
            )
            problems.append(
                f"{shown(snippet.path)}:{cell.line - 1}: cell {cell.name!r} prints something else "
                f"than recorded. {RECORD_HINT}\n" + "\n".join(change)
            )
    if not problems and path_of(snippet.name, folder).read_text("utf-8") != text_of(snippet, run):
        problems.append(
            f"{shown(path_of(snippet.name, folder))}: not as the recorder writes it. Was it edited "
            "by hand? Make it anew with `make record`."
        )
    return problems
