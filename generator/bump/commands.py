"""The one place from which the bump starts other programs."""

import os
import re
import subprocess
from pathlib import Path

from generator.errors import ProblemError

OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
"""What `make bump` hands down; a make that is started below would take it for its own."""
LAST_LINES = 15


def run(
    command: list[str], folder: Path, given: str | None = None, *, live: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a program, and return how it ended and what it said.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        given: what it reads from its standard input.
        live: let it write to the terminal, so that it can show its progress; it says nothing then.

    Raises:
        ProblemError: it cannot be started.

    """
    pipe = None if live else subprocess.PIPE
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={name: value for name, value in os.environ.items() if name not in OF_MAKE},
            stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
            stdout=pipe,
            stderr=pipe,
            text=True,
        )
    except OSError as error:
        raise ProblemError(f"`{' '.join(command)}`: {error}") from error
    with process:
        try:
            out, err = process.communicate(given)
        except KeyboardInterrupt:
            process.wait()  # it was interrupted, too, and has to end what it started
            raise
    return subprocess.CompletedProcess(command, process.returncode, out or "", err or "")


def ask(command: list[str], folder: Path, given: str | None = None) -> str:
    """Run a program, and return what it said.

    Raises:
        ProblemError: it failed, with its last words.

    """
    done = run(command, folder, given)
    if done.returncode:
        words = "\n".join((done.stderr or done.stdout).splitlines()[-LAST_LINES:])
        hidden = re.sub(r"https?://\S+", "…", words)
        raise ProblemError(f"`{' '.join(command)}` failed:\n{hidden}")
    return done.stdout
