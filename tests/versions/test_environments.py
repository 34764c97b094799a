"""The environments that are declared."""

import itertools
import json
import re
import subprocess
import sys

import pytest

from generator.errors import ProblemError
from generator.paths import ROOT
from generator.versions import environments, sweep

DECLARED = environments.load()


def releases(lineage):
    return [one.release for one in DECLARED.values() if one.lineage == lineage]


def test_every_minor_release_of_tf_keras_to_its_last_is_declared():
    minors = [re.match(r"\d+\.\d+", release)[0] for release in releases("tf.keras")]
    assert minors == ["1.10", "1.11", "1.15", *(f"2.{minor}" for minor in range(16))]


def test_keras_3_is_declared_without_a_gap():
    """Releases are numbered without gaps, so a missing one shows between its neighbours."""
    numbers = [tuple(map(int, one.split("."))) for one in releases("keras") if one[0] == "3"]
    assert numbers == sorted(numbers)
    assert numbers[0] == (3, 0, 0)
    for (_, minor, patch), following in itertools.pairwise(numbers):
        assert following in {(3, minor, patch + 1), (3, minor + 1, 0)}


def test_the_newest_keras_is_what_the_project_runs():
    newest = DECLARED[f"keras-{releases('keras')[-1]}"]
    assert newest.base.name == environments.PROJECT
    assert not newest.over
    assert f"keras=={newest.release} " in newest.base.pins.read_text(encoding="utf-8")


def test_each_backend_runs_the_newest_keras():
    backends = {one.backend: one.release for one in DECLARED.values() if one.lineage == "backend"}
    assert backends == dict.fromkeys(("jax", "torch", "numpy"), releases("keras")[-1])


def test_every_declared_environment_has_answered_every_case():
    known = sweep.Sweep()
    waiting = {one.id: len(known.stale(one)) for one in DECLARED.values()}
    assert not {name: count for name, count in waiting.items() if count}, "make versions"


def test_tools_that_only_build_the_site_do_not_make_results_stale(monkeypatch, tmp_path):
    one = environments.newest()
    lock = tmp_path / "requirements.txt"
    lock.write_text(one.base.pins.read_text(encoding="utf-8") + "\nmkdocs==9.9.9\n", "utf-8")
    declared = one.declared()
    monkeypatch.setattr(environments, "LOCK", lock)
    assert one.declared() == declared
    lock.write_text(lock.read_text(encoding="utf-8").replace("numpy==", "numpy==9"), "utf-8")
    assert one.declared() != declared


@pytest.mark.parametrize(
    ("name", "package"),
    [("keras-3.14.1", "keras"), (environments.newest("tf-keras").id, "keras")],
)
def test_a_keras_that_an_environment_does_not_run_leaves_its_results_alone(
    name, package, monkeypatch, tmp_path
):
    one = DECLARED[name]
    declared = one.declared()
    lock = tmp_path / "requirements.txt"
    text = one.base.pins.read_text(encoding="utf-8")
    lock.write_text(text.replace(f"\n{package}==", f"\n{package}==9"), encoding="utf-8")
    newest = environments.newest()
    before = newest.declared()
    monkeypatch.setattr(environments, "LOCK", lock)
    assert one.declared() == declared
    assert newest.declared() != before


def test_the_pins_name_the_keras_of_a_release_that_does_not_say_it():
    one = DECLARED["tf.keras-2.15.1"]
    assert one.pinned("keras") == {"keras": "2.15.0"}
    assert one.pinned("no-such") == {}


@pytest.mark.parametrize("base", sorted({one.base.name for one in DECLARED.values()}))
def test_every_package_of_a_base_is_pinned_and_no_address_is_named(base):
    one = next(one.base for one in DECLARED.values() if one.base.name == base)
    lines = one.pins.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if "://" in line]
    assert [line for line in lines if "==" in line]
    if base != environments.PROJECT:
        assert not [line for line in lines if "==" not in line]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[lineage.a]\ntitle="A"\nmodule="a"\n[base.b]\n[environment]\na=[{release="1",base="c"}]',
            "'c'",
        ),
        ('[base.b]\n[lineage]\n[environment]\na=[{release="1",base="b"}]', "'a'"),
    ],
)
def test_what_is_not_declared_is_named(tmp_path, text, message):
    path = tmp_path / "environments.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError, match=f"nothing is called {message}"):
        environments.load(path)


def test_the_hash_of_an_environment_follows_its_pins(tmp_path, monkeypatch):
    monkeypatch.setattr(environments, "PINS", tmp_path)
    one = DECLARED["keras-2.0.4"]
    before = one.declared()
    one.base.pins.write_text("tensorflow==1.2.1\n", encoding="utf-8")
    assert one.declared() != before


def test_a_python_that_cannot_be_had_is_named(monkeypatch):
    def refuse(*_):
        raise ProblemError("no")

    monkeypatch.setattr(environments, "uv", refuse)
    with pytest.raises(ProblemError, match=r"no Python 3\.99 here.*python:3\.99"):
        environments.interpreter("3.99")


def test_the_workflow_gets_each_environment_and_a_container_for_the_oldest_pythons():
    command = [sys.executable, "-m", "generator.versions.environments"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    listed = {one["id"]: one["container"] for one in json.loads(said)}
    assert list(listed) == list(DECLARED)
    assert listed["keras-2.0.4"] == "python:3.6"
    assert listed["tf.keras-2.11.0"] == "python:3.7"
    assert listed[environments.newest().id] == ""


@pytest.mark.parametrize(
    ("name", "patterns", "fit"),
    [
        ("mask-fit", "", True),
        ("mask-fit", "weights-*,mask-*", True),
        ("mask-fit", "mask", False),
        ("N,1 | N | mse | acc", "N,1 | N | mse | acc", True),
    ],
)
def test_a_name_fits_a_pattern_or_itself(name, patterns, fit):
    assert environments.fits(name, patterns) is fit
