"""From a saved snippet to the page that shows it, against a cold kernel that runs the snippet.

Ours is `make serve`: everything from saving the file to the page that a browser is given. The
kernel is measured without any page, from its start to the output of the last cell; its end is left
out. Beside it mkdocs-jupyter, which executes the one script of its site while MkDocs serves it.
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
from pathlib import Path
from typing import Any

import jupytext
import psutil
from nbclient import NotebookClient
from rich.progress import Progress

from generator import snippets
from generator.bench import processes, projects
from generator.bench.rows import Row, at_least, median_ratio
from generator.errors import ProblemError

ROUNDS = 7
FASTER_THAN_KERNEL = 5
SNIPPET, CELL = "regression-mse", "reported"
"""A small real one, and a cell of it whose output its page shows."""
PAGE = "/pitfalls/regression-mse/"
NOTEBOOK = "/notebooks/regression-mse/"
PEER_PAGE = "/regression-mse/"
PATIENCE = 180
"""Seconds after which a page that shows nothing new is given up."""
LOOK_SECONDS = 0.01

Fetch = Callable[[str], str]


def measure(work: Path, bar: Progress) -> tuple[list[Row], dict[str, Any]]:
    """Return the lines of the table and all that was measured, times in seconds.

    The first round is not counted: it warms up both servers.
    """
    original = snippets.load(SNIPPET)
    ours = projects.site_project(work / "ours")
    peer = projects.jupyter_project(work / "peer", [original.path], execute=True)
    task = bar.add_task("Saving a snippet, ours and peers in turns", total=3 * (ROUNDS + 1))
    found: dict[str, list[float]] = {"ours": [], "kernel": [], "jupyter": []}
    with serving(ours) as fetch, serving(peer) as fetch_peer:
        turns: dict[str, Callable[[str, str], float]] = {
            "ours": lambda text, mark: saved(
                ours / "snippets" / original.path.name, text, lambda: mark in fetch(PAGE)
            ),
            "kernel": lambda text, mark: cold_kernel(ours / "snippets", text, mark),
            "jupyter": lambda text, mark: saved(
                peer / "docs" / original.path.name, text, lambda: mark in fetch_peer(PEER_PAGE)
            ),
        }
        for number in range(ROUNDS + 1):
            for name, turn in turns.items():
                # The recorded run follows its page; no other turn shall pay for it.
                fetch(NOTEBOOK)
                mark = f"Saved in round {number} of {name}."
                with processes.noting_others():
                    seconds = turn(marked(original.text, mark), mark)
                if number:
                    found[name].append(seconds)
                bar.advance(task)
    return rows(found), {"snippet": SNIPPET, **found}


def rows(found: dict[str, list[float]]) -> list[Row]:
    """Return the lines of the table: ours, its peers, then the ratios."""
    middle = {name: statistics.median(values) for name, values in found.items()}
    return [
        Row("ours, `make serve`: from saving to the refreshed page", middle["ours"]),
        Row("a cold kernel: started, and the snippet run, without a page", middle["kernel"]),
        Row("mkdocs-jupyter served: from saving to the refreshed page", middle["jupyter"]),
        at_least(
            "the cold kernel / ours",
            median_ratio(found["kernel"], found["ours"]),
            FASTER_THAN_KERNEL,
        ),
        Row("mkdocs-jupyter served / ours", value=median_ratio(found["jupyter"], found["ours"])),
    ]


def marked(text: str, mark: str) -> str:
    """Return a snippet that also prints a mark, which its code does not hold in one piece.

    Raises:
        ProblemError: it has no such cell.

    """
    head = f"# %% {CELL}\n"
    if text.count(head) != 1:
        raise ProblemError(f"{SNIPPET} has no cell {CELL!r} to print a mark in")
    first, _, rest = mark.partition(" ")
    return text.replace(head, f'{head}print("{first}", "{rest}")\n')


def saved(path: Path, text: str, shows: Callable[[], bool]) -> float:
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
        notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
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
