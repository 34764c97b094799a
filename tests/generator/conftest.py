"""Snippets written for one test."""

from pathlib import Path

import pytest

from generator import snippets


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a snippet and parses it."""

    def write_snippet(*cells: str, name: str = "example"):
        text = "\n\n".join(["# %% [markdown]\n# # Title", *cells]) + "\n"
        Path(tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        return snippets.load(name, tmp_path)

    return write_snippet
