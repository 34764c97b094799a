"""Measure, print and note: `python -m generator.bench [executor] [build] [scaling] [serve]`."""

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from generator.bench import building, executor, processes, scaling, serving
from generator.bench.rows import Row
from generator.errors import ProblemError
from generator.files import write
from generator.paths import CACHE, shown

NOTE = CACHE / "bench.json"
PARTS: dict[str, tuple[str, Callable[[Path, Progress], tuple[list[Row], dict[str, Any]]]]] = {
    "executor": (
        f"Running {executor.SCRIPTS} scripts, real and light ones",
        executor.measure,
    ),
    "build": ("A build after one page was touched", building.measure),
    "scaling": (f"{scaling.MANY} snippets against {scaling.FEW}", scaling.measure),
    "serve": ("From a saved snippet to its page", serving.measure),
}
WIDTH = 100
"""Columns, also where the output goes to a file."""
LIBRARIES = ("keras", "tensorflow", "mkdocs", "mkdocs-material", "mkdocs-jupyter")


def table(title: str, rows: list[Row]) -> Table:
    """Return the lines of one part as a table; what one line says, the next does not repeat."""
    made = Table("", title=title, title_justify="left")
    several = any(row.of for row in rows)
    for head in [*([""] if several else []), "seconds", "value", "goal", ""]:
        made.add_column(head, justify="right")
    verdicts = {None: "", True: "[green]met", False: "[red]missed"}
    above = ""
    for row in rows:
        what = "" if row.what == above else row.what
        above = row.what
        seconds = "" if row.seconds is None else f"{row.seconds:.2f}"
        value = "" if row.value is None else f"{row.value:.2f} {row.unit}"
        of = [row.of] if several else []
        made.add_row(what, *of, seconds, value, row.goal, verdicts[row.met])
    return made


def main(
    parts: Annotated[list[str] | None, typer.Argument(help=", ".join(PARTS))] = None,
    *,
    patience: Annotated[
        float, typer.Option(help="seconds to wait, in all, while others work on this machine")
    ] = 300,
) -> None:
    """Measure our executor, build and server side by side with their peers, losses included."""
    console = Console()
    console.width = max(console.width, WIDTH)
    note: dict[str, Any] = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in LIBRARIES},
    }
    processes.require_fair_peers()
    processes.patience["seconds"] = patience
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    for name in parts or PARTS:
        if name not in PARTS:
            raise ProblemError(f"no part {name!r}; there are: {', '.join(PARTS)}")
        title, measure = PARTS[name]
        with (
            tempfile.TemporaryDirectory(prefix="bench-") as work,
            Progress(*columns, TimeElapsedColumn(), console=console) as bar,
        ):
            rows, raw = measure(Path(work), bar)
        console.print(table(title, rows))
        note[name] = {"rows": [asdict(row) for row in rows], "measured": raw}
        note["others_percent"] = processes.others
        write(NOTE, json.dumps(note, indent=1) + "\n")
    disturbed = [used for used in processes.others if used > processes.QUIET_PERCENT]
    if disturbed:
        console.print(
            f"Other work took up to {max(disturbed):.0f} % of the machine during {len(disturbed)} of "
            f"{len(processes.others)} measurements: measure again when it is quiet.",
            style="yellow",
        )
    console.print(f"All that was measured is in {shown(NOTE)}.")


if __name__ == "__main__":
    try:
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command()(main)
        app()
    except ProblemError as error:
        Console(stderr=True).print(str(error), style="red", markup=False, highlight=False)
        sys.exit(1)
