"""A fresh clone, on a machine that has nothing of ours."""

import subprocess

import pytest

from generator.common import ROOT


@pytest.mark.full
def test_make_docs_in_a_fresh_clone_needs_no_keras(tmp_path):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    done = subprocess.run(["make", "docs"], cwd=clone, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "The site is in site/" in done.stdout
    installed = {path.name for path in clone.glob(".venv/lib/*/site-packages/*")}
    assert "mkdocs" in installed
    assert not {"keras", "tensorflow", "tf_keras"} & installed
