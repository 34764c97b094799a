"""Snippets: jupytext percent scripts of named cells, one claim each."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.common import SNIPPETS, ProblemError, read, shown

CELL_MARKER = re.compile(r"^# %%", re.MULTILINE)
# Names become notebook cell ids and stand in `run("snippet", "cell")`.
CELL_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")
OPTIONS: dict[str, type | tuple[type, ...]] = {
    "raises": str,
    "warns": bool,
    "table": bool,
    "after": (str, list),
}
THERE_ARE = 'There are: raises="ValueError", warns=true, table=true, after="cell", after=["a", "b"]'
SETUP = "setup"
"""The cell that every other one needs, so that none has to say so."""


@dataclass(frozen=True)
class Cell:
    """One cell of a snippet."""

    name: str
    kind: str  # `code` or `markdown`
    source: str
    line: int  # of the file, on which the source begins, from 1
    raises: str = ""  # type of the exception that it must raise, where it must raise one
    warns: bool = False  # whether it must write to stderr; other cells must not
    after: tuple[str, ...] = ()  # what has to run before, beside `setup` and what those come after
    table: bool = False  # whether it prints rows, parts split by ` | `, the first line their head


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

    def before(self, name: str) -> tuple[str, ...]:
        """Return the names of the cells that have to run before one, in order."""
        wanted, found = {SETUP, name}, []
        for cell in reversed(self.code_cells):  # those that a cell comes after stand above it
            if cell.name in wanted:
                wanted |= set(cell.after)
                found.append(cell.name)
        above = found[found.index(name) + 1 :]
        return tuple(reversed(above))

    def imports(self) -> set[str]:
        """Top-level modules that the code imports; the linter sees to one on a line."""
        return set(re.findall(r"^\s*(?:import|from) (\w+)", self.text, re.MULTILINE))


def names(folder: Path = SNIPPETS) -> list[str]:
    """Return the names of all snippets, sorted."""
    return sorted(path.stem for path in folder.glob("*.py"))


def load(name: str, folder: Path = SNIPPETS) -> Snippet:
    """Read and parse one snippet.

    Raises:
        ProblemError: no such snippet, a syntax error, a cell without a name, a wrong cell option,
            a name used twice, or no heading in the first cell.
    """
    path = folder / f"{name}.py"
    if not path.is_file():
        raise ProblemError(f"{shown(path)}: no such snippet. There are: {', '.join(names(folder))}")
    text = read(path)
    try:
        ast.parse(text, str(path))
    except SyntaxError as error:
        raise ProblemError(f"{shown(path)}:{error.lineno}: {error.msg}") from error
    cells: list[Cell] = []
    for cell in _cells(path, text):
        where = f"{shown(path)}:{cell.line - 1}"
        if any(cell.name == one.name for one in cells):
            raise ProblemError(f"{where}: a second cell is called {cell.name!r}")
        if missing := set(cell.after) - {one.name for one in cells}:
            raise ProblemError(f"{where}: no cell {', '.join(sorted(missing))} above this one")
        cells.append(cell)
    if cells[0].kind != "markdown" or not cells[0].source.startswith("# "):
        raise ProblemError(
            f"{shown(path)}:1: begin with a `# %% [markdown]` cell and a `# # Title`"
        )
    return Snippet(name, path, text, tuple(cells))


def _cells(path: Path, text: str) -> Iterator[Cell]:
    # Not above: the warm server parses nothing, and in `run` Keras is imported meanwhile.
    import jupytext  # noqa: PLC0415

    lines = [text.count("\n", 0, marker.start()) + 2 for marker in CELL_MARKER.finditer(text)]
    parsed = jupytext.reads(text, fmt="py:percent").cells
    if len(lines) != len(parsed) or not text.startswith("# %%"):
        raise ProblemError(f"{shown(path)}:1: every line belongs to a cell: begin with `# %%`")
    for position, (line, raw) in enumerate(zip(lines, parsed, strict=True)):
        where = f"{shown(path)}:{line - 1}"
        options = dict(raw.metadata)
        name = options.pop("title", "")
        if "lines_to_next_cell" in options:  # jupytext's note of blank lines that are not usual
            below = "one blank line, or two where it ends with a function or a class"
            raise ProblemError(f"{where}: below this cell belongs {below}")
        if raw.cell_type == "markdown":
            name = f"text-{position}"
        elif not CELL_NAME.fullmatch(name):
            raise ProblemError(
                f"{where}: a code cell needs a name of a-z, 0-9 and hyphens: `# %% some-name`"
            )
        for option, value in options.items():
            if not isinstance(value, OPTIONS.get(option, ())):
                raise ProblemError(f"{where}: not an option of a cell: {option}. {THERE_ARE}")
        after = options.pop("after", ())
        options["after"] = (after,) if isinstance(after, str) else tuple(after)
        yield Cell(name, raw.cell_type, raw.source, line, **options)
