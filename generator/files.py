"""Writing files whole."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write a text file, whole or not at all, and not where it already holds that text."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)  # noqa: PTH105 -- the one call that is atomic by contract
