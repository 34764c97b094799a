"""What a page may write between double braces, and the HTML it becomes.

    {{ code("regression-mse", "reported") }}      the code of a cell, below what it needs, folded
    {{ output("regression-mse", "reported") }}    what the cell printed
    {{ table("accuracy", "matrix") }}             the same, as a table: cells split by ` | `
    {{ quote("desertnaut-mse", "0.0138") }}       words of others, checked against the kept ones;
                                                  code, with "code" as a third argument
    {{ pitfalls() }}                              the list of all pitfall pages
    {{ versions("regression-mse") }}              what each release answered to a case, or to several
    {{ answers("top-k-*", "regression-mse") }}    some cases with each answer, and who gives it
    {{ changed("regression-mse", "keras") }}      when the answer changed within a lineage
    {{ message("top-k-zero", "keras-2.0.4") }}    the words of the error that a release answered
    {{ swept("cases") }}                          how many there are; so for environments, cells …
    {{ timeline("keras", "3.") }}                 what each release of a lineage changed
    {{ always() }}                                the cases that never changed
    {{ differences("keras", "backend") }}         the cases on which the newest of lineages differ
    {{ selection() }}                             what 'accuracy' becomes for every pair of shapes
    {{ spellings() }}                             the same for its other spellings, by release
    {{ spellings_by_loss("loop") }}               and by loss, where every combination was run

A call alone on its line becomes a block, one within a line stays in the line.
"""

import ast
import functools
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator import needs, pages, quotations, recordings, snippets
from generator.errors import ProblemError
from generator.paths import shown
from generator.table import render
from generator.versions import history, selection, tables

CALL = re.compile(r"\{\{\s*(?P<function>\w+)\((?P<arguments>[^{}]*)\)\s*\}\}")
# Markdown would read these within a line as emphasis, a link, code or the end of a table cell.
LITERAL = str.maketrans({sign: f"&#{ord(sign)};" for sign in r"\`*_[]|"})
SHAPE = re.compile(r"\(N,[^)]*\)")
ANY_BRACES = re.compile(r"\{\{.*?\}\}")


@dataclass(frozen=True)
class Place:
    """Where a call stands on its page."""

    alone: bool
    """Whether it has a line to itself."""
    state: needs.State
    """Where the code that the page has shown above leaves whoever copies it."""


def expand(markdown: str, path: Path) -> str:
    """Replace the calls of one page.

    Raises:
        ProblemError: naming the page and the line of a call that cannot be answered.

    """
    lines = markdown.split("\n")
    state: needs.State = {}
    for position, line in enumerate(lines):
        try:
            lines[position] = _expand_line(line, state)
        except ProblemError as error:
            where = _line_in_file(line, path)
            raise ProblemError(f"{shown(path)}:{where}: {line.strip()}: {error}") from error
    return "\n".join(lines)


def snippets_in(markdown: str) -> set[str]:
    """Return the names of the snippets whose recordings a page puts in.

    Other calls may name a case of the sweep that is called like a snippet.
    """
    calls = CALL.finditer(markdown)
    return {
        ast.literal_eval(f"({call['arguments']},)")[0]
        for call in calls
        if call["function"] in OF_RECORDINGS
    }


def _line_in_file(line: str, path: Path) -> int:
    """Find the line in the file; the Markdown here has lost its front matter."""
    return path.read_text(encoding="utf-8").split("\n").index(line) + 1


def _expand_line(line: str, state: needs.State) -> str:
    place = Place(CALL.fullmatch(line.strip()) is not None, state)

    def answer(match: re.Match[str]) -> str:
        name = match["function"]
        if name not in FUNCTIONS:
            raise ProblemError(f"no function {name!r}; there are: {', '.join(FUNCTIONS)}")
        try:
            arguments = ast.literal_eval(f"({match['arguments']},)" if match["arguments"] else "()")
            return FUNCTIONS[name](*arguments, place=place)
        except (TypeError, ValueError, SyntaxError) as error:
            raise ProblemError(f"cannot be read as a call of {name}: {error}") from error

    replaced = CALL.sub(answer, line)
    if not CALL.search(line) and ANY_BRACES.search(line):
        raise ProblemError('not a call; calls look like {{ output("snippet", "cell") }}')
    return replaced


def _cell(name: str, cell: str) -> recordings.Output:
    """Return one recorded cell, and refuse a recording that its snippet has outgrown."""
    recording = recordings.load(name)
    if problems := recordings.outdated(snippets.load(name), recording):
        raise ProblemError(problems[0])
    if cell not in recording.cells:
        raise ProblemError(f"no cell {cell!r} in {name!r}: {', '.join(recording.cells)}")
    return recording.cells[cell]


def _printed(name: str, cell: str) -> str:
    text = _cell(name, cell).text
    if not text:
        raise ProblemError(f"cell {cell!r} of {name!r} prints nothing")
    return text


def code(name: str, cell: str, *, place: Place) -> str:
    """Show the code of a cell, and above it, folded, what it needs and the page does not leave."""
    if not place.alone:
        raise ProblemError("code stands alone on its line")
    source = _cell(name, cell).source
    hidden = [one.source for one in needs.missing(snippets.load(name), cell, place.state)]
    for one in [*hidden, source]:
        needs.run(place.state, one)
    if not hidden:
        return _fenced(source)
    # Not searched, since setups are much alike; not coloured, since colours double the page.
    return (
        '<details class="needed" data-search-exclude markdown>'
        "<summary>The code that this needs</summary>\n\n"
        f"{_fenced('\n\n'.join(hidden), 'text')}\n\n</details>\n\n{_fenced(source)}"
    )


