"""The workflows and `.ci/run`: what would otherwise be found broken only after a push."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.common import ROOT

FOLDER = ROOT / ".github" / "workflows"
CI = ROOT / ".ci" / "run"
TOOLS = Path(sys.executable).parent
WORKFLOWS = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.iterdir()}
JOBS = {
    f"{name}/{job}": body
    for name, workflow in WORKFLOWS.items()
    for job, body in workflow["jobs"].items()
}
STEPS = [step for body in JOBS.values() for step in body["steps"]]
SCRIPTS = [step["run"] for step in STEPS if "run" in step]
PINNED = re.compile(r"(?:- )?uses: ([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)")


def run(*command, **options):
    done = subprocess.run(command, text=True, capture_output=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_zizmor_finds_nothing():
    # Configuration and ignore comments could hide a finding; the persona includes code smells.
    options = ["--offline", "--quiet", "--no-config", "--no-ignores", "--strict-collection"]
    run(TOOLS / "zizmor", *options, "--collect=all", "--persona=pedantic", FOLDER)


@pytest.mark.parametrize(
    "schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"]
)
def test_the_schema_holds(schema):
    run(TOOLS / "check-jsonschema", "--builtin-schema", schema, *FOLDER.iterdir())


def test_every_action_is_pinned_by_one_commit():
    text = "\n".join(path.read_text("utf-8") for path in FOLDER.iterdir())
    lines = [line.strip() for line in text.splitlines() if "uses:" in line]
    pins = [PINNED.fullmatch(line) for line in lines]
    assert None not in pins, lines[pins.index(None)]
    assert len({pin.groups() for pin in pins}) == len({pin[1] for pin in pins})
    # Nothing that YAML could write in another way escapes the lines above.
    assert len(pins) == sum("uses" in each for each in [*STEPS, *JOBS.values()])


def test_only_a_job_that_runs_nothing_of_ours_may_write():
    assert all(workflow["permissions"] == {} for workflow in WORKFLOWS.values())
    for name, job in JOBS.items():
        if set(job["permissions"].values()) != {"read"}:
            used = [step.get("uses", "a script").partition("@")[0] for step in job["steps"]]
            assert used == ["actions/deploy-pages"], name


def test_no_expression_is_pasted_into_a_script():
    assert SCRIPTS
    assert [script for script in SCRIPTS if "${{" in script] == []


def test_every_make_target_exists():
    code = re.sub(r"#.*", "", "\n".join([*SCRIPTS, CI.read_text("utf-8")]))
    for target in set(re.findall(r"\bmake ([\w./-]+)", code)):
        run("make", "--dry-run", target, cwd=ROOT)


def test_every_command_of_ours_exists():
    text = "\n".join([*SCRIPTS, (ROOT / "Makefile").read_text("utf-8")])
    commands = set(re.findall(r"(?:python|\$\(PY\)) -m generator ([a-z]\w*)", text))
    assert {"run", "site", "build", "versions", "matrix", "bump"} <= commands
    for command in commands:
        run(sys.executable, "-m", "generator", command, "--help", cwd=ROOT)


def test_ci_run_is_make_test(tmp_path, monkeypatch):
    planned = run("make", "--dry-run", "test", cwd=ROOT)
    monkeypatch.setenv("MAKEFLAGS", "n")  # it only says what it would run
    assert run(CI, cwd=tmp_path) == planned
