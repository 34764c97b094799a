"""Snippets: jupytext percent scripts of named cells, one claim each."""

import ast
import functools
import re
from dataclasses import dataclass
from pathlib import Path

from generator.errors import ProblemError
from generator.paths import SNIPPETS, shown

CELL_MARKER = re.compile(r"^# %%", re.MULTILINE)
# Names become notebook cell ids and stand in `output("snippet", "cell")`.
CELL_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")
CELL_OPTIONS = {"raises", "warns"}


@dataclass(frozen=True)
class Cell:
    """One cell of a snippet."""

    name: str
    kind: str
    """`code` or `markdown`."""
    source: str
    line: int
    """Line of the file on which the source begins, from 1."""
    raises: str | None
    """Name of the exception type that this cell must raise, where it must raise one."""
    warns: bool
    """Whether this cell must write to stderr, as a warning does; other cells must not."""


@dataclass(frozen=True)
class Snippet:
    """One script below `snippets/`, parsed."""

    name: str
    path: Path
    text: str
    cells: tuple[Cell, ...]

    @property
    def code_cells(self) -> tuple[Cell, ...]:
        """The cells that are executed."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @property
    def title(self) -> str:
        """The heading of the first cell, in plain text."""
        return self.cells[0].source.splitlines()[0].removeprefix("# ")

    def imports(self) -> set[str]:
        """Top-level modules that the code cells import."""
        found: set[str] = set()
        for node in ast.walk(ast.parse(self.text)):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
        return found


def names(folder: Path = SNIPPETS) -> list[str]:
    """Return the names of all snippets, sorted."""
    return sorted(path.stem for path in folder.glob("*.py"))


def path_of(name: str, folder: Path = SNIPPETS) -> Path:
    """Return where a snippet is kept."""
    return folder / f"{name}.py"


def read(name: str, folder: Path = SNIPPETS) -> str:
    """Return the text of one snippet.

    Raises:
        ProblemError: there is none of that name.

    """
    path = path_of(name, folder)
    if not path.is_file():
        raise ProblemError(f"{shown(path)}: no such snippet. There are: {', '.join(names(folder))}")
    return path.read_text(encoding="utf-8")


def load(name: str, folder: Path = SNIPPETS) -> Snippet:
    """Read and parse one snippet.

    Raises:
        ProblemError: no such snippet, a syntax error, a cell without a name, an unknown cell
            option, a name used twice, or no heading in the first cell.

    """
    return _parse(name, path_of(name, folder), read(name, folder))


# Runs and pages ask for the same files again; the text in the key keeps this right.
@functools.lru_cache(maxsize=1024)
def _parse(name: str, path: Path, text: str) -> Snippet:
    try:
        ast.parse(text, str(path))
    except SyntaxError as error:
        raise ProblemError(f"{shown(path)}:{error.lineno}: {error.msg}") from error

    # Not above: the warm server parses nothing, and in `run` Keras is imported meanwhile.
    import jupytext  # noqa: PLC0415

    lines = [text.count("\n", 0, marker.start()) + 2 for marker in CELL_MARKER.finditer(text)]
    parsed = jupytext.reads(text, fmt="py:percent").cells
    if len(lines) != len(parsed) or not text.startswith("# %%"):
        raise ProblemError(f"{shown(path)}:1: every line belongs to a cell: begin with `# %%`")

    cells: list[Cell] = []
    for position, (line, raw) in enumerate(zip(lines, parsed, strict=True)):
        where = f"{shown(path)}:{line - 1}"
        options = {key: value for key, value in raw.metadata.items() if key != "title"}
        if "lines_to_next_cell" in options:  # jupytext's note of blank lines that are not usual
            below = "one blank line, or two where it ends with a function or a class"
            raise ProblemError(f"{where}: below this cell belongs {below}")
        if unknown := set(options) - CELL_OPTIONS:
            raise ProblemError(f"{where}: unknown cell option {', '.join(sorted(unknown))}")
        cell_name = raw.metadata.get("title", "")
        if raw.cell_type == "markdown":
            cell_name = f"text-{position}"
        elif not CELL_NAME.fullmatch(cell_name):
            raise ProblemError(
                f"{where}: a code cell needs a name of a-z, 0-9 and hyphens: `# %% some-name`"
            )
        if any(cell_name == cell.name for cell in cells):
            raise ProblemError(f"{where}: a second cell is called {cell_name!r}")
        cells.append(
            Cell(
                name=cell_name,
                kind=raw.cell_type,
                source=raw.source,
                line=line,
                raises=options.get("raises"),
                warns=bool(options.get("warns")),
            )
        )
    if cells[0].kind != "markdown" or not cells[0].source.startswith("# "):
        raise ProblemError(
            f"{shown(path)}:1: begin with a `# %% [markdown]` cell and a `# # Title`"
        )
    return Snippet(name, path, text, tuple(cells))
