"""The contract between a snippet, a run of it and its recording: what keeps it, what breaks it."""

import difflib
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from generator.common import NOTEBOOKS, ProblemError, read, shown
from generator.execute.child import CellRun, Run
from generator.execute.snippets import Snippet
from generator.record import recordings

RECORD_HINT = "If that is right, accept it with `make record`."


def unsound(snippet: Snippet, outcome: Run | str) -> list[str]:
    """Say what is wrong with a run in itself, whatever was recorded before.

    A cell may raise or write to stderr only where it is declared to, and then it must.
    """
    if isinstance(outcome, str):
        return [f"{shown(snippet.path)}: {outcome}"]
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


def notebook(snippet: Snippet, run: Run) -> str:
    """Return a run as the text of a notebook, without what differs between two equal runs."""
    runs = {cell.name: (count, cell) for count, cell in enumerate(run.cells, 1)}
    cells: list[NotebookNode] = []
    for cell in snippet.cells:
        if cell.kind == "markdown":
            cells.append(nbformat.v4.new_markdown_cell(cell.source, id=cell.name))
        else:
            count, done = runs[cell.name]
            made = nbformat.v4.new_code_cell(cell.source, id=cell.name, execution_count=count)
            made.outputs = _outputs(done)
            # What pages have to know: all that has to run before, and the form of what is printed.
            declared = {"after": list(cell.after), "table": cell.table}
            made.metadata.update({name: value for name, value in declared.items() if value})
            cells.append(made)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    metadata["recorded_with"] = run.versions
    node = nbformat.v4.new_notebook(cells=cells, metadata=metadata)  # which validates it
    return str(nbformat.writes(node)) + "\n"


def _outputs(run: CellRun) -> list[NotebookNode]:
    streams = {"stdout": run.stdout, "stderr": run.stderr}
    new = nbformat.v4.new_output
    outputs = [new("stream", name=name, text=text) for name, text in streams.items() if text]
    if run.error:
        kind, message = run.error
        trace = [f"{kind}: {message}"]
        outputs.append(new("error", ename=kind, evalue=message, traceback=trace))
    return outputs


def outdated(snippet: Snippet, folder: Path = NOTEBOOKS) -> list[str]:
    """Say in which cells a recording holds other code than its snippet, if there is one."""
    try:
        recording = recordings.load(snippet.name, folder)
    except ProblemError as error:
        return [str(error)]
    ours = {cell.name: (cell.source, cell.after, cell.table) for cell in snippet.cells}
    theirs = {name: (one.source, one.after, one.table) for name, one in recording.cells.items()}
    where = shown(recordings.path_of(snippet.name, folder))
    return [
        f"{shown(snippet.path)}: cell {name!r} is not what {where} recorded. {RECORD_HINT}"
        for name in ours | theirs
        if ours.get(name) != theirs.get(name)
    ]


def differences(snippet: Snippet, run: Run, folder: Path = NOTEBOOKS) -> list[str]:
    """Say how a run differs from what is recorded: cell by cell, or the releases used."""
    if problems := outdated(snippet, folder):
        return problems
    path, now = recordings.path_of(snippet.name, folder), notebook(snippet, run)
    if read(path) == now:
        return []
    old, new = recordings.load(snippet.name, folder), recordings.parse(snippet.name, path, now)
    if old.versions != new.versions:
        problems = [
            f"{shown(path)}: recorded with {old.versions}, run with {new.versions}. {RECORD_HINT}"
        ]
    for cell in snippet.cells:
        was, became = (one.cells[cell.name].text.splitlines() for one in (old, new))
        if was != became:
            change = difflib.unified_diff(was, became, "recorded", "now", lineterm="", n=1)
            problems.append(
                f"{shown(snippet.path)}:{cell.line - 1}: cell {cell.name!r} prints something else "
                f"than recorded. {RECORD_HINT}\n" + "\n".join(change)
            )
    edited = "not as the recorder writes it: edited by hand? Make it anew with `make record`."
    return problems or [f"{shown(path)}: {edited}"]
