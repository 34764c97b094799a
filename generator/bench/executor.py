"""The executor against mkdocs-jupyter and against the floor, on the same scripts."""

import os
import shutil
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
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


KINDS: dict[str, Callable[[Path, int], list[str]]] = {
    "real": scripts.assemble,
    "light": scripts.assemble_light,
}


@dataclass
class Measured:
    """Wall times in seconds, and processor times."""

    ours: list[float]
    our_processors: list[float]
    peer: float
    """A build that executes."""
    unexecuted: float
    """The same build without executing."""
    rendering: float
    """A build of our recordings."""
    serial: float
    """A fresh process a script, one after the other."""
    floors: dict[str, float]
    processor: float
    """Processor time of an import and of all bodies, each alone on the machine."""


def measure(work: Path, bar: Progress) -> tuple[list[Row], dict[str, Any]]:
    """Return the lines of the table and all that was measured, times in seconds.

    The same is measured with real snippets, whose bodies are heavy, and with light ones, where the
    executor itself counts for more. Each line of the table is there for both.
    """
    lines, raw = [], {}
    for kind, assemble in KINDS.items():
        folder = work / kind
        names = assemble(folder / "scripts", SCRIPTS)
        found, raw[kind] = _measure(folder, names, bar)
        lines.append([replace(row, of=kind) for row in rows(found)])
    return [row for pair in zip(*lines, strict=True) for row in pair], raw


def _measure(work: Path, names: list[str], bar: Progress) -> tuple[Measured, dict[str, Any]]:
    """Measure some scripts in every way; ours before, between and after the others."""
    folder = work / "scripts"
    loaded = [snippets.load(name, folder) for name in names]
    project = projects.executor_project(work / "ours", folder)
    cores = os.cpu_count() or 1

    ours = [_ours(project, names, bar)]
    task = bar.add_task(
        f"The floor: each {work.name} body alone", total=len(names) * len(lowest.SETTINGS)
    )
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
        ours=[wall for wall, _ in ours],
        our_processors=[processor for _, processor in ours],
        peer=peer,
        unexecuted=unexecuted,
        rendering=rendering,
        serial=alone["TensorFlow's own threads"].serial(),
        floors={key: one.floor(cores) for key, one in alone.items()},
        processor=alone["one thread a body"].processor(),
    )
    bodies = {
        key: {name: value for name, value in asdict(one).items() if name != "printed"}
        for key, one in alone.items()
    }
    return found, {"scripts": names, "alone": bodies, **asdict(found)}


def rows(found: Measured) -> list[Row]:
    """Return the lines of the table: peers, floor, ours, then the ratios."""
    ours, floor = statistics.median(found.ours), min(found.floors.values())
    executing = found.peer - found.unexecuted
    return [
        Row("a fresh `python` a script, in turn", found.serial),
        Row("mkdocs-jupyter's build, cache: false", found.peer),
        Row("the same build without executing", found.unexecuted),
        Row("mkdocs-jupyter: the execution alone", executing),
        *(Row(f"floor, {setting}", seconds) for setting, seconds in found.floors.items()),
        Row("ours: `generator run --record`, median", ours),
        at_least("mkdocs-jupyter's execution alone / ours", executing / ours, FASTER_THAN_PEER),
        Row("the same / the lower floor, for comparison", value=executing / floor),
        at_most("ours / the lower floor", ours / floor, TIMES_FLOOR),
        Row(
            "processor time: ours / bodies alone",
            value=statistics.median(found.our_processors) / found.processor,
        ),
        Row(
            "their build / ours and rendering",
            value=found.peer / (ours + found.rendering),
        ),
    ]


def _recording(project: Path, name: str) -> Path:
    return project / "docs" / "notebooks" / f"{name}.ipynb"


def _ours(project: Path, names: list[str], bar: Progress) -> tuple[float, float]:
    """Run and record everything from nothing, with the command that people use.

    Returns its wall time and its processor time, in seconds.
    """
    for made in ("docs", ".cache"):
        shutil.rmtree(project / made, ignore_errors=True)
    task = bar.add_task("Our executor", total=len(names))

    def watch(_: psutil.Process) -> None:
        bar.update(task, completed=sum(_recording(project, name).exists() for name in names))

    seconds = processes.timed(["-m", "generator", "run", "--record"], project, watch=watch)
    bar.update(task, completed=len(names))
    if missing := [name for name in names if not _recording(project, name).is_file()]:
        raise ProblemError(f"our executor recorded nothing of: {', '.join(missing)}")
    return seconds, processes.spent[-1]


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
