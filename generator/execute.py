"""Run snippets in parallel: one warm server, one forked child a snippet, a limit on each."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import psutil

from generator import child
from generator.child import Run
from generator.snippets import Snippet

POLL_SECONDS = 0.05
LOG_LINES = 15

# The server reads these when it imports Keras. Results do not depend on them (`make verify` runs
# each snippet cold as well); they keep the C++ side quiet and two children from four threads.
ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}


@dataclass(frozen=True)
class Limits:
    """What one snippet may use."""

    seconds: float = 120
    megabytes: float = 4000
    """Resident memory, what the child shares with the warm server included."""


@dataclass(frozen=True)
class Failure:
    """Why a snippet gave no `Run`."""

    reason: str


@dataclass
class _Child:
    """A child under way."""

    snippet: Snippet
    process: BaseProcess
    connection: Connection
    log: Path
    started: float = field(default_factory=time.monotonic)

    def over(self, limits: Limits) -> str | None:
        """Return which limit the child has passed, or None."""
        if time.monotonic() - self.started > limits.seconds:
            return f"stopped: it ran longer than {limits.seconds:g} seconds"
        try:
            used = psutil.Process(self.process.pid).memory_info().rss / 1e6
        except psutil.NoSuchProcess:
            return None
        if used > limits.megabytes:
            return f"stopped: it used more than {limits.megabytes:g} MB of memory"
        return None

    def end(self) -> None:
        """End the child and all that it started, and forget its log."""
        if self.process.is_alive() and self.process.pid:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:  # it has not made its group yet
                self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()
        self.log.unlink(missing_ok=True)

    def death(self) -> Failure:
        """Say how a child died that sent nothing."""
        self.process.join()
        tail = self.log.read_text(errors="replace").splitlines()[-LOG_LINES:]
        code = self.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return Failure("\n".join([f"died without a result ({how})", *tail]))


def server() -> ForkServerContext:
    """Return a context whose children are forked from a process that has imported Keras."""
    os.environ.update(ENVIRONMENT)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["generator.warm"])
    return context


def warm_up() -> None:
    """Start the server, and do not wait until it has imported Keras."""
    server()
    forkserver.ensure_running()


def run_all(
    snippets: Sequence[Snippet], limits: Limits | None = None, jobs: int | None = None
) -> Iterator[tuple[Snippet, Run | Failure]]:
    """Run snippets and yield each with its outcome, in the order in which they finish.

    Nothing is kept of a snippet once it has been yielded, so memory does not grow with their
    number. One that fails, dies or passes a limit does not touch the others.

    Args:
        snippets: what to run; each runs once.
        limits: what each may use.
        jobs: how many run at once; one a core unless told.

    """
    limits = limits or Limits()
    jobs = jobs or os.cpu_count() or 1
    context = server()
    waiting = list(reversed(snippets))
    running: dict[Connection, _Child] = {}

    def start(most: int) -> None:
        while waiting and len(running) < most:
            started = _start(context, waiting.pop())
            running[started.connection] = started

    try:
        while waiting or running:
            start(jobs)
            ready = wait(list(running), timeout=POLL_SECONDS)
            for connection, one in list(running.items()):
                outcome: Run | Failure
                if connection in ready:
                    try:
                        outcome = connection.recv()
                    except EOFError:
                        outcome = one.death()
                elif reason := one.over(limits):
                    outcome = Failure(reason)
                else:
                    continue
                # The next begins at once: no core waits for the end of this child, nor for what
                # our caller does with its outcome.
                start(jobs + 1)
                del running[connection]
                one.end()
                yield one.snippet, outcome
    finally:
        for one in running.values():
            one.end()


def _start(context: ForkServerContext, snippet: Snippet) -> _Child:
    receiver, sender = context.Pipe(duplex=False)
    log = child.log_file()
    process = context.Process(target=child.main, args=(snippet, sender, log))
    process.start()
    sender.close()
    return _Child(snippet, process, receiver, log)
