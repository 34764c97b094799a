"""The workflows and `.ci/run`: what would otherwise be found broken only after a push."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.common import ROOT

PATHS = sorted((ROOT / ".github" / "workflows").iterdir())
TEXT = "\n".join(path.read_text("utf-8") for path in PATHS)
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


def test_an_action_has_one_commit_everywhere_and_says_its_release():
    pins = re.findall(r"uses: (\S+)@(\w+ # v\d+\.\d+\.\d+)$", TEXT, re.MULTILINE)
    assert len(pins) == TEXT.count("uses:")
    assert len(set(pins)) == len({action for action, _ in pins})


def test_only_a_job_that_runs_nothing_of_ours_may_write():
    for job in JOBS:
        if set(job["permissions"].values()) != {"read"}:
            used = [step.get("uses", "a script").partition("@")[0] for step in job["steps"]]
            assert used == ["actions/deploy-pages"]


def test_every_make_target_and_every_command_of_ours_exists():
    run("make", "--dry-run", *re.findall(r"\bmake ([\w./-]+)", SCRIPTS), cwd=ROOT)
    text = SCRIPTS + (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:python|\$\(PY\)) -m generator ([a-z]\w*)", text))
    assert {"run", "site", "build", "versions", "matrix", "bump"} <= commands
    for command in commands:
        run(sys.executable, "-m", "generator", command, "--help", cwd=ROOT)


def test_ci_run_is_make_test(tmp_path, monkeypatch):
    planned = run("make", "--dry-run", "test", cwd=ROOT)
    monkeypatch.setenv("MAKEFLAGS", "n")  # it only says what it would run
    assert run(ROOT / ".ci" / "run", cwd=tmp_path) == planned
