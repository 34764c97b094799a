"""While serving: run a snippet that was saved, alone, in a child of the warm server."""

from generator import execute, recordings, snippets
from generator.child import Run
from generator.errors import ProblemError
from generator.snippets import Snippet


def changed() -> list[Snippet]:
    """Return the snippets whose recording is missing or holds other code."""
    found = []
    for name in snippets.names():
        snippet = snippets.load(name)
        recorded = recordings.path_of(name).is_file()
        if not recorded or recordings.outdated(snippet, recordings.load(name)):
            found.append(snippet)
    return found


def refresh() -> None:
    """Run and record the snippets that changed.

    Raises:
        ProblemError: what one of them did that it is not declared to do. It is not recorded.
    """
    problems = []
    for snippet, outcome in execute.run_all(changed()):
        found = recordings.unsound(snippet, outcome)
        if not found and isinstance(outcome, Run):
            recordings.save(snippet, outcome)
        problems += found
    if problems:
        raise ProblemError("\n".join(problems))
