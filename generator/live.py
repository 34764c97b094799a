"""While serving: run a snippet that was saved, alone, in a child of the warm server."""

from collections.abc import Iterable

from generator import execute, recordings, snippets
from generator.child import Run
from generator.snippets import Snippet


def changed(names: Iterable[str]) -> list[Snippet]:
    """Return those of some snippets whose recording is missing or holds other code."""
    found = []
    for name in names:
        snippet = snippets.load(name)
        recorded = recordings.path_of(name).is_file()
        if not recorded or recordings.outdated(snippet, recordings.load(name)):
            found.append(snippet)
    return found


def record(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Run and record those of some snippets that changed.

    Returns:
        The names of those recorded, and what the others did that they are not declared to do.

    """
    recorded, problems = [], []
    for snippet, outcome in execute.run_all(changed(names)):
        found = recordings.unsound(snippet, outcome)
        if not found and isinstance(outcome, Run):
            recordings.save(snippet, outcome)
            recorded.append(snippet.name)
        problems += found
    return recorded, problems
