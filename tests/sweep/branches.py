"""Which branches of Keras no case of the sweep takes, release by release: `make branches`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import typer

from generator.common import ProblemError, read_json
from generator.sweep import cases, environments, installing, sweep

SCRIPT = cases.PROBE / "branches.py"
# The last that also knows Python 3.6 is taken there by itself.
COVERAGE = "coverage<7.6"


def untaken(environment):
    """Run all cases on an environment; return a line for each branch that none takes, and for each
    function that none calls. A ProblemError has the last words of a process that died."""
    installing.install(environment)
    python = environment.python or f"{sys.version_info.major}.{sys.version_info.minor}"
    coverage, interpreter = environments.INSTALLED / f"coverage-{python}", environment.interpreter
    installing.once_in(coverage, lambda: installing.into(coverage, interpreter, COVERAGE))
    with tempfile.TemporaryDirectory(prefix="branches-") as name:
        folder = Path(name)
        job, report = folder / "job.json", folder / "report.json"
        asked = (cases.load() | cases.reduced()).values()
        wanted = [one for one in asked if "code" not in one]  # those ask for other code of Keras
        # What cases answer is not looked at: it goes where nothing comes from.
        job.write_text(sweep.job(environment, wanted, answers=0), encoding="utf-8")
        variables = environment.variables(folder)
        path = os.pathsep.join(filter(None, [variables.get("PYTHONPATH"), str(coverage)]))
        done = subprocess.run(
            [environment.interpreter, SCRIPT, job, report],
            cwd=folder,
            env=variables | {"PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if not report.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise ProblemError(f"{environment.id}: no report: {'; '.join(said[-2:])}")
        found = read_json(report)
    lines = []
    for path, functions in found.items():
        short = path.split("site-packages/")[-1].split("/versions/")[-1]
        for function, branches in functions.items():
            if branches is None:
                lines.append(f"{short}: {function}: never called")
                continue
            lines += [f"{short}:{line}: {function}: {code}" for line, code in branches]
    return lines


def main(env: str = ""):
    """Say which branches of Keras' choice of a metric, and of its accuracies, no case takes.

    `env` names environments, such as keras-2.* (commas between).
    """
    for environment in environments.fitting(env or environments.newest().id):
        lines = untaken(environment)
        for folder in environment.folders:
            shutil.rmtree(folder, ignore_errors=True)
        typer.echo("\n  ".join([f"{environment.id}: {len(lines)}", *lines]))


if __name__ == "__main__":
    typer.run(main)
