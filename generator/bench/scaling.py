"""Cost per snippet and memory of the parent, at 50 snippets and at 500."""

import shutil
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from rich.progress import Progress

from generator.bench import processes, projects, scripts
from generator.bench.rows import Row, at_most
from generator.errors import ProblemError
from generator.paths import SNIPPETS

FEW, MANY = 50, 500
TIMES_FEW = 1.2
FLAT = 1.05
"""Memory counts as flat up to this growth from the 50th snippet to the 500th."""


@dataclass
class Series:
    """One run: how many recordings there were and how much memory the processes held."""

    seconds: float = 0.0
    each: float = 0.0
    """Seconds a snippet from the first recording to the last: start and import left out."""
    finished: list[int] = field(default_factory=list)
    parent: list[float] = field(default_factory=list)
    """Resident memory in MB of the process that starts and records everything."""
    server: list[float] = field(default_factory=list)
    """Of the warm process that children are forked from, its shared pages included."""


def measure(work: Path, bar: Progress) -> tuple[list[Row], dict[str, Any]]:
    """Return the lines of the table and all that was measured."""
    texts = scripts.generated(MANY, (scripts.LIGHT,))
    few = [_run(work / "few-before", dict(list(texts.items())[:FEW]), bar)]
    many = _run(work / "many", texts, bar)
    few.append(_run(work / "few-after", dict(list(texts.items())[:FEW]), bar))

    at_few = statistics.mean(one.each for one in few)
    whole_at_few = statistics.mean(one.seconds / FEW for one in few)
    rows = [
        Row(f"a snippet in a run of {FEW}, start left out", at_few),
        Row(f"a snippet in a run of {MANY}, start left out", many.each),
        at_most(f"a snippet at {MANY} / at {FEW}, start left out", many.each / at_few, TIMES_FEW),
        at_most(
            f"a snippet at {MANY} / at {FEW}, whole command",
            many.seconds / MANY / whole_at_few,
            TIMES_FEW,
        ),
        Row(f"parent's memory at snippet {FEW}", value=_held(many, "parent", FEW), unit="MB"),
        Row(f"parent's memory at snippet {MANY}", value=_held(many, "parent", MANY), unit="MB"),
        at_most(f"the same, {MANY} / {FEW}", growth(many, "parent"), FLAT),
        at_most(f"the warm server's memory, {MANY} / {FEW}", growth(many, "server"), FLAT),
    ]
    return rows, {"few": [vars(one) for one in few], "many": vars(many)}


def growth(series: Series, whose: str) -> float:
    """Return memory at the end by memory at the 50th snippet."""
    return _held(series, whose, max(series.finished)) / _held(series, whose, FEW)


def _held(series: Series, whose: str, at: int) -> float:
    """Return the median memory in MB around one point of a run."""
    memory: list[float] = getattr(series, whose)
    pairs = zip(series.finished, memory, strict=True)
    near = [held for finished, held in pairs if abs(finished - at) <= FEW // 2]
    if not near:
        raise ProblemError(f"no memory was sampled near snippet {at}: the run was too short")
    return statistics.median(near)


def _run(folder: Path, texts: dict[str, str], bar: Progress) -> Series:
    made = folder.with_name(f"{folder.name}-snippets")
    scripts.write(made, texts)
    shutil.copytree(SNIPPETS / "data", made / "data")
    project = projects.executor_project(folder, made)
    recordings = project / "docs" / "notebooks"
    series = Series()
    task = bar.add_task(f"{len(texts)} light snippets", total=len(texts))

    def watch(parent: psutil.Process) -> None:
        servers = [one for one in parent.children() if "forkserver" in " ".join(one.cmdline())]
        if not servers:
            return
        series.parent.append(parent.memory_info().rss / 1e6)
        series.server.append(servers[0].memory_info().rss / 1e6)
        series.finished.append(len(list(recordings.glob("*.ipynb"))))
        bar.update(task, completed=series.finished[-1])

    series.seconds = processes.timed(["-m", "generator", "run", "--record"], project, watch=watch)
    bar.update(task, completed=len(texts))
    times = sorted(path.stat().st_mtime for path in recordings.glob("*.ipynb"))
    if len(times) != len(texts):
        raise ProblemError(f"{len(times)} of {len(texts)} light snippets were recorded")
    series.each = (times[-1] - times[0]) / (len(times) - 1)
    return series
