"""The executor against mkdocs-jupyter and against the floor, on the same scripts."""

import os
import shutil
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
from rich.progress import Progress

from generator import snippets
from generator.bench import lowest, outputs, processes, projects, scripts
from generator.bench.rows import Row, at_least, at_most
from generator.errors import ProblemError

SCRIPTS = 24
OUR_ROUNDS = 3
FASTER_THAN_PEER = 8
TIMES_FLOOR = 1.25
BUILD = ("-m", "mkdocs", "build")


@dataclass
class Measured:
    """Wall times in seconds."""

    ours: list[float]
    peer: float
    """A build that executes."""
    unexecuted: float
    """The same build without executing."""
    rendering: float
    """A build of our recordings."""
    floors: dict[str, float]


def measure(work: Path, bar: Progress) -> tuple[list[Row], dict[str, Any]]:
    """Return the lines of the table and all that was measured, times in seconds.

    Ours is measured three times, before, between and after the others.
    """
    folder = work / "scripts"
    names = scripts.assemble(folder, SCRIPTS)
    loaded = [snippets.load(name, folder) for name in names]
    project = projects.executor_project(work / "ours", folder)
    cores = os.cpu_count() or 1

    ours = [_ours(project, names, bar)]
    task = bar.add_task("The floor: each body alone", total=len(names) * len(lowest.SETTINGS))
    alone = lowest.measure(loaded, work, lambda: bar.advance(task))
    ours.append(_ours(project, names, bar))
    site, peer = _peer(work / "peer", loaded, bar, execute=True)
    ours.append(_ours(project, names, bar))
    _, unexecuted = _peer(work / "unexecuted", loaded, bar, execute=False)
    rendering = _rendering(work / "rendering", project)

    recorded = {name: outputs.of_recording(_recording(project, name)) for name in names}
    printed = {"our recordings": recorded}
    printed["mkdocs-jupyter"] = {
        name: outputs.of_page(site / name / "index.html") for name in names
    }
    for setting, one in alone.items():
        printed[f"alone, {setting}"] = {
            name: outputs.bare(text) for name, text in one.printed.items()
        }
    outputs.require_same(printed)

    found = Measured(
        ours, peer, unexecuted, rendering, {key: one.floor(cores) for key, one in alone.items()}
    )
    serial = alone["TensorFlow's own threads"].serial()
    lines = [Row("a fresh `python` a script, one after the other", serial), *rows(found)]
    bodies = {
        key: {name: value for name, value in asdict(one).items() if name != "printed"}
        for key, one in alone.items()
    }
    return lines, {"scripts": names, "alone": bodies, **asdict(found)}


def rows(found: Measured) -> list[Row]:
    """Return the lines of the table: peers, floor, ours, then the ratios."""
    ours, floor = statistics.median(found.ours), min(found.floors.values())
    executing = found.peer - found.unexecuted
    return [
        Row("mkdocs-jupyter, execute: true, cache: false: the build", found.peer),
        Row("the same build without executing", found.unexecuted),
        Row("mkdocs-jupyter: the execution alone", executing),
        *(Row(f"floor, {setting}", seconds) for setting, seconds in found.floors.items()),
        Row(f"ours, `generator run --record`, median of {len(found.ours)}", ours),
        at_least("mkdocs-jupyter's execution alone / ours", executing / ours, FASTER_THAN_PEER),
        at_most("ours / the lower floor", ours / floor, TIMES_FLOOR),
        Row(
            "mkdocs-jupyter's build / ours and rendering",
            value=found.peer / (ours + found.rendering),
        ),
        Row("mkdocs-jupyter's execution alone / the lower floor", value=executing / floor),
    ]


def _recording(project: Path, name: str) -> Path:
    return project / "docs" / "notebooks" / f"{name}.ipynb"


def _ours(project: Path, names: list[str], bar: Progress) -> float:
    """Run and record everything from nothing, with the command that people use."""
    for made in ("docs", ".cache"):
        shutil.rmtree(project / made, ignore_errors=True)
    task = bar.add_task("Our executor", total=len(names))

    def watch(_: psutil.Process) -> None:
        bar.update(task, completed=sum(_recording(project, name).exists() for name in names))

    seconds = processes.timed(["-m", "generator", "run", "--record"], project, watch=watch)
    bar.update(task, completed=len(names))
    if missing := [name for name in names if not _recording(project, name).is_file()]:
        raise ProblemError(f"our executor recorded nothing of: {', '.join(missing)}")
    return seconds


def _peer(
    folder: Path, loaded: list[snippets.Snippet], bar: Progress, *, execute: bool
) -> tuple[Path, float]:
    """Build a site of scripts and return it, and the wall time in seconds."""
    projects.jupyter_project(folder, [one.path for one in loaded], execute=execute)
    what = "executed" if execute else "not executed"
    task = bar.add_task(f"mkdocs-jupyter, {what}", total=len(loaded))

    def watch(_: psutil.Process) -> None:
        said = (folder / "bench.log").read_text(encoding="utf-8", errors="replace")
        bar.update(task, completed=said.count("Converting notebook") - 1)

    seconds = processes.timed(BUILD, folder, watch=watch)
    bar.update(task, completed=len(loaded))
    return folder / "site", seconds


def _rendering(folder: Path, project: Path) -> float:
    """Build a site of our recordings and return the wall time in seconds."""
    recordings = sorted((project / "docs" / "notebooks").glob("*.ipynb"))
    projects.jupyter_project(folder, recordings, execute=False)
    return processes.timed(BUILD, folder)
