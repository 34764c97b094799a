"""The workflows and `.ci/run`: what would otherwise be found broken only after a push."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.paths import ROOT

FOLDER = ROOT / ".github" / "workflows"
CI = ROOT / ".ci" / "run"
TOOLS = Path(sys.executable).parent
WORKFLOWS = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.iterdir()}
JOBS = {
    (name, job): body
    for name, workflow in WORKFLOWS.items()
    for job, body in workflow["jobs"].items()
}
STEPS = [step for body in JOBS.values() for step in body["steps"]]
PINNED = re.compile(r"(?:- )?uses: ([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)")
# The one job that may write.
DEPLOY = ("deploy.yml", "deploy")


def check(*command):
    done = subprocess.run(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    assert done.returncode == 0, done.stdout


def triggers(workflow):
    return workflow[True]  # YAML 1.1 reads a bare `on` as true


def scripts():
    return [step["run"] for step in STEPS if "run" in step]


def test_the_workflows_are_these():
    assert set(WORKFLOWS) == {"test.yml", "deploy.yml", "nightly.yml", "newest.yml", "versions.yml"}


def test_zizmor_finds_nothing():
    # Configuration and ignore comments could hide a finding; the persona includes code smells.
    options = ["--offline", "--quiet", "--no-config", "--no-ignores", "--strict-collection"]
    check(TOOLS / "zizmor", *options, "--collect=all", "--persona=pedantic", FOLDER)


@pytest.mark.parametrize(
    "schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"]
)
def test_the_schema_holds(schema):
    check(TOOLS / "check-jsonschema", "--builtin-schema", schema, *FOLDER.iterdir())


def test_every_action_is_pinned_by_commit():
    lines = [
        line.strip()
        for path in FOLDER.iterdir()
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"\buses:", line)
    ]
    pins = [PINNED.fullmatch(line) for line in lines]
    assert None not in pins, lines[pins.index(None)]
    # Nothing that YAML could write in another way escapes the lines above.
    used = [step["uses"] for step in STEPS if "uses" in step]
    used += [body["uses"] for body in JOBS.values() if "uses" in body]
    assert sorted(used) == sorted(f"{pin[1]}@{pin[2]}" for pin in pins)
    one_each = len({pin.groups() for pin in pins}) == len({pin[1] for pin in pins})
    assert one_each, "an action has the same commit and version everywhere"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_nothing_by_itself(name):
    assert WORKFLOWS[name]["permissions"] == {}


@pytest.mark.parametrize("job", JOBS, ids="/".join)
def test_a_job_may_only_read_unless_it_publishes(job):
    permissions = JOBS[job]["permissions"]
    if job == DEPLOY:
        assert permissions == {"pages": "write", "id-token": "write"}
    else:
        assert set(permissions.values()) == {"read"}


def test_the_job_that_publishes_runs_nothing_of_ours():
    assert [step["uses"].partition("@")[0] for step in JOBS[DEPLOY]["steps"]] == [
        "actions/deploy-pages"
    ]


def test_no_credentials_stay_on_disk():
    checkouts = [step for step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_no_expression_is_pasted_into_a_script():
    assert [script for script in scripts() if "${{" in script] == []


def test_every_make_target_exists():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([\w./-]+):(?!=)", makefile, re.MULTILINE))
    code = re.sub(r"#.*", "", "\n".join([*scripts(), CI.read_text("utf-8")]))
    called = re.findall(r"\bmake ([\w./-]+)", code)
    assert {"test", "site", "verify"} <= set(called)
    assert set(called) <= targets


@pytest.mark.parametrize("code", [0, 2])
def test_ci_run_is_make_test(tmp_path, code):
    assert os.access(CI, os.X_OK)
    make = tmp_path / "make"
    make.write_text(f'#!/bin/sh\necho "$PWD: $*"\nexit {code}\n', encoding="utf-8")
    make.chmod(0o755)
    done = subprocess.run(
        ["bash", CI],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == (f"{ROOT}: test\n", "", code)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("test.yml", "make test"),
        ("deploy.yml", "make site"),
        ("nightly.yml", "make verify"),
        ("newest.yml", ".venv/bin/python -m generator run --all"),
        ("versions.yml", 'make versions "ENV=$ENVIRONMENT"'),
    ],
)
def test_each_workflow_runs_its_command(name, command):
    steps = [step for body in WORKFLOWS[name]["jobs"].values() for step in body["steps"]]
    assert command in [step.get("run") for step in steps]


def test_what_starts_each_workflow():
    assert set(triggers(WORKFLOWS["test.yml"])) == {"push", "pull_request"}
    assert triggers(WORKFLOWS["deploy.yml"]) == {"push": {"branches": ["main"]}}
    for name in ("nightly.yml", "newest.yml", "versions.yml"):
        assert set(triggers(WORKFLOWS[name])) == {"schedule", "workflow_dispatch"}


def test_the_published_site_is_the_one_that_make_site_built():
    build, deploy = JOBS["deploy.yml", "build"], JOBS[DEPLOY]
    assert deploy["needs"] == "build"
    steps = build["steps"]
    pages = next(s for s in steps if s.get("uses", "").startswith("actions/configure-pages@"))
    made = next(s for s in steps if s.get("run") == "make site")
    upload = next(
        s for s in steps if s.get("uses", "").startswith("actions/upload-pages-artifact@")
    )
    assert upload["with"] == {"path": "site"}
    assert pages["id"] == "pages"
    assert steps.index(pages) < steps.index(made) < steps.index(upload)
    # No address is written down: a fork, or a domain of the site's own, needs no change.
    assert made["env"] == {
        "SITE_URL": "${{ steps.pages.outputs.base_url }}/",
        "REPO_URL": "${{ github.server_url }}/${{ github.repository }}",
    }