def _fenced(source: str, language: str = "python") -> str:
    return f"```{language}\n{source}\n```"


def output(name: str, cell: str, *, place: Place) -> str:
    """Show what a cell printed."""
    text, mark = html.escape(_printed(name, cell)), f'data-recorded="{name}:{cell}"'
    if place.alone:
        # Focusable, because long lines scroll sideways and a keyboard must be able to do that.
        return (
            f'<div class="recorded" {mark}><pre tabindex="0" role="group" '
            f'aria-label="Output"><samp>{text}</samp></pre></div>'
        )
    if "\n" in text:
        raise ProblemError("an output of several lines stands alone on its line")
    return f'<code class="recorded" {mark}>{text.translate(LITERAL)}</code>'


def table(name: str, cell: str, *, place: Place) -> str:
    """Show what a cell printed as a table: the first line its head, cells split by a bar."""
    if not place.alone:
        raise ProblemError("a table stands alone on its line")
    rows = [
        [SHAPE.sub(_unbroken, part.strip()) for part in line.split(" | ")]
        for line in _printed(name, cell).splitlines()
    ]
    if len({len(row) for row in rows}) != 1 or len(rows) < 2 or len(rows[0]) < 2:
        raise ProblemError(f"cell {cell!r} of {name!r} does not print a table")

    return render(f"{name}:{cell}", rows)


def _unbroken(shape: re.Match[str]) -> str:
    """Keep a shape on one line."""
    return shape[0].replace(" ", "\N{NO-BREAK SPACE}")


def quote(source: str, text: str, form: str = "words", *, place: Place) -> str:
    """Show words or code of others, marked as such and linked to where they are from."""
    if form not in {"words", "code"}:
        raise ProblemError(f"the form of a quotation is words or code, not {form!r}")
    found = quotations.find(source, text)
    shown_text = html.escape(text) if form == "words" else f"<code>{html.escape(text)}</code>"
    link = f'<a href="{html.escape(found.url)}">{html.escape(found.author)}</a>'
    mark = f'data-quoted="{source}"'
    if place.alone:
        title = html.escape(found.title)
        return (
            f'<blockquote class="quoted" {mark}><p>{shown_text}</p>'
            f"<footer>{link}, <cite>{title}</cite></footer></blockquote>"
        )
    return f'<q class="quoted" {mark}>{shown_text}</q> (quoted from {link})'


def pitfalls(*, place: Place) -> str:
    """List the pitfall pages in the order of their codes."""
    if not place.alone:
        raise ProblemError("the list stands alone on its line")
    return "\n".join(
        f"- [{page.meta['title']}](/{page.path.relative_to(page.path.parent.parent)}) "
        f"<small>{page.meta['code']}</small><br>{page.meta['description']}"
        for page in pages.load("pitfalls")
    )


def versions(*names: str, place: Place) -> str:
    """Show what the releases of Keras answered to some cases, and the command that asks again."""
    if not place.alone:
        raise ProblemError("a table stands alone on its line")
    if not names:
        raise ProblemError("names no case of snippets/versions/cases/")
    asked = tables.command(names, tables.witnesses(names))
    return f"{tables.by_version(names)}\n\n{tables.again(asked)}"


def answers(*patterns: str, place: Place) -> str:
    """Show each answer to some cases with the releases that give it, and how to ask again."""
    if not place.alone:
        raise ProblemError("a table stands alone on its line")
    asked = tables.command(patterns, tables.witnesses(patterns))
    return f"{tables.answers(*patterns)}\n\n{tables.again(asked)}"


def changed(name: str, lineage: str, *, place: Place) -> str:
    """Say when the answer to a case changed within a lineage."""
    del place
    said = html.escape(history.changed(name, lineage))
    return f'<span data-recorded="versions:{name}">{said}</span>'


def message(name: str, environment: str, *, place: Place) -> str:
    """Put the message of the error that an environment answered to a case into a sentence."""
    del place
    text = html.escape(tables.message(name, environment)).translate(LITERAL)
    return f'<code data-recorded="versions:{name}">{text}</code>'


def swept(what: str, *, place: Place) -> str:
    """Put a figure of the sweep into a sentence."""
    del place
    return f'<span data-recorded="versions:{what}">{history.figure(what)}</span>'


def _whole(made: Callable[..., str], *arguments: str, place: Place) -> str:
    """Show a table that fills a block."""
    if not place.alone:
        raise ProblemError("a table stands alone on its line")
    return made(*arguments)


WHOLE: dict[str, Callable[..., str]] = {
    "timeline": history.timeline,
    "always": history.always,
    "differences": tables.differences,
    "selection": selection.whole,
    "spellings": selection.spellings,
    "spellings_by_loss": selection.spellings_by_loss,
}
OF_RECORDINGS = {"code", "output", "table"}
SHOWN = (code, output, table, quote, pitfalls, versions, answers, changed, message, swept)
FUNCTIONS: dict[str, Callable[..., str]] = {function.__name__: function for function in SHOWN}
FUNCTIONS |= {name: functools.partial(_whole, made) for name, made in WHOLE.items()}
