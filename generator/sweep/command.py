"""What people type: `make versions`, and what the workflow asks for its jobs."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from generator.common import ProblemError
from generator.sweep import answers, cases, environments, results, sweep
from generator.sweep.sweep import Summary, Work

CONTAINERS = {"3.6", "3.7"}  # Pythons that uv does not have

screen = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)


def versions(
    *,
    env: Annotated[str, typer.Option(help="environments, such as keras-2.* (commas between)")] = "",
    case: Annotated[str, typer.Option(help="cases, such as regression-* (commas between)")] = "",
    record: Annotated[bool, typer.Option(help="write what is missing or out of date")] = False,
) -> None:
    """Run cases on releases of Keras, and compare with docs/data, or write it."""
    work = chosen(env, case, stale=record)
    done: list[Summary] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=screen) as bar:
        task = bar.add_task("Running cases", total=sum(len(wanted) for _, wanted in work))
        for summary in sweep.run(work, record=record, advance=lambda: bar.advance(task)):
            done.append(summary)
            for line in _differing(summary, everything=bool(case), record=record):
                screen.print(line)
    for line in () if record or case else compared(done):
        screen.print(line)
    table = Table("environment", "cases", "different", "")
    for one in done:
        counts = (str(len(one.outcomes)), str(len(one.different)))
        table.add_row(one.environment, *counts, Text(one.failed, "red"))
    screen.print(table, soft_wrap=False)
    if any(one.failed or (one.different and not record) for one in done):
        raise typer.Exit(1)


def matrix() -> None:
    """Print what the workflow makes its jobs from: each environment, and its container, as JSON."""
    listed = [one for one in environments.load().values() if not one.card]
    images = {one.id: f"python:{one.python}" * (one.python in CONTAINERS) for one in listed}
    typer.echo(json.dumps([{"id": name, "container": image} for name, image in images.items()]))


def chosen(env: str, case: str, *, stale: bool) -> Work:
    """Return what fits, or what of it has no current result; a ProblemError says that none does."""
    work: Work = []
    for one in environments.fitting(env):
        asked = cases.load() | cases.reduced() | cases.product(one.id)
        work.append((one, {k: it for k, it in asked.items() if environments.fits(k, case)}))
    if not any(wanted for _, wanted in work):
        where = "snippets/versions/cases/ and docs/data/selection.json"
        raise ProblemError(f"no case fits {case!r}; they are in {where}")
    if stale:
        late = {one.id: results.stale(one) for one, _ in work}
        work = [(one, {k: it for k, it in fit.items() if k in late[one.id]}) for one, fit in work]
    return [(one, wanted) for one, wanted in work if wanted]


def _differing(summary: Summary, *, everything: bool, record: bool) -> list[str]:
    lines = []
    for name, now in summary.outcomes.items():
        before = summary.different.get(name, now)
        # What is recorded for the first time is no difference.
        if (everything or name in summary.different) and not (record and before is None):
            said, was = (json.dumps(one, ensure_ascii=False) for one in (now, before))
            verdict = f"recorded: {was}" if name in summary.different else "as recorded"
            lines += [f"{summary.environment}  {name}", f"  {said}", f"  {verdict}"]
    return lines


def compared(done: list[Summary]) -> list[str]:
    """Return the cases that the environments answer differently from each other."""
    lines = []
    for name in dict.fromkeys(name for one in done for name in one.outcomes):
        ran = [one for one in done if name in one.outcomes]
        said = {one.environment: answers.worded(one.outcomes[name]) for one in ran}
        if len(set(said.values())) > 1:
            lines += [name, *(f"  {one}: {answer}" for one, answer in said.items())]
    return lines
