"""From a saved snippet to the page that shows it, against a cold kernel that runs the snippet.

Ours is `make serve`: everything from saving the file to the page that a browser is given. The
kernel is measured without any page, from its start to the output of the last cell; its end is left
out. Beside it mkdocs-jupyter, which executes the one script of its site while MkDocs serves it.

A server that runs the whole snippet is hardly done before its body is. So the body alone is
measured too, as a floor: it is a figure to compare with, measured with noise, and no proof of what
can be reached.
"""

import contextlib
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jupytext
import psutil
from nbclient import NotebookClient
from rich.progress import Progress

from generator import pages, snippets
from generator.bench import lowest, processes, projects
from generator.bench.rows import Row, at_least, median_ratio
from generator.errors import ProblemError

ROUNDS = 5
FASTER_THAN_KERNEL = 5
PATIENCE = 180
"""Seconds after which a page that shows nothing new is given up."""
LOOK_SECONDS = 0.01

Fetch = Callable[[str], str]


@dataclass(frozen=True)
class Saved:
    """A snippet that is saved, and a cell of it whose output its page shows as a block."""

    snippet: str
    cell: str


# Of all snippets one of the shortest runs, one near the middle, and one of the longest.
SAVED = {
    "short": Saved("accuracy-batches", "alone"),
    "middle": Saved("regression-mse", "reported"),
    "long": Saved("top-k-categorical-accuracy", "five-classes"),
}


def measure(work: Path, bar: Progress) -> tuple[list[Row], dict[str, Any]]:
    """Return the lines of the table and all that was measured, times in seconds.

    Each line of the table is there for each of the snippets.
    """
    ours = projects.site_project(work / "ours")
    lines, raw = [], {}
    with serving(ours) as fetch:
        for kind, saved in SAVED.items():
            raw[kind] = _measure(saved, work / kind, ours, fetch, bar)
            lines.append([replace(row, of=kind) for row in rows(raw[kind])])
    told = {kind: {"snippet": SAVED[kind].snippet, **found} for kind, found in raw.items()}
    return [row for group in zip(*lines, strict=True) for row in group], told


def _measure(
    one: Saved, work: Path, ours: Path, fetch: Fetch, bar: Progress
) -> dict[str, list[float]]:
    """Measure one snippet: its body alone, then ours and the peers in turns.

    The first round is not counted: it warms up both servers.
    """
    original = snippets.load(one.snippet)
    page = f"/{pages.owner(one.snippet).url}"
    peer = projects.jupyter_project(work / "peer", [original.path], execute=True)
    task = bar.add_task(f"Saving {one.snippet}, ours and peers in turns", total=3 * (ROUNDS + 1))
    alone = lowest.measure([original], work, lambda: None)
    found: dict[str, list[float]] = {
        "body": min(setting.walls for setting in alone.values()),
        "ours": [],
        "kernel": [],
        "jupyter": [],
    }
    with serving(peer) as fetch_peer:
        turns: dict[str, Callable[[str, str], float]] = {
            "ours": lambda text, mark: seconds_until(
                ours / "snippets" / original.path.name, text, lambda: mark in fetch(page)
            ),
            "kernel": lambda text, mark: cold_kernel(ours / "snippets", text, mark),
            "jupyter": lambda text, mark: seconds_until(
                peer / "docs" / original.path.name,
                text,
                lambda: mark in fetch_peer(f"/{one.snippet}/"),
            ),
        }
        for number in range(ROUNDS + 1):
            for name, turn in turns.items():
                # The other pages follow the first one; no other turn shall pay for them.
                fetch(f"/notebooks/{one.snippet}/")
                mark = f"Saved in round {number} of {name}."
                with processes.noting_others():
                    seconds = turn(marked(original.text, one.cell, mark), mark)
                if number:
                    found[name].append(seconds)
                bar.advance(task)
    return found


def rows(found: dict[str, list[float]]) -> list[Row]:
    """Return the lines of the table: ours, its peers, the floor, then the ratios."""
    middle = {name: statistics.median(values) for name, values in found.items()}
    return [
        Row("ours, `make serve`: from saving to the refreshed page", middle["ours"]),
        Row("a cold kernel: started, and the snippet run, without a page", middle["kernel"]),
        Row("mkdocs-jupyter served: from saving to the refreshed page", middle["jupyter"]),
        Row("the floor: the body alone, after the import of Keras", middle["body"]),
        at_least(
            "the cold kernel / ours",
            median_ratio(found["kernel"], found["ours"]),
            FASTER_THAN_KERNEL,
        ),
        Row(
            "the cold kernel / the floor, for comparison",
            value=middle["kernel"] / middle["body"],
        ),
        Row("mkdocs-jupyter served / ours", value=median_ratio(found["jupyter"], found["ours"])),
    ]


def marked(text: str, cell: str, mark: str) -> str:
    """Return a snippet that also prints a mark, which its code does not hold in one piece.

    Raises:
        ProblemError: it has no such cell.

    """
    head = f"# %% {cell}\n"
    if text.count(head) != 1:
        raise ProblemError(f"there is no cell {cell!r} to print a mark in")
    first, _, rest = mark.partition(" ")
    return text.replace(head, f'{head}print("{first}", "{rest}")\n')


def seconds_until(path: Path, text: str, shows: Callable[[], bool]) -> float:
    """Save a file and return the seconds until something shows."""
    started = time.perf_counter()
    path.write_text(text, encoding="utf-8")
    until(shows)
    return time.perf_counter() - started


def until(shows: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until something shows.

    Raises:
        ProblemError: it does not.

    """
    end = time.monotonic() + patience
    while not shows():
        if time.monotonic() > end:
            raise ProblemError(
                f"a served page did not show what was saved for {patience:g} seconds"
            )
        time.sleep(LOOK_SECONDS)


def cold_kernel(folder: Path, text: str, mark: str) -> float:
    """Start a kernel, run a snippet in it as a notebook, and return the seconds until its end."""
    notebook = jupytext.reads(text, fmt="py:percent")
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        allow_errors=True,  # some cells raise to show that they do
    )
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = time.perf_counter()
    with client.setup_kernel(**silent):
        for place, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                client.execute_cell(cell, place)
        seconds = time.perf_counter() - started
    if mark not in str(notebook.cells):
        raise ProblemError(f"the kernel did not print {mark!r}")
    return seconds


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Fetch]:
    """Serve a site as `make serve` does; give a function that fetches a page of it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "bench.log"
    with log.open("wb") as sink:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"],
            cwd=folder,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": f"http://127.0.0.1:{port}/"},
            stdout=sink,
            stderr=sink,
        )

    def answers() -> bool:
        if server.poll() is not None:
            raise ProblemError(f"`mkdocs serve` ended:\n{processes.last_words(log)}")
        with contextlib.suppress(ConnectionError):
            return bool(fetch(port, "/"))
        return False

    try:
        until(answers)
        yield lambda path: fetch(port, path)
    finally:
        below = psutil.Process(server.pid).children(recursive=True)
        server.terminate()
        server.wait()
        psutil.wait_procs(below, timeout=processes.REAP_SECONDS)


def fetch(port: int, path: str) -> str:
    """Return a page, or nothing where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
    finally:
        connection.close()
    return text if answer.status == http.HTTPStatus.OK else ""
