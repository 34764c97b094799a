"""What a page may write between double braces, and what it becomes.

    {{ run("regression-mse", "reported") }}           the code of a cell, and what it printed
    {{ run("regression-mse", "reported", "code") }}   only its code; "output" for only the other, "bars" for a drawing of it
    {{ output("regression-mse", "chosen") }}          what a cell printed, within a sentence
    {{ quote("desertnaut-mse", "0.0138") }}           words of others, checked against the kept ones;
                                                      code, with "code" as a third argument
    {{ source("is_binary = y_p_last_dim == 1") }}     a line of Keras, found by its text; where it
                                                      stands several times, within="categorical_accuracy"
    {{ releases("regression-mse") }}                  what releases answered to cases
    {{ sweep("selection") }}                          a view of the whole sweep; see sweep/verbs.py
    {{ pitfalls() }}                                  the list of all pitfall pages

All but `output` and figures of the sweep have a line to themselves, or stand in a sentence as well.
"""

import html
import re
from collections.abc import Callable
from typing import Any

from generator.common import DATA, DOCS, ProblemError, once, read, read_json, shown
from generator.record import recordings, sources
from generator.render import blocks, pages, search
from generator.render.sheet import Call, Sheet, calls
from generator.sweep import verbs as swept

QUOTATIONS = DATA / "quotations.json"
TICKS = re.compile(r"`([^`]+)`")


def expand(markdown: str, sheet: Sheet) -> str:
    """Answer the calls of one page; a `ProblemError` names page and line of one that cannot be."""
    lines = markdown.split("\n")
    for position, line in enumerate(lines):
        try:
            for call in calls(line):
                lines[position] = lines[position].replace(call.text, answer(call, sheet), 1)
        except ProblemError as error:
            # The Markdown here has lost its front matter.
            where = read(sheet.path).split("\n").index(line) + 1
            raise ProblemError(f"{shown(sheet.path)}:{where}: {line.strip()}: {error}") from error
    return "\n".join(lines)


def answer(call: Call, sheet: Sheet) -> str:
    """Return what a call becomes; a `ProblemError` says why it cannot be answered."""
    if call.verb not in VERBS:
        raise ProblemError(f"no verb {call.verb!r}; there are: {', '.join(VERBS)}")
    sheet.alone = call.alone
    try:
        text = VERBS[call.verb](*call.arguments, place=sheet, **call.options)
    except TypeError as error:
        raise ProblemError(f"cannot be read as a call of {call.verb}: {error}") from error
    # A block ends the paragraph above it, and begins none below.
    return f"\n{text}\n" if call.alone else text


def _printed(name: str, cell: str) -> str:
    if not (text := recordings.load(name).cell(cell).text):
        raise ProblemError(f"cell {cell!r} of {name!r} prints nothing")
    return text


def run(name: str, cell: str, part: str = "", *, fresh: bool = False, place: Sheet) -> str:
    """Show the code of a cell, below it what it printed.

    Above it is folded what it needs and the page has not shown. Where the page has put something
    else under a name since, `fresh=True` folds all of it; `make verify` copies each page and says.
    """
    if not place.alone:
        raise ProblemError("code and its output stand alone on their line; in a line: output(…)")
    if part not in {"", "code", "output", "bars"}:
        raise ProblemError(f"the part of a run is code, output or bars, not {part!r}")
    found, made = recordings.load(name), ""
    if part in {"", "code"}:
        needed = [found.cell(one).source for one in place.lacking(name, cell, fresh=fresh)]
        plain = blocks.code("\n\n".join(needed), "text")  # colours would double the page
        made += blocks.fold("The code that this needs", plain) if needed else ""
        made += blocks.code(found.cell(cell).source)
    if part != "code":
        made += _shown(name, cell, place, drawn=part == "bars")
    return place.put(made)


def _shown(name: str, cell: str, place: Sheet, *, drawn: bool) -> str:
    text, mark, link = _printed(name, cell), f"{name}:{cell}", place.link(name, cell)
    if not recordings.load(name).cell(cell).table:
        return blocks.output(mark, text, link)
    rows = [[part.strip() for part in line.split(" | ")] for line in text.splitlines()]
    if len({len(row) for row in rows}) != 1 or len(rows) < 2 or len(rows[0]) < 2:
        raise ProblemError(f"cell {cell!r} of {name!r} does not print a table")
    return (blocks.bars if drawn else blocks.table)(mark, rows, link)


def output(name: str, cell: str, *, place: Sheet) -> str:
    """Put what a cell printed into a sentence."""
    text = _printed(name, cell)
    if place.alone or "\n" in text:
        raise ProblemError("output stands in a sentence and is one line; as a block: run(…)")
    return place.put(blocks.within(f"{name}:{cell}", text, "code", place.link(name, cell)))


@once
def quotations() -> dict[str, dict[str, Any]]:
    """Return the words of others, which are kept whole and apart from what was executed here."""
    return {kept["id"]: kept for kept in read_json(QUOTATIONS)}


def quote(name: str, text: str, form: str = "words", *, place: Sheet) -> str:
    """Show words or code of others, marked as such and linked to where they are from."""
    if form not in {"words", "code"}:
        raise ProblemError(f"the form of a quotation is words or code, not {form!r}")
    if name not in quotations():
        raise ProblemError(f"no {name!r} in {shown(QUOTATIONS)}: {', '.join(quotations())}")
    found = quotations()[name]
    if not any(text in kept for kept in found["texts"]):
        raise ProblemError(f"{shown(QUOTATIONS)}: the texts of {name!r} do not hold {text!r}")
    said = TICKS.sub(r"<code>\1</code>", html.escape(text if form == "words" else f"`{text}`"))
    url, author, title = (html.escape(found[part]) for part in ("url", "author", "title"))
    link, mark = f'<a href="{url}">{author}</a>', f'class="quoted" data-quoted="{name}"'
    if not place.alone:
        return place.put(f"<q {mark}>{said}</q> (quoted from {link})")
    footer = f"<footer>{link}, <cite>{title}</cite></footer>"
    return place.put(f"<blockquote {mark}><p>{said}</p>{footer}</blockquote>")


def source(text: str, within: str = "", *, place: Sheet) -> str:
    """Link a line of Keras' source, in the release that the recordings were made with."""
    link = sources.load().get((text, within))
    if link is None:
        raise ProblemError("this line of Keras is not recorded yet: make record")
    return place.put(f'<a href="{html.escape(link.url)}"><code>{html.escape(text)}</code></a>')


def pitfalls(*, place: Sheet) -> str:
    """List the pitfall pages by code, with what a reader may look for: symptoms without their cure."""
    lines = []
    for page in pages.load("pitfalls"):
        head, link = page.meta, page.path.relative_to(DOCS)
        facts = [head["code"], *map("number {}".format, head.get("numbers", [])), *head["metrics"]]
        facts += [f"{each['y_true']} with {each['y_pred']}" for each in head["shapes"]]
        if asked := head.get("releases"):
            facts += [VERBS["releases"](asked["case"], answer=asked["answer"], place=place)]
        title = html.escape(head["title"], quote=False)
        lines += [f"- [{title}](/{link}) <small>{' · '.join(facts)}</small>"]
        for symptom in head["symptoms"]:
            lines += [f"    - {search.CURE.sub(r'\1\2', search.LINK.sub(r'\1', symptom))}"]
    return "\n".join(lines)


VERBS: dict[str, Callable[..., str]] = {
    verb.__name__: verb for verb in (run, output, quote, source, pitfalls)
} | swept.VERBS
