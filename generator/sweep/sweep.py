"""Run cases on environments, and compare with what is recorded, or write what came out.

What runs there is the folder `snippets/versions/probe`, on Pythons from 3.6 on that have nothing of
ours installed.
"""

import contextlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.common import ProblemError
from generator.sweep import installing, results
from generator.sweep.cases import PROBE, Case, Cases, asked
from generator.sweep.environments import PROJECT, Environment, pinned
from generator.sweep.results import Outcome, Outcomes

# A case that takes longer is given up; torch.compile is the slowest.
STALL_SECONDS = 300
AGAIN = 75  # a probe that ends so wants to be asked the rest in a new process
JOBS = 2  # installations that are there at the same time: a few GB and a core each

_stopped = threading.Event()
_records = threading.Lock()

Work = list[tuple[Environment, Cases]]


@dataclass
class Summary:
    """What one environment did."""

    environment: str
    outcomes: Outcomes = field(default_factory=dict)
    different: dict[str, Outcome | None] = field(default_factory=dict)  # what was recorded instead
    failed: str = ""


def run(
    work: Work, *, record: bool, advance: Callable[[], object] = lambda: None
) -> Iterator[Summary]:
    """Yield what each environment did, and delete what it was installed in.

    What comes out is compared with the record, or with `record` written as each environment ends.
    `advance` is called when a case has ended.
    """
    bases = dict.fromkeys(one.base for one, _ in work)
    parts = [[one for one in work if one[0].base == base] for base in bases]
    parts.sort(key=len, reverse=True)  # the longest first, so that no core idles at the end
    with ThreadPoolExecutor(JOBS) as pool:
        try:
            ends = [pool.submit(_on_base, part, advance, record=record) for part in parts]
            for end in as_completed(ends):
                yield from end.result()
        except BaseException:  # Ctrl-C above all: nothing may go on in the background
            _stopped.set()
            pool.shutdown(cancel_futures=True)
            _stopped.clear()
            raise


def _on_base(work: Work, advance: Callable[[], object], *, record: bool) -> list[Summary]:
    done: list[Summary] = []
    for environment, wanted in work:
        if _stopped.is_set():  # nothing would end an installer that begins now
            return done
        done.append(_one(environment, wanted, advance, record=record))
        shutil.rmtree(environment.folders[1], ignore_errors=True)
    if environment.base != PROJECT:
        shutil.rmtree(environment.folders[0], ignore_errors=True)
    return done


def _one(
    environment: Environment, chosen: Cases, advance: Callable[[], object], *, record: bool
) -> Summary:
    summary = Summary(environment.id)
    try:
        installing.install(environment)
        versions, outcomes = answers(environment, list(chosen.values()), advance)
    except ProblemError as error:
        # Ctrl-C ends an installer, too, maybe before it is heard of here: that is no answer.
        if _stopped.wait(1):
            raise
        summary.failed = str(error)
        # What stands in the record is published, and paths of a machine are not.
        made = {"failed": re.sub(r"/\S*/", "…/", str(error).splitlines()[-1])}
    else:
        # A process that was killed or hung says more of the machine than of Keras: it is run again.
        if died := [name for name, one in outcomes.items() if one.get("error") == "Died"]:
            summary.failed = f"to be run again: {', '.join(died)} ({outcomes[died[0]]['message']})"
        summary.outcomes = {name: one for name, one in outcomes.items() if name not in died}
        # Some releases of tf.keras do not say which Keras they are.
        made = pinned(environment.pins, "keras") | versions
    with _records:
        for kept, wanted in results.wanted(environment):
            for name in summary.outcomes.keys() & wanted.keys():
                before = kept.outcome(environment, wanted[name])
                if not results.same(before, summary.outcomes[name]):
                    summary.different[name] = before
            if record:
                kept.take(environment, made, summary.outcomes, wanted)
    return summary


def answers(
    environment: Environment, waiting: list[Case], advance: Callable[[], object] = lambda: None
) -> tuple[dict[str, str], Outcomes]:
    """Return the versions that ran, and case id -> outcome; call `advance` when a case has ended.

    That a process dies or stalls is an outcome. A ProblemError says that Keras cannot be imported.
    """
    versions, outcomes = dict[str, str](), Outcomes()
    while waiting:
        with contextlib.closing(_said(environment, waiting)) as answered:
            for said in answered:
                versions |= said.get("versions", {})
                if "case" in said:
                    outcomes[said["case"]] = said["outcome"]
                    advance()
        if not versions:
            raise ProblemError(f"{environment.id}: the probe does not start: {said['death']}")
        waiting = [case for case in waiting if case["id"] not in outcomes]
        if waiting and said["code"] != AGAIN:
            outcomes[waiting.pop(0)["id"]] = {"error": "Died", "message": said["death"]}
            advance()
    return versions, outcomes


def job(environment: Environment, cases: list[Case], answers: int) -> str:
    """Return what a probe is to do: which Keras, which cases, and the descriptor for its answers."""
    known = {"module": environment.module, "loop": environment.loop, "answers": answers}
    return json.dumps(known | {"cases": list(map(asked, cases))})


def _said(environment: Environment, cases: list[Case]) -> Generator[dict[str, Any]]:
    """Yield what a process says, and last how it ended."""
    with tempfile.TemporaryDirectory(prefix="versions-") as name:
        folder = Path(name)
        # A pipe of its own: what libraries print cannot get between the answers.
        receiver, sender = os.pipe()
        (folder / "job.json").write_text(job(environment, cases, sender), encoding="utf-8")
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [environment.interpreter, str(PROBE), "job.json"],
                cwd=folder,
                env=environment.variables(folder),
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[sender],
            )
        os.close(sender)
        begun, stalls = b"", time.monotonic() + STALL_SECONDS
        try:
            while ready := time.monotonic() < stalls:
                if _stopped.is_set():
                    raise ProblemError(f"{environment.id}: stopped")
                if not select.select([receiver], [], [], 1)[0]:
                    continue
                if not (read := os.read(receiver, 1 << 16)):
                    break
                stalls = time.monotonic() + STALL_SECONDS
                *lines, begun = (begun + read).split(b"\n")
                yield from map(json.loads, lines)
            while process.poll() is None and time.monotonic() < stalls and not _stopped.wait(0.1):
                pass  # what it ends with is its last word
        finally:
            os.close(receiver)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # and what it left running
            code = process.wait()
        printed = (folder / "log").read_text(errors="replace").strip().splitlines()
        ended = f"signal {-code}" if code < 0 else "".join(printed[-1:])
        yield {"death": ended if ready else f"no end within {STALL_SECONDS} seconds", "code": code}
