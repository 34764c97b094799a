"""The commands, on a copy of the project, when something is wrong: a message, and no damage."""

import os
import shutil
import subprocess
import sys

import pytest

from generator.paths import ROOT

COPIED = ["docs", "generator", "snippets", "mkdocs.yml", "requirements.txt"]


@pytest.fixture
def project(tmp_path):
    """Copy what the commands read."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def command(project, *arguments, without=()):
    """Run a command and return its exit code and what it said.

    Args:
        project: the copy to run it in.
        arguments: its arguments.
        without: packages that cannot be imported, as if they were not installed.
    """
    path = project / "broken"
    for package in without:
        (path / package).mkdir(parents=True)
        (path / package / "__init__.py").write_text("raise ImportError('not installed')")
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(path), "COLUMNS": "200"},
        text=True,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_site_is_built_from_recordings_without_keras(project):
    code, said = command(project, "build", without=("keras", "tensorflow", "tf_keras"))
    assert code == 0, said
    assert "The site is in site/" in said
    assert (project / "site" / "KA001" / "index.html").is_file()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "docs/pitfalls/regression-mse.md",
            '"reported") }}',
            '"nothing") }}',
            ["docs/pitfalls/regression-mse.md:", "no cell 'nothing'"],
        ),
        (
            "docs/pitfalls/regression-mse.md",
            "code: KA001\n",
            "",
            ["docs/pitfalls/regression-mse.md: front matter: 'code' is a required property"],
        ),
        (
            "docs/pitfalls/regression-mse.md",
            "../metrics/accuracy.md#what-keras-computes",
            "../metrics/accuracy.md#what-keras-thinks",
            ["pitfalls/regression-mse.md", "#what-keras-thinks"],
        ),
        (
            "snippets/regression-mse.py",
            "y_true == (y_pred > 0.5)",
            "y_true == (y_pred > 0.6)",
            ["docs/pitfalls/regression-mse.md:", "cell 'formula' is not what", "make record"],
        ),
        (
            "docs/data/addresses.json",
            '"in-short"',
            '"long-gone"',
            ["lost the ids long-gone", "{ #id }"],
        ),
    ],
)
def test_a_build_that_goes_wrong_says_where_and_leaves_the_old_site(project, file, old, new, said):
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the old site")
    change(project / file, old, new)
    code, printed = command(project, "build")
    assert code == 1
    for part in said:
        assert part in printed
    assert "Traceback" not in printed
    assert files(project / "site") == {project / "site" / "index.html": b"the old site"}


def test_a_missing_recording_is_named(project):
    (project / "docs/notebooks/accuracy-older-rule.ipynb").unlink()
    code, printed = command(project, "build")
    assert code == 1
    assert "docs/notebooks/accuracy-older-rule.ipynb: no such recording" in printed


def test_runs_that_go_wrong_are_named_and_the_others_finish(project):
    notebooks = project / "docs" / "notebooks"
    change(notebooks / "regression-mse.ipynb", "accuracy: 0.6000", "accuracy: 0.7000")
    change(project / "snippets/regression-mse-housing.py", "epochs=60", "epochs=10**9")
    change(project / "snippets/accuracy-older-rule.py", "import warnings", "import varnings")
    before = files(notebooks)
    broken = ["regression-mse", "regression-mse-housing", "accuracy-older-rule"]
    light = "sparse-categorical-accuracy-largest"
    code, printed = command(project, "run", *broken, light, "--seconds", "20")
    assert code == 1
    assert "snippets/regression-mse.py:" in printed
    assert "cell 'reported' prints something else than recorded" in printed
    assert "-accuracy: 0.7000\n+accuracy: 0.6000" in printed
    assert "regression-mse-housing.py: stopped: it ran longer than 20 seconds" in printed
    assert "cell 'setup' raised ModuleNotFoundError" in printed
    assert "No module named 'varnings'" in printed
    assert "4/4" in printed
    assert files(notebooks) == before
    confirmed = (project / ".cache" / "verified.json").read_text()
    assert f'"{light}"' in confirmed
    assert "regression" not in confirmed

    # What is confirmed does not run again; what is recorded anew is confirmed.
    code, printed = command(project, "run", light, "regression-mse", "--record")
    assert code == 0, printed
    assert "1/1" in printed
    assert "accuracy: 0.6000" in (notebooks / "regression-mse.ipynb").read_text()


def test_a_site_is_built_of_confirmed_recordings_and_not_when_a_snippet_goes_wrong(project):
    confirm = "from generator import snippets, verified as v\nfor name in snippets.names(): v.add(snippets.load(name))"
    subprocess.run([sys.executable, "-c", confirm], cwd=project, check=True)
    code, printed = command(project, "site", without=("keras", "tensorflow", "tf_keras"))
    assert code == 0, printed
    assert "0/0" in printed
    assert "The site is in site/" in printed
    built = files(project / "site")

    change(project / "snippets/accuracy-older-rule.py", "import warnings", "import varnings")
    code, printed = command(project, "site")
    assert code == 1
    assert "No module named 'varnings'" in printed
    assert "1/1" in printed
    assert "The site is in" not in printed
    assert files(project / "site") == built


def test_an_unknown_snippet_is_named(project):
    code, printed = command(project, "run", "nowhere")
    assert code == 1
    assert "snippets/nowhere.py: no such snippet" in printed
