"""What happens in the child process that runs one snippet.

A snippet is executed as the plain script it is: each cell in one namespace, what it prints
captured cell by cell. There is no last-expression display, so that `python snippets/<id>.py`
prints the same (`make verify` compares the two).
"""

import contextlib
import io
import os
import re
import sys
import sysconfig
import traceback
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from generator.execute.snippets import Cell, Snippet

ADDRESS = re.compile(r"\bat 0x[0-9a-f]+\b")
IMPORT = re.compile(r"^\s*(?:import|from) (\w+)", re.MULTILINE)  # the linter: one on a line
# The folder itself, not a pattern: a path may hold blanks.
PACKAGES = sysconfig.get_path("purelib") + os.sep


@dataclass
class CellRun:
    """What one cell did."""

    name: str
    stdout: str = ""
    stderr: str = ""
    error: tuple[str, str] | None = None  # type and message of what was raised
    trace: str = ""  # below the snippet's own line, for a person; never recorded


@dataclass
class Run:
    """What one snippet did, and the releases of Python, of its libraries and of the backend."""

    cells: list[CellRun] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)


def stable(text: str, folder: Path) -> str:
    """Remove what differs between two equal runs: object addresses and folders."""
    text = text.replace(PACKAGES, f"site-packages{os.sep}").replace(f"{folder}{os.sep}", "")
    return ADDRESS.sub("at 0x…", text)


def main(snippet: Snippet, connection: Connection, log: Path) -> None:
    """Run a snippet, send the `Run` and end the process. This is the child's entry point."""
    os.setsid()  # a group of its own, so that whatever it starts can be ended with it
    # What C++ code writes bypasses sys.stdout. It goes to a file that is shown if the child dies.
    with log.open("wb", buffering=0) as sink:
        os.dup2(sink.fileno(), 1)
        os.dup2(sink.fileno(), 2)
    connection.send(execute(snippet))
    os._exit(0)  # a forked TensorFlow has no clean way down, and nothing is left to clean


def execute(snippet: Snippet) -> Run:
    """Execute the code cells in order, in this process, up to the first undeclared outcome.

    Snippets find their data files as `data/...`, so the working directory is theirs.
    """
    os.chdir(snippet.path.parent)
    run = Run()
    namespace: dict[str, object] = {"__name__": "__main__", "__file__": str(snippet.path)}
    for cell in snippet.code_cells:
        done = execute_cell(cell, snippet, namespace)
        run.cells.append(done)
        if done.error and done.error[0] != cell.raises:
            break
    run.versions = versions(snippet)
    return run


def execute_cell(cell: Cell, snippet: Snippet, namespace: dict[str, object]) -> CellRun:
    """Execute one cell and capture what Python code writes and raises."""
    folder = snippet.path.parent
    # Leading newlines give each line the number it has in the file.
    source = "\n" * (cell.line - 1) + cell.source
    # Asserts are the proof on a page, whatever PYTHONOPTIMIZE says.
    code = compile(source, snippet.path.name, "exec", optimize=0)
    stdout, stderr = io.StringIO(), io.StringIO()
    run = CellRun(cell.name)
    with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
        try:
            exec(code, namespace)  # noqa: S102 -- running snippets is the purpose
        except BaseException as error:  # noqa: BLE001 -- SystemExit too must be reported
            run.error = (type(error).__name__, stable(str(error), folder))
            below = error.__traceback__ and error.__traceback__.tb_next
            run.trace = "".join(traceback.format_exception(type(error), error, below))
    run.stdout = stable(stdout.getvalue(), folder)
    run.stderr = stable(stderr.getvalue(), folder)
    return run


def versions(snippet: Snippet) -> dict[str, str]:
    """Return the releases this run used, read from the imported modules."""
    imported = set(IMPORT.findall(snippet.text)) - sys.stdlib_module_names
    if imported & {"keras", "tf_keras"}:
        imported.add("tensorflow")  # the backend of both here
    found = {name: getattr(sys.modules.get(name), "__version__", "") for name in imported}
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"python": python} | {name: version for name, version in found.items() if version}
