"""Run cases in an environment, in a process of its own.

What runs there is `snippets/versions/probe.py`, one file however long: it is handed alone to Pythons
from 3.6 on that have nothing of ours installed. A change of it makes every result stale.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

from generator.errors import ProblemError
from generator.versions.cases import Case, asked
from generator.versions.environments import Environment
from generator.versions.results import PROBE, Outcome

STALL_SECONDS = 90
"""A case that takes longer is given up; the import of an old TensorFlow is the slowest step."""
DEATHS = 20
PART = 1600
"""Cases for one process: only the grid in full has more, and it takes half the time in two."""

_free = threading.BoundedSemaphore(os.cpu_count() or 1)
_running: set[int] = set()
_stopped = threading.Event()


class StoppedError(Exception):
    """The sweep was interrupted: what has not ended has no outcome, and nothing has failed."""


def stop() -> None:
    """End every probe that runs, and start none again."""
    _stopped.set()
    for process in list(_running):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)


def go_on() -> None:
    """Do nothing, unless the sweep was interrupted."""
    if _stopped.is_set():
        raise StoppedError


def run(
    environment: Environment, cases: list[Case], advance: Callable[[], None] = lambda: None
) -> tuple[dict[str, str], dict[str, Outcome]]:
    """Return the versions that ran, and case id -> outcome.

    Many cases are dealt out to several processes, as many at a time as there are cores. A case on
    which its process dies or stalls gets that as its outcome, and the rest goes on.

    Raises:
        ProblemError: Keras cannot be imported there, or the process dies again and again.
        StoppedError: `stop` was called.

    """
    count = len(cases) // PART + 1
    versions: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    with ThreadPoolExecutor(count) as pool:
        parts = [cases[first::count] for first in range(count)]
        for said, found in pool.map(lambda part: _part(environment, part, advance), parts):
            versions |= said
            outcomes |= found
    return versions, outcomes


def _part(
    environment: Environment, cases: list[Case], advance: Callable[[], None]
) -> tuple[dict[str, str], dict[str, Outcome]]:
    waiting = list(cases)
    versions: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    for _ in range(DEATHS):
        with _free:
            go_on()
            said, found, death = _process(environment, waiting, advance)
        go_on()
        versions = versions or said
        outcomes |= found
        waiting = [case for case in waiting if case["id"] not in found]
        if not waiting:
            return versions, outcomes
        if not said:
            raise ProblemError(f"{environment.id}: the probe does not start: {death}")
        outcomes[waiting.pop(0)["id"]] = {"error": "Died", "message": death}
        advance()
        if not waiting:
            return versions, outcomes
    raise ProblemError(f"{environment.id}: the probe died {DEATHS} times")


def _process(
    environment: Environment, cases: list[Case], advance: Callable[[], None]
) -> tuple[dict[str, str], dict[str, Outcome], str]:
    with tempfile.TemporaryDirectory(prefix="versions-") as name:
        folder = Path(name)
        job, log = folder / "job.json", folder / "log"
        # A pipe of its own: what libraries print cannot get between the answers.
        receiver, sender = os.pipe()
        content = {
            "module": environment.module,
            "loop": environment.loop,
            "cases": [asked(case) for case in cases],
            "answers": sender,
        }
        job.write_text(json.dumps(content), encoding="utf-8")
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [environment.base.interpreter, str(PROBE), str(job)],
                cwd=folder,
                env=environment.variables(folder),
                stdout=sink,
                stderr=sink,
                start_new_session=True,
                pass_fds=[sender],
            )
            _running.add(process.pid)
            os.close(sender)
            with os.fdopen(receiver, encoding="utf-8") as pipe:
                versions, outcomes, death = _read(process, pipe, advance)
            _running.discard(process.pid)
        said = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        return versions, outcomes, death or "; ".join(said[-1:])


def _read(
    process: subprocess.Popen[bytes], pipe: TextIO, advance: Callable[[], None]
) -> tuple[dict[str, str], dict[str, Outcome], str]:
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def pump() -> None:
        for line in pipe:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=pump, daemon=True).start()
    versions: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    death = ""
    while True:
        try:
            line = lines.get(timeout=STALL_SECONDS)
        except queue.Empty:
            death = f"no end within {STALL_SECONDS} seconds"
            break
        if line is None:
            break
        said = json.loads(line)
        if "versions" in said:
            versions = said["versions"]
        else:
            outcomes[said["case"]] = said["outcome"]
            advance()
    if death:
        os.killpg(process.pid, signal.SIGKILL)
    code = process.wait()
    if code < 0 and not death:
        death = f"signal {-code}"
    return versions, outcomes, death
