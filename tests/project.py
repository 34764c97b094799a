"""A project of three pages, for tests of the commands: the real generator, pages of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from generator.common import ROOT
from tests.docs import new

COPIED = ["generator", "docs/assets", "requirements.txt"]
DATA = ["pitfalls.schema.json", "questions.json", "quotations.json"]
NAV = """nav:
  - Home: index.md
  - Pitfalls:
      - pitfalls/some-word.md
  - Metrics:
      - metrics/some-metric.md
  - Versions: versions/index.md

"""
SNIPPET = """# %% [markdown]
# # Some rows

# %% setup
import numpy as np

# %% reported
print(f"{np.mean([0.0, 1.0]):.4f}")

# %% formula after="reported"
assert np.isclose(0.5, np.mean([0.0, 1.0]))
print("half")

# %% instead
print("a | b")
print("c | d")
"""
COMMENTS = re.compile(r"<!--[\s\S]*?-->\n*|^# .*\n", re.MULTILINE)
FILL = {
    "TITLE OF THE THREAD": "A thread",
    "TITLE": "A title of some words",
    "DESCRIPTION": "What is computed and what to write instead, in a sentence of some length.",
    "SYMPTOM": "a symptom",
    "CLASS": "regression-accuracy",
    "QUESTION": "A question",
    "[METRIC]": "[binary_accuracy]",
    "ADDRESS": "example.org",
    '{{ source("is_binary = y_p_last_dim == 1", "is_binary_or_sparse_categorical") }}': "Nothing.",
    '{{ releases("CASE", answer="0.5, *") }}': "all",
}


def make(folder: Path) -> Path:
    """Write the project into a folder, without recordings, and return the folder."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (folder / "docs" / "data").mkdir()
    for name in DATA:
        shutil.copy(ROOT / "docs" / "data" / name, folder / "docs" / "data")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    head, _, rest = settings.partition("nav:\n")
    written = head + NAV + "not_in_nav" + rest.partition("\nnot_in_nav")[2]
    (folder / "mkdocs.yml").write_text(written, encoding="utf-8")
    (folder / "docs" / "index.md").write_text(
        "---\ndescription: The first page.\n---\n\n# Home { #top }\n\n{{ pitfalls() }}\n"
    )
    new.begin("some-word", folder)
    page = folder / "docs" / "pitfalls" / "some-word.md"
    text = COMMENTS.sub("", page.read_text(encoding="utf-8"))
    for old, filled in FILL.items():
        text = text.replace(old, filled)
    page.write_text(text, encoding="utf-8")
    versions = folder / "docs" / "versions" / "index.md"
    versions.parent.mkdir()
    versions.write_text("# Versions { #top }\n\n## What is not known { #limits }\n")
    metric = folder / "docs" / "metrics" / "some-metric.md"
    metric.parent.mkdir()
    metric.write_text(
        text.replace("code: KA0", "# KA0").replace("A title", "Another").replace("What is", "This")
        .replace("some-word", "some-metric")
    )  # fmt: skip
    for name in ("some-word", "some-metric"):
        (folder / "snippets" / f"{name}.py").write_text(SNIPPET, encoding="utf-8")
    return folder


def command(project: Path, *arguments: str, without: tuple[str, ...] = ()) -> tuple[int, str]:
    """Run a command of a project, and return its exit code and what it said.

    Args:
        project: the project to run it in.
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


def change(path: Path, old: str, replacement: str) -> None:
    """Replace some text of a file, which has to be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, replacement, 1), encoding="utf-8")
