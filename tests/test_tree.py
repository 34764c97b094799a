"""What is committed: at the top level nothing that nobody needs to find there."""

import subprocess

from generator.paths import ROOT

TOP = {
    ".ci",
    ".github",
    ".gitignore",
    ".python-version",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "generator",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements.txt",
    "snippets",
    "tests",
}


def test_the_top_level_holds_what_it_is_to_hold():
    listed = subprocess.run(
        ["git", "ls-files"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert {name.partition("/")[0] for name in listed.stdout.splitlines()} == TOP
