"""Run snippets in parallel: one warm server, one forked child a snippet, a limit on each."""

import contextlib
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import psutil

from generator.common import CACHE
from generator.execute import child
from generator.execute.child import Run
from generator.execute.snippets import Snippet

POLL_SECONDS = 0.05
LOG_LINES = 15
# What one snippet may use; memory is what is resident, what is shared with the server included.
SECONDS, MEGABYTES = 120.0, 4000.0

# The server reads these when it imports Keras. Results do not depend on them (`make verify` runs
# each snippet cold as well); they keep the C++ side quiet and two children from four threads.
ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "KERAS_HOME": str(CACHE / "keras"),  # not the reader's own settings
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}
# Children are forked from a process that has imported Keras.
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["generator.execute.preload"])


def run_all(
    snippets: Sequence[Snippet],
    seconds: float = SECONDS,
    megabytes: float = MEGABYTES,
    jobs: int | None = None,
) -> Iterator[tuple[Snippet, Run | str]]:
    """Run snippets, `jobs` at once, and yield each with its run, or with why there is none.

    One that fails, dies or passes a limit does not touch the others.
    """
    os.environ.update(ENVIRONMENT)
    stopped = threading.Event()
    with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
        ends = {pool.submit(_run, one, seconds, megabytes, stopped): one for one in snippets}
        try:
            for end in as_completed(ends):
                yield ends[end], end.result()
        finally:
            stopped.set()
            pool.shutdown(cancel_futures=True)


def _run(snippet: Snippet, seconds: float, megabytes: float, stopped: threading.Event) -> Run | str:
    receiver, sender = SERVER.Pipe(duplex=False)
    with receiver, tempfile.NamedTemporaryFile(prefix="snippet-") as log:
        process = SERVER.Process(target=child.main, args=(snippet, sender, Path(log.name)))
        process.start()
        sender.close()
        over = time.monotonic() + seconds
        try:
            while not receiver.poll(POLL_SECONDS):
                if stopped.is_set():
                    return "stopped"
                if time.monotonic() > over:
                    return f"stopped: it ran longer than {seconds:g} seconds"
                with contextlib.suppress(psutil.NoSuchProcess):
                    if psutil.Process(process.pid).memory_info().rss / 1e6 > megabytes:
                        return f"stopped: it used more than {megabytes:g} MB of memory"
            outcome: Run = receiver.recv()
        except EOFError:  # it sent nothing
            process.join()
            code = process.exitcode or 0
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            said = log.read().decode(errors="replace").splitlines()[-LOG_LINES:]
            return "\n".join([f"died without a result ({how})", *said])
        else:
            return outcome
        finally:
            # Also where it has ended: what it started may not have.
            with contextlib.suppress(ProcessLookupError):  # nor may it have made its group yet
                assert process.pid, "it was started"
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.join()
            process.close()
