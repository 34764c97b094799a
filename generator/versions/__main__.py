"""The sweep over releases: `python -m generator.versions --help`."""

import fnmatch
import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from generator.errors import ProblemError
from generator.versions import cases, environments, sweep
from generator.versions.environments import Environment

screen = Console(stderr=True)


def named(patterns: str) -> list[Environment]:
    """Return the environments whose id fits one of some patterns.

    Raises:
        ProblemError: nothing fits.

    """
    declared = environments.load()
    found = [one for name, one in declared.items() if fits(name, patterns)]
    if not found:
        raise ProblemError(f"no environment fits {patterns!r}: {', '.join(declared)}")
    return found


def fits(name: str, patterns: str) -> bool:
    """Tell whether a name fits one of some patterns, which commas separate; `*` stands for any."""
    return not patterns or any(fnmatch.fnmatch(name, one) for one in patterns.split(","))


def main(
    *,
    env: Annotated[str, typer.Option(help="environments, such as keras-2.* (commas between)")] = "",
    case: Annotated[str, typer.Option(help="cases to run and compare, such as regression-*")] = "",
    everything: Annotated[bool, typer.Option("--all", help="run what is current, too")] = False,
) -> None:
    """Run the cases on every release, and write docs/data; with --case, only compare."""
    chosen = named(env)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=screen) as bar:
        task = bar.add_task("Running cases", total=None)
        if case:
            different = compared(chosen, case, bar)
        else:
            done = sweep.run(
                chosen,
                everything=everything,
                plan=lambda count: bar.update(task, total=count),
                advance=lambda: bar.advance(task),
            )
            different = 0
    if not case:
        screen.print(table(done))
        different = sum(bool(one.failed) for one in done)
    if different:
        sys.exit(1)


def compared(chosen: list[Environment], patterns: str, bar: Progress) -> int:
    """Run some cases on some environments, print each outcome, and count those that differ."""
    different = 0
    for environment in chosen:
        known = cases.load() | cases.grid() | cases.product(environment.id)
        wanted = {name: one for name, one in known.items() if fits(name, patterns)}
        if not wanted:
            raise ProblemError(f"no case fits {patterns!r}; they are in snippets/versions/cases/")
        task = bar.add_task(environment.id, total=len(wanted))
        results = sweep.compare(environment, wanted, lambda task=task: bar.advance(task))  # type: ignore[misc]
        for name, recorded, now in results:
            verdict = "as recorded" if recorded == now else f"recorded: {json.dumps(recorded)}"
            different += recorded != now
            bar.console.print(
                f"{environment.id}  {name}\n  {json.dumps(now)}  {verdict}",
                markup=False,
                highlight=False,
                soft_wrap=True,
            )
    return different


def table(done: list[sweep.Summary]) -> Table:
    """Return a line for each environment that ran."""
    made = Table("environment", "cases", "changed", "seconds", "")
    for one in done:
        failed = f"[red]{one.failed}" if one.failed else ""
        made.add_row(one.environment, str(one.ran), str(one.changed), f"{one.seconds:.0f}", failed)
    return made


if __name__ == "__main__":
    try:
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command()(main)
        app()
    except ProblemError as error:
        screen.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
