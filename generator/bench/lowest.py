"""The floor: one import, plus each body alone in a fresh process, divided by the cores."""

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from generator.bench import processes, rows
from generator.execute import ENVIRONMENT
from generator.snippets import Snippet

ALONE = Path(__file__).with_name("alone.py")
SETTINGS: dict[str, dict[str, str]] = {
    # Dividing by the cores presupposes that a body uses one.
    "one thread a body": ENVIRONMENT,
    # As `python <script>` runs it. A body that uses both cores is counted as half of its time.
    "TensorFlow's own threads": {},
}


@dataclass
class Alone:
    """What was measured under one setting, in seconds, a value for each body."""

    imports: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)
    processors: list[float] = field(default_factory=list)
    """Processor time of the bodies."""
    import_processors: list[float] = field(default_factory=list)
    """Processor time of the rest: start, import and end."""
    printed: dict[str, str] = field(default_factory=dict)

    def floor(self, cores: int) -> float:
        """Return the floor in seconds."""
        return rows.floor(statistics.median(self.imports), self.walls, cores)

    def processor(self) -> float:
        """Return the processor time in seconds that one import and all bodies take."""
        return statistics.median(self.import_processors) + sum(self.processors)

    def serial(self) -> float:
        """Return the seconds of one fresh process after the other."""
        return sum(self.imports) + sum(self.walls)


def measure(snippets: list[Snippet], work: Path, advance: Callable[[], None]) -> dict[str, Alone]:
    """Run each body once under each setting, alone on the machine."""
    found = {setting: Alone() for setting in SETTINGS}
    for snippet in snippets:
        for setting, variables in SETTINGS.items():
            _add(found[setting], snippet, work, variables)
            advance()
    return found


def _add(alone: Alone, snippet: Snippet, work: Path, variables: dict[str, str]) -> None:
    answer, job = work / "answer.json", work / "job.json"
    content = {
        "folder": str(snippet.path.parent),
        "name": snippet.path.name,
        "cells": [cell.source for cell in snippet.code_cells],
        "answer": str(answer),
    }
    job.write_text(json.dumps(content), encoding="utf-8")
    seconds = processes.timed([str(ALONE), str(job)], work, variables=variables)
    said = json.loads(answer.read_text(encoding="utf-8"))
    alone.imports.append(seconds - said["wall"])  # start and end included: tens of ms
    alone.walls.append(said["wall"])
    alone.processors.append(said["processor"])
    alone.import_processors.append(processes.spent[-1] - said["processor"])
    alone.printed[snippet.name] = said["stdout"]
