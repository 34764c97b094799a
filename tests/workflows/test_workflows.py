"""The workflows and `.ci/run`: what would otherwise be found broken only after a push."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.common import ROOT

PATHS = sorted((ROOT / ".github" / "workflows").iterdir())
TOOLS = Path(sys.executable).parent
JOBS = [job for path in PATHS for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values()]
SCRIPTS = "\n".join(step.get("run", "") for job in JOBS for step in job["steps"])


def run(*command, **options):
    done = subprocess.run(command, text=True, capture_output=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_zizmor_finds_nothing():
    """It refuses what is not pinned by a commit, an expression in a script, and a workflow that
    gives all its jobs more than they need."""
    # Configuration and ignore comments could hide a finding; the persona includes code smells.
    options = ["--offline", "--quiet", "--no-config", "--no-ignores", "--strict-collection"]
    run(TOOLS / "zizmor", *options, "--collect=all", "--persona=pedantic", *PATHS)


@pytest.mark.parametrize(
    "schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"]
)
def test_the_schema_holds(schema):
    run(TOOLS / "check-jsonschema", "--builtin-schema", schema, *PATHS)


def test_only_a_job_that_runs_nothing_of_ours_may_write():
    for job in JOBS:
        if set(job["permissions"].values()) != {"read"}:
            used = [step.get("uses", "a script").partition("@")[0] for step in job["steps"]]
            assert used == ["actions/deploy-pages"]


def test_every_make_target_and_every_command_of_ours_exists():
    run("make", "--dry-run", *re.findall(r"\bmake ([\w./-]+)", SCRIPTS), cwd=ROOT)
    text = SCRIPTS + (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:python|\$\(PY\)) -m generator ([a-z]\w*)", text))
    told = run(sys.executable, "-m", "generator", "--help", cwd=ROOT)
    assert set() < commands <= set(told.split())
