"""Which branches of Keras no case of the sweep takes, release by release: `make branches`."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from generator.errors import ProblemError
from generator.versions import cases, environments, grid
from generator.versions.cases import Case, asked
from generator.versions.environments import FOLDER, INSTALLED, Environment

SCRIPT = FOLDER / "branches.py"
# The last that also knows Python 3.6 is taken there by itself.
COVERAGE = "coverage<7.6"
SECONDS = 1800

Untaken = dict[str, dict[str, list[list[Any]] | None]]
"""File -> function -> line and code of each branch that was not taken; None if never called."""

screen = Console(stderr=True)


def run(environment: Environment, wanted: list[Case]) -> Untaken:
    """Run cases on an environment, and return which branches they did not take.

    Raises:
        ProblemError: with the last words of the process that died, or that it did not end.

    """
    environments.install(environment)
    with tempfile.TemporaryDirectory(prefix="branches-") as name:
        folder = Path(name)
        job, report, log = folder / "job.json", folder / "report.json", folder / "log"
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, log.open("wb") as sink:
            content = {
                "module": environment.module,
                "loop": environment.loop,
                "cases": [asked(case) for case in wanted],
                "answers": nowhere.fileno(),
            }
            job.write_text(json.dumps(content), encoding="utf-8")
            variables = environment.variables(folder)
            path = [variables.get("PYTHONPATH", ""), str(_coverage(environment))]
            variables["PYTHONPATH"] = os.pathsep.join(filter(None, path))
            try:
                subprocess.run(
                    [environment.base.interpreter, str(SCRIPT), str(job), str(report)],
                    cwd=folder,
                    env=variables,
                    stdout=sink,
                    stderr=sink,
                    pass_fds=[nowhere.fileno()],
                    check=False,
                    timeout=SECONDS,
                )
            except subprocess.TimeoutExpired as error:
                raise ProblemError(f"{environment.id}: no end within {SECONDS} seconds") from error
        if not report.is_file():
            said = log.read_text(errors="replace").strip().splitlines()
            raise ProblemError(f"{environment.id}: no report: {'; '.join(said[-2:])}")
        found: Untaken = json.loads(report.read_text(encoding="utf-8"))
        return found


def _coverage(environment: Environment) -> Path:
    """Return a folder that holds coverage.py for the Python of an environment."""
    python = environment.base.python or f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = INSTALLED / f"coverage-{python}"
    if not (folder / "done").is_file():
        environments.remove([folder])
        environments.uv("pip", "install", "--quiet", "--python", environment.base.interpreter,
            "--target", str(folder), COVERAGE)  # fmt: skip
        (folder / "done").touch()
    return folder


def told(found: Untaken) -> list[str]:
    """Return a line for each branch that no case takes, and for each function that none calls."""
    lines = []
    for path, functions in found.items():
        short = path.split("site-packages/")[-1].split("/versions/")[-1]
        for function, branches in functions.items():
            if branches is None:
                lines.append(f"{short}: {function}: never called")
                continue
            lines += [f"{short}:{line}: {function}: {code}" for line, code in branches]
    return lines


def main(
    env: Annotated[str, typer.Option(help="environments, such as keras-2.* (commas between)")] = "",
) -> None:
    """Say which branches of Keras' choice of a metric, and of its accuracies, no case takes."""
    chosen = environments.fitting(env or environments.newest().id)
    wanted = list((cases.load() | grid.reduced()).values())
    for environment in track(chosen, "Running cases under coverage.py", console=screen):
        lines = told(run(environment, wanted))
        environments.remove([environment.folder, environment.base.folder])
        text = "\n  ".join([f"{environment.id}: {len(lines)}", *lines])
        screen.print(text, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    try:
        typer.run(main)
    except ProblemError as error:
        screen.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
