"""Running what is measured: fresh processes in a quiet machine, their wall time and their words."""

import importlib.util
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from generator.errors import ProblemError

QUIET_PERCENT = 8.0
"""Of all cores. An idle machine shows 0 to 3."""
PATIENCE_SECONDS = 120
WATCH_SECONDS = 0.2
COMPILED = ("keras", "tensorflow", "ipykernel", "mkdocs", "mkdocs_jupyter")

busy_before: list[float] = []
"""What others used, in percent of all cores, right before each measurement."""


def quiet() -> None:
    """Wait until nothing else works here, but not for ever; note what was left."""
    end = time.monotonic() + PATIENCE_SECONDS
    busy = psutil.cpu_percent(interval=0.5)
    while busy > QUIET_PERCENT and time.monotonic() < end:
        busy = psutil.cpu_percent(interval=1.0)
    busy_before.append(busy)


def timed(
    arguments: Sequence[str], folder: Path, watch: Callable[[psutil.Process], None] | None = None
) -> float:
    """Run `python <arguments>` in a folder and return its wall time in seconds.

    Args:
        arguments: what follows the interpreter.
        folder: the working directory; Python finds `generator` there.
        watch: called several times a second while it runs, from a thread of its own.

    Raises:
        ProblemError: the command failed; the message has its last words.

    """
    log = folder / "bench.log"
    quiet()
    with log.open("wb") as sink:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
            stdout=sink,
            stderr=sink,
        )
        stop = threading.Event()
        if watch:
            threading.Thread(target=_watch, args=(process.pid, watch, stop), daemon=True).start()
        code = process.wait()
        seconds = time.perf_counter() - started
        stop.set()
    if code:
        said = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-30:])
        raise ProblemError(f"`python {' '.join(arguments)}` ended with exit code {code}:\n{said}")
    return seconds


def _watch(pid: int, watch: Callable[[psutil.Process], None], stop: threading.Event) -> None:
    try:
        process = psutil.Process(pid)
        while not stop.wait(WATCH_SECONDS):
            watch(process)
    except psutil.NoSuchProcess:  # it has just ended
        return


def require_bytecode() -> None:
    """Refuse an environment that has to compile while it is measured.

    Raises:
        ProblemError: naming the package and the way out.

    """
    for name in COMPILED:
        found = importlib.util.find_spec(name)
        if not found or not found.origin:
            raise ProblemError(f"{name} is not installed. Install everything with `make site`.")
        if not Path(importlib.util.cache_from_source(found.origin)).is_file():
            raise ProblemError(
                f"{name} has no compiled bytecode, so imports would be slow for everyone. "
                f"Compile it: {Path(sys.executable).name} -m compileall -q {sys.prefix}"
            )
