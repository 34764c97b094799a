"""Running what is measured: fresh processes on a quiet machine, their wall time and their words."""

import contextlib
import ctypes
import importlib.util
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
from jupyter_client.manager import KernelManager

from generator.errors import ProblemError

QUIET_PERCENT = 8.0
"""Of all cores. An idle machine shows 0 to 3."""
WATCH_SECONDS = 0.2
REAP_SECONDS = 5
COMPILED = ("keras", "tensorflow", "ipykernel", "mkdocs", "mkdocs_jupyter")
PR_SET_CHILD_SUBREAPER = 36
"""From Linux' prctl.h."""

patience = {"seconds": 300.0}
"""How long the whole run may still wait for a quiet machine."""
others: list[float] = []
"""What the rest of the machine used during each measurement, in percent of all cores."""
spent: list[float] = []
"""Processor time of each measurement in seconds, with what its children left behind (Linux)."""


def quiet() -> None:
    """Wait until nothing else works here, as long as there is patience left."""
    busy = psutil.cpu_percent(interval=0.5)
    while busy > QUIET_PERCENT and patience["seconds"] > 0:
        busy = psutil.cpu_percent(interval=1.0)
        patience["seconds"] -= 1


def timed(
    arguments: Sequence[str],
    folder: Path,
    *,
    watch: Callable[[psutil.Process], None] | None = None,
    variables: dict[str, str] | None = None,
) -> float:
    """Run `python <arguments>` in a folder and return its wall time in seconds.

    Args:
        arguments: what follows the interpreter.
        folder: the working directory; Python finds `generator` there.
        watch: called several times a second while it runs, from a thread of its own.
        variables: added to the environment.

    Raises:
        ProblemError: the command failed; the message has its last words.

    """
    log = folder / "bench.log"
    children = _used(resource.RUSAGE_CHILDREN)
    with log.open("wb") as sink, noting_others():
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | (variables or {}),
            stdout=sink,
            stderr=sink,
        )
        stop = threading.Event()
        if watch:
            threading.Thread(target=_watch, args=(process.pid, watch, stop), daemon=True).start()
        code = process.wait()
        seconds = time.perf_counter() - started
        stop.set()
        _reap_orphans()
    spent.append(_used(resource.RUSAGE_CHILDREN) - children)
    if code:
        raise ProblemError(
            f"`python {' '.join(arguments)}` ended with exit code {code}:\n{last_words(log)}"
        )
    return seconds


def last_words(log: Path) -> str:
    """Return the end of what a process wrote."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-30:])


@contextlib.contextmanager
def noting_others() -> Iterator[None]:
    """Wait for a quiet machine, and note what the rest of it uses while something is measured."""
    quiet()
    adopt_orphans()
    busy, own, started = busy_seconds(), own_seconds(), time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    foreign = busy_seconds() - busy - (own_seconds() - own)
    others.append(max(0.0, 100 * foreign / seconds / (os.cpu_count() or 1)))


def busy_seconds() -> float:
    """Return the processor time of the whole machine since it started, in seconds."""
    times = psutil.cpu_times()
    return float(times.user + times.system + getattr(times, "nice", 0.0))


def own_seconds() -> float:
    """Return the processor time of this process and of all below it, ended or not, in seconds."""
    seconds = _used(resource.RUSAGE_SELF) + _used(resource.RUSAGE_CHILDREN)
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it has just ended
            seconds += sum(process.cpu_times()[:4])  # its own, and of what it has waited for
    return seconds


def _used(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def adopt_orphans() -> None:
    """Become the parent of what our children leave behind, such as the executor's warm server.

    Otherwise their processor time would look like that of others. Only Linux can do that.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _reap_orphans() -> None:
    end = time.monotonic() + REAP_SECONDS
    try:
        while time.monotonic() < end:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
    except ChildProcessError:  # none is left
        return


def _watch(pid: int, watch: Callable[[psutil.Process], None], stop: threading.Event) -> None:
    try:
        process = psutil.Process(pid)
        while not stop.wait(WATCH_SECONDS):
            watch(process)
    except psutil.Error:  # it has just ended
        return


def require_fair_peers() -> None:
    """Refuse an environment that compiles while it is measured, or a kernel of another Python.

    Raises:
        ProblemError: naming the package or the kernel, and the way out.

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
    kernel = KernelManager(kernel_name="python3").format_kernel_cmd()[0]
    if kernel != sys.executable:
        raise ProblemError(
            f"mkdocs-jupyter's kernel would be {kernel}, not {sys.executable}: run the bench with "
            "the Python of the project, and unset JUPYTER_PATH."
        )
