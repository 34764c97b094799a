"""The commands behind the Makefile: `python -m generator --help`."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from generator import bump as bumping
from generator import common
from generator.common import ROOT, SITE, ProblemError, shown
from generator.execute import server, snippets
from generator.record import running, sources
from generator.render import build as building
from generator.render import sheet
from generator.sweep import command

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
    seconds: Annotated[float, typer.Option(help="time limit for each")] = server.SECONDS,
) -> None:
    """Run snippets on real Keras and compare what they print with their recordings."""
    # What a page asks for wrongly is heard of before the long run.
    gone = [] if names else sources.update(sheet.lines_of_keras(), record=record)
    known = {} if everything else running.confirmed()
    chosen = [snippets.load(name) for name in names or snippets.names()]
    chosen = [one for one in chosen if known.get(one.name) != running.key(one)]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=screen) as bar:
        task = bar.add_task("Running snippets on Keras", total=len(chosen))
        done = lambda: bar.advance(task)  # noqa: E731
        problems = running.run(chosen, record=record, seconds=seconds, advance=done)
    stop(gone + problems)


@app.command()
def build(
    *,
    record: Annotated[bool, typer.Option(help="add new addresses to the ledger")] = False,
) -> None:
    """Build the site from the recordings."""
    common.forget()
    stop([one for problems in running.outdated().values() for one in problems])
    stop(building.site(record=record))
    python, site = shown(ROOT / ".venv/bin/python"), shown(SITE)
    sys.stdout.write(
        f"The site is in {site}/. Read it with: {python} -m http.server --directory {site} 8000\n"
    )


@app.command()
def site(
    *,
    record: Annotated[bool, typer.Option(help="accept what is printed, add addresses")] = False,
) -> None:
    """Run the snippets that changed, then build."""
    run(record=record)
    build(record=record)


app.command()(command.versions)
app.command()(command.matrix)
app.command()(bumping.bump)


def main() -> None:
    """Run a command; what a person has to mend is a message, not a traceback."""
    try:
        app()
    except ProblemError as error:
        screen.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)


main()
