"""What every room uses: where things are, reading and writing a file, the one kind of error."""

import functools
import json
import os
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from click import ClickException

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DATA = DOCS / "data"
NOTEBOOKS = DOCS / "notebooks"
SNIPPETS = ROOT / "snippets"
CACHE = ROOT / ".cache"
SITE = ROOT / "site"
LOCK = ROOT / "requirements.txt"


_kept: list[Callable[[], None]] = []


def once[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Let a function keep what it returned until `forget`: a build reads and words things once."""
    kept = functools.cache(function)
    _kept.append(kept.cache_clear)
    return cast("Callable[P, R]", kept)


def forget() -> None:
    """Let every function that keeps what it returned ask again: files may have changed."""
    for clear in _kept:
        clear()


class ProblemError(ClickException):
    """Something a person has to mend; the message names the file, what is wrong and the way out.

    MkDocs shows it without a traceback, because it is an error of the command line.
    """


def shown(path: Path) -> str:
    """Return a path as a message should name it: from the project's root, where it is below it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def read(path: Path, otherwise: str | None = None) -> str:
    """Return the text of a file.

    Args:
        path: the file.
        otherwise: what to return where there is none.

    Raises:
        ProblemError: there is none, or it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if otherwise is not None:
            return otherwise
        raise ProblemError(f"{shown(path)}: no such file") from error
    except UnicodeDecodeError as error:
        raise ProblemError(
            f"{shown(path)}: not UTF-8 (byte {error.start}). Save it as UTF-8."
        ) from error


def read_json(path: Path) -> Any:  # noqa: ANN401 -- whatever JSON holds
    """Return what a JSON file holds.

    Raises:
        ProblemError: there is none, or it is not JSON, and on which line.
    """
    try:
        return json.loads(read(path))
    except json.JSONDecodeError as error:
        raise ProblemError(f"{shown(path)}:{error.lineno}: not JSON: {error.msg}") from error


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds.

    Raises:
        ProblemError: there is none, or it is not TOML, and where.
    """
    try:
        return tomllib.loads(read(path))
    except tomllib.TOMLDecodeError as error:
        raise ProblemError(f"{shown(path)}: not TOML: {error}") from error


def write(path: Path, text: str) -> None:
    """Write a text file, whole or not at all, and not where it already holds that text."""
    if read(path, "") == text and path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)  # noqa: PTH105 -- the one call that is atomic by contract


def output_of(*command: str | Path, given: str = "", **variables: str) -> str:
    """Run a command in the project's root and return what it prints.

    Args:
        command: the program and its arguments.
        given: what it reads.
        variables: of the environment, besides those that are there.

    Raises:
        ProblemError: it cannot be run, takes half an hour or fails, with its last words.
    """
    line = f"`{' '.join(map(str, command))}`"
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=1800,
            cwd=ROOT,
            env=os.environ | variables,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProblemError(f"{line}: {error}") from error
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).splitlines()[-8:])
        raise ProblemError(f"{line} failed:\n{re.sub(r'https?://\S+', '…', said)}")
    return done.stdout
