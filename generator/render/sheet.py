"""A page while its calls are answered: the grammar of calls, and where recorded parts wait.

What was recorded does not go into the Markdown: a sign stands for it there, and `filled` puts it in
when the Markdown has become HTML, so no output can be read as markup.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.common import DOCS, ProblemError, read, shown
from generator.record import recordings
from generator.render import blocks

START, END = "\ue000", "\ue001"  # for private use: no page holds them
SIGN = re.compile(f"(<p>)?{START}(\\d+){END}(?(1)</p>)")
CALL = re.compile(r"\{\{\s*(\w+)\((.*?)\)\s*\}\}")
ANY_BRACES = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True)
class Call:
    """One use of a verb on a page."""

    verb: str
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    text: str  # as it is written
    alone: bool  # whether it has a line to itself


def calls(line: str) -> Iterator[Call]:
    """Read the calls of one line; a `ProblemError` says what in double braces is no call."""
    for match in CALL.finditer(line):
        try:
            node = ast.parse(f"f({match[2]})", mode="eval").body
            assert isinstance(node, ast.Call)
            arguments = tuple(ast.literal_eval(one) for one in node.args)
            options = {str(one.arg): ast.literal_eval(one.value) for one in node.keywords}
        except (ValueError, SyntaxError) as error:
            raise ProblemError(f"cannot be read as a call: {match[0]}") from error
        yield Call(match[1], arguments, options, match[0], alone=line.strip() == match[0])
    if ANY_BRACES.search(CALL.sub("", line)):
        raise ProblemError('not a call; calls look like {{ run("snippet", "cell") }}')


def every_call() -> Iterator[tuple[Path, int, Call]]:
    """Yield each call on a page: the page, the line, the call; a `ProblemError` names both."""
    for page in sorted(DOCS.rglob("*.md")):
        for number, line in enumerate(read(page).split("\n"), 1):
            try:
                yield from ((page, number, call) for call in calls(line))
            except ProblemError as error:
                raise ProblemError(f"{shown(page)}:{number}: {error}") from error


def lines_of_keras() -> dict[tuple[str, str], str]:
    """Return the lines of Keras that pages link, each with what tells its place -> a page."""
    return {
        (*call.arguments, call.options.get("within", ""))[:2]: f"{shown(page)}:{number}"
        for page, number, call in every_call()
        if call.verb == "source"
    }


@dataclass
class Sheet:
    """A page while its calls are answered."""

    path: Path
    root: str = ""  # the way from the page's address to the root of the site
    alone: bool = False  # whether the call under way has a line to itself
    parts: list[str] = field(default_factory=list)  # what goes into the HTML
    ran: set[tuple[str, str]] = field(default_factory=set)  # by whoever copies the page

    def put(self, part: str) -> str:
        """Keep a piece of HTML for later, and return the sign that stands for it in Markdown."""
        self.parts.append(part)
        return f"{START}{len(self.parts) - 1}{END}"

    def table(self, mark: str, rows: list[list[str]]) -> str:
        """Put a table of the sweep in, folded where it is not what the page is about."""
        made, whole = blocks.table(mark, rows), self.path.parent.name == "versions"
        return self.put(made if whole else blocks.fold("Every release", made))

    def text(self, mark: str, text: str, tag: str = "span") -> str:
        """Put text of the sweep into a sentence."""
        return self.put(blocks.within(mark, text, tag))

    def bars(self, mark: str, rows: list[list[str]]) -> str:
        """Draw a table of the sweep."""
        return self.put(blocks.bars(mark, rows))

    def lacking(self, name: str, cell: str, *, fresh: bool = False) -> list[str]:
        """Return which cells have to run before one that is shown next, and count all as run."""
        needed = recordings.load(name).cell(cell).after
        lacking = [one for one in needed if fresh or (name, one) not in self.ran]
        self.ran |= {(name, one) for one in (*lacking, cell)}
        return lacking

    def link(self, name: str, cell: str) -> str:
        """Return the address of a cell in its recorded run."""
        return f"{self.root}notebooks/{name}/#cell-id={cell}"

    def filled(self, content: str) -> str:
        """Put what was kept into the HTML that the Markdown has become."""
        return SIGN.sub(lambda sign: self.parts[int(sign[2])], blocks.stacked(content))
