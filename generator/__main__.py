"""The commands behind the Makefile: `python -m generator --help`."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from generator import build as building
from generator import execute, pages, recordings, snippets, verified
from generator.child import Run
from generator.errors import ProblemError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__)
screen = Console(stderr=True)


def stop(problems: list[str]) -> None:
    """Print problems and end with exit code 1, if there are any."""
    for problem in problems:
        screen.print(problem, style="red", markup=False, highlight=False, soft_wrap=True)
    if problems:
        raise typer.Exit(1)


@app.command()
def run(
    names: Annotated[list[str] | None, typer.Argument(help="snippets; all unless named")] = None,
    *,
    record: Annotated[bool, typer.Option(help="accept what they print")] = False,
    everything: Annotated[bool, typer.Option("--all", help="run what is confirmed too")] = False,
    seconds: Annotated[float, typer.Option(help="time limit for each")] = execute.Limits.seconds,
    megabytes: Annotated[
        float, typer.Option(help="memory limit for each")
    ] = execute.Limits.megabytes,
) -> None:
    """Run snippets on real Keras and compare what they print with their recordings."""
    confirmed = {} if everything else verified.read()
    stale = [
        name
        for name in names or snippets.names()
        if confirmed.get(name) != verified.key(name, snippets.read(name))
    ]
    if stale:
        execute.warm_up()  # it imports Keras while we parse
    chosen = [snippets.load(name) for name in stale]
    problems: list[str] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=screen) as bar:
        task = bar.add_task("Running snippets on Keras", total=len(chosen))
        for snippet, outcome in execute.run_all(chosen, execute.Limits(seconds, megabytes)):
            found = recordings.unsound(snippet, outcome)
            if not found and isinstance(outcome, Run):
                if record:
                    recordings.save(snippet, outcome)
                found = recordings.differences(snippet, outcome)
            if not found:
                verified.add(snippet)
            problems += found
            bar.advance(task)
    stop(problems)


@app.command()
def index() -> None:
    """Write `docs/data/pitfalls.json` from the front matter of the pitfall pages."""
    pages.write_index()


@app.command()
def build(
    *,
    record: Annotated[bool, typer.Option(help="add new addresses to the ledger")] = False,
) -> None:
    """Build the site from the recordings."""
    pages.write_index()
    stop(building.site(record=record))


@app.command()
def site(
    *,
    record: Annotated[bool, typer.Option(help="accept what is printed, add addresses")] = False,
) -> None:
    """Run the snippets that changed, then build: what one of the two has read serves the other."""
    run(record=record)
    build(record=record)


def main() -> None:
    """Run a command; what a person has to mend is a message, not a traceback."""
    try:
        app()
    except ProblemError as error:
        screen.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)


main()
