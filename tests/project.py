"""A project of three pages, for tests of the commands: the real generator, pages of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from generator.common import ROOT, read, write
from tests.docs import new

COPIED = ["generator/**/*", "docs/assets/**/*", "requirements.txt"]
COPIED += [f"docs/data/{name}.json" for name in ("pitfalls.schema", "questions", "quotations")]
NAV = """nav:
  - Home: index.md
  - Pitfalls:
      - pitfalls/some-word.md
  - Metrics:
      - metrics/some-metric.md
  - Versions: versions/index.md

"""
PAGES = {
    "index": "---\ndescription: The first.\n---\n\n# Home { #top }\n\n{{ pitfalls() }}\n",
    "versions/index": "# Versions { #top }\n\n## What is not known { #limits }\n",
}
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
    for path in (path for name in COPIED for path in ROOT.glob(name)):
        if path.is_file() and path.suffix != ".pyc":
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    head, _, rest = read(ROOT / "mkdocs.yml").partition("nav:\n")
    write(folder / "mkdocs.yml", head + NAV + "not_in_nav" + rest.partition("\nnot_in_nav")[2])
    page, *_ = new.begin("some-word", folder)
    text = COMMENTS.sub("", read(page))
    for old, filled in FILL.items():
        text = text.replace(old, filled)
    other = text.replace("code: KA0", "# KA0").replace("some-word", "some-metric")
    other = other.replace("A title", "Another").replace("What is", "This")
    for name, written in {
        "pitfalls/some-word": text,
        "metrics/some-metric": other,
        **PAGES,
    }.items():
        write(folder / f"docs/{name}.md", written)
    for name in ("some-word", "some-metric"):
        write(folder / f"snippets/{name}.py", SNIPPET)
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
    assert old in read(path)
    write(path, read(path).replace(old, replacement, 1))
