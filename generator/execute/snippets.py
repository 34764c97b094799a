"""Snippets: jupytext percent scripts of named cells, one claim each."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from generator.common import SNIPPETS, ProblemError, read, shown

CELL_MARKER = re.compile(r"^# %%", re.MULTILINE)
# Names become notebook cell ids and stand in `run("snippet", "cell")`.
CELL_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")
OPTIONS = {"raises": (str,), "warns": (bool,), "table": (bool,), "after": (str, list)}
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
    after: tuple[str, ...] = ()  # all that has to run before it, in order
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
    cells = _cells(path, text)
    if cells[0].kind != "markdown" or not cells[0].source.startswith("# "):
        begin = "begin with a `# %% [markdown]` cell and a `# # Title`"
        raise ProblemError(f"{shown(path)}:1: {begin}")
    return Snippet(name, path, text, cells)


def _cells(path: Path, text: str) -> tuple[Cell, ...]:
    # Not above: the warm server parses nothing, and in `run` Keras is imported meanwhile.
    import jupytext  # noqa: PLC0415

    lines = [text.count("\n", 0, marker.start()) + 2 for marker in CELL_MARKER.finditer(text)]
    parsed = jupytext.reads(text, fmt="py:percent").cells
    if len(lines) != len(parsed) or not text.startswith("# %%"):
        raise ProblemError(f"{shown(path)}:1: every line belongs to a cell: begin with `# %%`")
    cells: dict[str, Cell] = {}
    for line, raw in zip(lines, parsed, strict=True):
        where = f"{shown(path)}:{line - 1}"
        options = dict(raw.metadata)
        name = options.pop("title", "")
        if "lines_to_next_cell" in options:  # jupytext's note of blank lines that are not usual
            below = "one blank line, or two where it ends with a function or a class"
            raise ProblemError(f"{where}: below this cell belongs {below}")
        if raw.cell_type == "markdown":
            name = f"text-{len(cells)}"
        elif not CELL_NAME.fullmatch(name):
            raise ProblemError(
                f"{where}: a code cell needs a name of a-z, 0-9 and hyphens: `# %% some-name`"
            )
        for option, value in options.items():
            if not isinstance(value, OPTIONS.get(option, ())):
                raise ProblemError(f"{where}: not an option of a cell: {option}. {THERE_ARE}")
        if name in cells:
            raise ProblemError(f"{where}: a second cell is called {name!r}")
        after = options.pop("after", [])
        named = {after} if isinstance(after, str) else set(after)
        if missing := named - cells.keys():
            raise ProblemError(f"{where}: no cell {', '.join(sorted(missing))} above this one")
        named |= {SETUP} if raw.cell_type == "code" else set()
        needed = named.union(*(cells[one].after for one in named & cells.keys()))
        options["after"] = tuple(one for one in cells if one in needed)
        cells[name] = Cell(name, raw.cell_type, raw.source, line, **options)
    return tuple(cells.values())
