"""The sweep over releases: `python -m generator.versions --help`."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from generator.errors import ProblemError
from generator.versions import cases, environments, grid, sweep, tables
from generator.versions.environments import fits
from generator.versions.sweep import Summary, Work

screen = Console(stderr=True)


def chosen(env: str, case: str, *, stale: bool) -> Work:
    """Return the environments and cases that fit.

    Raises:
        ProblemError: nothing is called so.

    """
    known = cases.load() | grid.reduced()
    found = environments.fitting(env)
    everything = known.keys() | {name for one in found for name in grid.product(one.id)}
    if not any(fits(name, case) for name in everything):
        raise ProblemError(
            f"no case fits {case!r}; they are in snippets/versions/cases/, and those of the grid in "
            f"docs/data/selection.json and selection-product.json"
        )
    records = sweep.Sweep()
    work = []
    for environment in found:
        wanted = known | grid.product(environment.id)
        if stale:
            wanted = records.stale(environment)
        if wanted := {name: one for name, one in wanted.items() if fits(name, case)}:
            work.append((environment, wanted))
    return work


def main(
    *,
    env: Annotated[str, typer.Option(help="environments, such as keras-2.* (commas between)")] = "",
    case: Annotated[str, typer.Option(help="cases, such as regression-* (commas between)")] = "",
    record: Annotated[bool, typer.Option(help="write what is missing or out of date")] = False,
    everything: Annotated[bool, typer.Option("--all", help="record what is current, too")] = False,
) -> None:
    """Run cases on releases of Keras, and compare with docs/data, or write it."""
    work = chosen(env, case, stale=record and not everything)
    done: list[Summary] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=screen) as bar:
        task = bar.add_task("Running cases", total=sum(len(wanted) for _, wanted in work))

        def finish(summary: Summary) -> None:
            done.append(summary)
            tell(summary, everything=bool(case), record=record)

        sweep.run(work, record=record, done=finish, advance=lambda: bar.advance(task))
    if not (record or case):
        compare(done)
    screen.print(table(done))
    if any(one.failed or (one.different and not record) for one in done):
        sys.exit(1)


def tell(summary: Summary, *, everything: bool, record: bool) -> None:
    """Print what differs from the record, or every outcome; not what is recorded anew."""
    for name, now in summary.outcomes.items():
        if record and summary.different.get(name, now) is None:
            continue
        if name in summary.different:
            verdict = f"recorded: {json.dumps(summary.different[name], ensure_ascii=False)}"
        elif everything:
            verdict = "as recorded"
        else:
            continue
        text = (
            f"{summary.environment}  {name}\n  {json.dumps(now, ensure_ascii=False)}\n  {verdict}"
        )
        screen.print(text, markup=False, highlight=False, soft_wrap=True)


def compare(done: list[Summary]) -> None:
    """Print the cases that the environments answer differently from each other."""
    for name in dict.fromkeys(name for one in done for name in one.outcomes):
        said = {
            one.environment: tables.told(one.outcomes[name]) for one in done if name in one.outcomes
        }
        if len(set(said.values())) > 1:
            lines = [f"  {environment}: {what}" for environment, what in said.items()]
            screen.print("\n".join([name, *lines]), markup=False, highlight=False, soft_wrap=True)


def table(done: list[Summary]) -> Table:
    """Return a line for each environment that ran."""
    made = Table("environment", "cases", "different", "installed in", "run in", "")
    for one in done:
        made.add_row(
            one.environment,
            str(len(one.outcomes)),
            str(len(one.different)),
            f"{one.installing:.0f} s",
            f"{one.seconds:.0f} s",
            f"[red]{one.failed}" if one.failed else "",
        )
    return made


if __name__ == "__main__":
    try:
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command()(main)
        app()
    except ProblemError as error:
        screen.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
