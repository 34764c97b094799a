"""Which branches of Keras no case of the sweep takes, release by release: `make branches`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from generator.common import ProblemError, read_json
from generator.sweep import cases, environments, installing, sweep

SCRIPT = environments.FOLDER / "branches.py"
# The last that also knows Python 3.6 is taken there by itself.
COVERAGE = "coverage<7.6"
SECONDS = 1800

screen = Console(stderr=True)


def untaken(environment, wanted):
    """Run cases on an environment; return file -> function -> line and code of each branch that was
    not taken, or None for a function that was never called.

    Raises:
        ProblemError: with the last words of the process that died, or that it did not end.
    """
    installing.install(environment)
    with (
        tempfile.TemporaryDirectory(prefix="branches-") as name,
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
    ):
        folder = Path(name)
        job, report = folder / "job.json", folder / "report.json"
        job.write_text(sweep.job(environment, wanted, nowhere.fileno()), encoding="utf-8")
        variables = environment.variables(folder)
        path = [variables.get("PYTHONPATH", ""), str(coverage(environment))]
        try:
            done = subprocess.run(
                [environment.interpreter, str(SCRIPT), str(job), str(report)],
                cwd=folder,
                env=variables | {"PYTHONPATH": os.pathsep.join(filter(None, path))},
                capture_output=True,
                pass_fds=[nowhere.fileno()],
                check=False,
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise ProblemError(f"{environment.id}: no end within {SECONDS} seconds") from error
        if not report.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise ProblemError(f"{environment.id}: no report: {'; '.join(said[-2:])}")
        return read_json(report)


def coverage(environment):
    """Return a folder that holds coverage.py for the Python of an environment."""
    python = environment.python or f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = environments.INSTALLED / f"coverage-{python}"
    interpreter = environment.interpreter
    installing.once_in(folder, lambda: installing.into(folder, interpreter, COVERAGE))
    return folder


def listed(found):
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
):
    """Say which branches of Keras' choice of a metric, and of its accuracies, no case takes."""
    wanted = list((cases.load() | cases.reduced()).values())
    chosen = environments.fitting(env or environments.newest().id)
    for environment in track(chosen, "Running cases under coverage.py", console=screen):
        lines = listed(untaken(environment, wanted))
        for folder in environment.folders:
            shutil.rmtree(folder, ignore_errors=True)
        text = "\n  ".join([f"{environment.id}: {len(lines)}", *lines])
        screen.print(text, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    try:
        typer.run(main)
    except ProblemError as error:
        screen.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
