"""Run snippets, and compare what they print with their recordings, or record it.

Which recordings this clone has seen confirmed by a run of its own stands in a note. It is a cache,
never committed: a fresh clone has confirmed none, so its first `make site` runs everything.
"""

import hashlib
import json
from collections.abc import Callable

from generator import common
from generator.common import CACHE, LOCK, SNIPPETS, read_json, write
from generator.execute import server, snippets
from generator.execute.snippets import Snippet
from generator.record import contract, recordings

NOTE = CACHE / "confirmed.json"


def key(snippet: Snippet) -> str:
    """Hash all that the outcome of running a snippet, and its recording, depend on."""
    digest = hashlib.sha256(snippet.text.encode())
    data = sorted((SNIPPETS / "data").glob("*"))
    for path in [LOCK, recordings.path_of(snippet.name), *data]:
        digest.update(path.read_bytes() if path.is_file() else b"missing")
    return digest.hexdigest()


def confirmed() -> dict[str, str]:
    """Return the key under which each snippet was last seen to print what its recording says."""
    return dict(read_json(NOTE)) if NOTE.is_file() else {}


def run(
    chosen: list[Snippet],
    *,
    record: bool = False,
    seconds: float = server.SECONDS,
    advance: Callable[[], None] = lambda: None,
) -> list[str]:
    """Run snippets and say what is wrong; of one that is wrong nothing is recorded or confirmed.

    `advance` is called when one has ended.
    """
    problems: list[str] = []
    for snippet, outcome in server.run_all(chosen, seconds):
        found = contract.unsound(snippet, outcome)
        if not found and not isinstance(outcome, str):
            if record:
                write(recordings.path_of(snippet.name), contract.notebook(snippet, outcome))
            else:
                found = contract.differences(snippet, outcome)
        if not found:
            write(NOTE, json.dumps(confirmed() | {snippet.name: key(snippet)}, indent=1))
        problems += found
        advance()
    return problems


def outdated() -> dict[str, list[str]]:
    """Return which snippets have no recording of the code they hold, and what is wrong.

    Asked once, before a build, and runs nothing: pages put in what stands in the recordings.
    """
    found = {name: contract.outdated(snippets.load(name)) for name in snippets.names()}
    return {name: problems for name, problems in found.items() if problems}


def record_outdated() -> tuple[set[str], list[str]]:
    """Record the snippets that were saved since; return their names, and what is wrong."""
    found = outdated()
    problems = run([snippets.load(name) for name in found], record=True)
    common.forget()
    return set(found), problems
