"""The bump, step by step: `python -m generator.bump`."""

import contextlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from generator.bump import commands, links, plan, report
from generator.bump.report import Problem
from generator.errors import ProblemError
from generator.files import write
from generator.paths import ROOT, shown

STATE = Path(".cache", "bump")
REPORT = Path(".cache", "bump.md")
screen = Console(stderr=True)


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Show a line for one step: that it goes on, and how long it takes."""
    columns = (SpinnerColumn(finished_text="·"), TextColumn("{task.description}"))
    with Progress(*columns, TimeElapsedColumn(), console=screen) as bar:
        task = bar.add_task(what, total=1)
        yield
        bar.update(task, completed=1)


def keep(root: Path) -> None:
    """Copy what the report will compare with, whole or not at all."""
    part = root / STATE.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    for name in report.COMPARED:
        source, copy = root / name, part / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy)
        elif source.is_file():  # a record of the sweep may not have been made yet
            shutil.copy(source, copy)
    part.rename(root / STATE)


def bump(root: Path) -> list[Problem]:
    """Raise, lock, install, run and report, and return what has to be mended.

    What there was before stays in `.cache/bump` until all of it is done, so a second call goes on
    where the first was interrupted, and reports the same.
    """
    with step("Asking uv for the newest releases"):
        planned = plan.work_out(root)
    if not planned.texts and not (root / STATE).is_dir():
        said = ", ".join(f"{name} {release}" for name, release in planned.newest.items())
        screen.print(f"Nothing is newer than {said}.", highlight=False)
        return []
    if (root / STATE).is_dir():
        screen.print(f"An earlier bump was not done: going on. Delete {STATE} to begin anew.")
    else:
        keep(root)
    with step("Raising pins and environments"):
        plan.carry_out(planned, root)
    with step("Installing the lock"):
        commands.ask(["make", ".venv/all.done"], root)
    with step("Raising links to the source of Keras"):
        links.raise_all(root / "docs", planned.newest)
    problems = rerun(root, planned.newest)
    with step("Writing the report"):
        write(root / REPORT, report.text(root / STATE, root, problems))
    if not problems:
        shutil.rmtree(root / STATE)
    screen.print(f"The report is in {shown(root / REPORT)}.", highlight=False, soft_wrap=True)
    return problems


def rerun(root: Path, newest: dict[str, str]) -> list[Problem]:
    """Record all snippets and the sweep anew, and return what did not go as it should."""
    problems = []
    python = sys.executable
    with step("Recording all snippets"):
        done = commands.run([python, "-m", "generator", "run", "--all", "--record"], root)
    if done.returncode:
        problems.append(Problem("snippets", done.stdout + done.stderr))
    if old := report.not_recorded(root, newest):
        problems.append(Problem("recordings that are not of the newest Keras", "\n".join(old)))
    screen.print("Running what is missing on every Keras")
    done = commands.run([python, "-m", "generator.versions", "--record"], root, live=True)
    failed = [f"{name}: {reason}" for name, reason in report.failed(root).items()]
    if done.returncode or failed:
        said = "\n".join(failed) or f"the sweep ended with exit code {done.returncode}"
        problems.append(Problem("environments", said))
    return problems


def main() -> None:
    """Take the newest Keras and TensorFlow, run everything again, and report what changed."""
    problems = bump(ROOT)
    for one in problems:
        screen.print(
            f"{one.what}:\n{one.said}", style="red", markup=False, highlight=False, soft_wrap=True
        )
    if problems:
        screen.print(
            f"Mend that, then `make bump` again: it runs all of it, and the report is whole. Or "
            f"delete {STATE} to be done with it."
        )
        sys.exit(1)


if __name__ == "__main__":
    try:
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command()(main)
        app()
    except ProblemError as error:
        screen.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
