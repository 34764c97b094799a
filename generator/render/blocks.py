"""What was recorded, as HTML: code, output and tables, each linked to the cell it is from.

The attribute `data-recorded` tells it from what is typed: `snippet:cell`, or `versions:case`.
"""

import html
import json
import re

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

SHAPE = re.compile(r"\(N,[^)]*\)")
WRITTEN = re.compile(r"<table>(\s*<thead>.*?</thead>)", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
HEADS = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)


def _label(link: str) -> str:
    """Return a link to the cell that printed something; what releases answered has none."""
    return f'<a class="by-run" href="{link}">Printed by the run</a>' if link else ""


def code(source: str, language: str = "python") -> str:
    """Return highlighted code, as Markdown's own blocks of code look."""
    formatter = HtmlFormatter(cssclass=f"language-{language} highlight", wrapcode=True)
    return str(highlight(source, get_lexer_by_name(language), formatter))


def fold(summary: str, content: str) -> str:
    """Return something folded under a line that opens it."""
    return f'<details class="needed"><summary>{summary}</summary>\n{content}</details>\n'


def output(mark: str, text: str, link: str) -> str:
    """Return what a cell printed, as a block."""
    # Focusable, because long lines scroll sideways and a keyboard must be able to do that.
    return (
        f'<div class="recorded" data-recorded="{html.escape(mark)}">{_label(link)}<pre tabindex="0" '
        f'role="group" aria-label="Output"><samp>{html.escape(text)}</samp></pre></div>'
    )


def within(mark: str, text: str, tag: str = "span", link: str = "") -> str:
    """Return something recorded that stands in a sentence."""
    inner = f'<{tag} data-recorded="{html.escape(mark)}">{html.escape(text)}</{tag}>'
    return f'<a class="by-run" href="{link}">{inner}</a>' if link else inner


def table(mark: str, lines: list[list[str]], link: str = "") -> str:
    """Return lines as a table that says where it is from; the first line is its head.

    A line that begins with nothing goes on under the first cell of the line above it.
    """
    head, *body = lines
    heads = [position for position, line in enumerate(body) if line[0]]
    ends = [*heads[1:], len(body)]
    spans = dict(zip(heads, (b - a for a, b in zip(heads, ends, strict=True)), strict=True))
    rows = [_row(line, "td", spans.get(position, 0)) for position, line in enumerate(body)]
    # Blanks between cells, or the search takes a row for one word. It can be focused, because wide
    # tables scroll sideways and a keyboard must be able to do that.
    return (
        f'<div class="recorded" data-recorded="{html.escape(mark)}" tabindex="0" role="group" '
        f'aria-label="Table">{_label(link)}<table class="recorded-table" {_heads(head)}><thead>'
        f"{_row(head, 'th', 1)}</thead> <tbody>{' '.join(rows)}</tbody></table></div>"
    )


def bars(mark: str, lines: list[list[str]], link: str = "") -> str:
    """Draw a table: to each row a bar as long as its second cell, and a dashed line at its third.

    Where there is a fourth, which says what the bar is, it goes from the second to the third.
    """
    head, *body = lines
    spans = bool(head[3:])
    left, room, step = (0, 99, 36) if spans else (35, 50, 22)  # a span has a line for its words
    values = [[*[0.0][spans:], *map(float, row[1:3])] for row in body]
    low, high = min(map(min, values)), max(map(max, values))
    drawn, height, mark = "", step * len(body), html.escape(mark)
    for y, row, numbers in zip(range(15, height, step), body, values, strict=True):
        zero, end, *rest = (left + room * (one - low) / (high - low) for one in numbers)
        words, value = (": ".join([row[0], row[3]]), "") if spans else row[:2]
        bar = f'x="{min(zero, end):.1f}%" y="{y - 12 + 17 * spans}" width="{abs(end - zero):.1f}%"'
        drawn += f'<text y="{y}">{html.escape(words)}</text><rect {bar} height="{16 - 8 * spans}"/>'
        drawn += f'<text x="{max(zero, end, *rest) + 1:.1f}%" y="{y}">{html.escape(value)}</text>'
        for x in rest:
            drawn += f'<line x1="{x:.1f}%" x2="{x:.1f}%" y1="{y - 15}" y2="{y + 7}"/>'
    said = "; ".join(", ".join(map(" ".join, zip(head, row, strict=True))) for row in body)
    keys = zip("▬┆", head[1 : 3 - spans], strict=False)
    key = " · ".join(f"{a} {html.escape(b)}" for a, b in keys)
    svg = f'<svg role="img" height="{height}" aria-label="{html.escape(said)}">{drawn}</svg>'
    return f'<div class="recorded" data-recorded="{mark}">{_label(link)}{svg}<p>{key}</p></div>'


def _heads(head: list[str]) -> str:
    """Return what names the columns where a phone shows them below each other, the last first."""
    named = (f"--c{n}:{json.dumps(one)}" for n, one in enumerate(reversed(head[1:]), 1))
    return f'style="{html.escape(";".join(named))}"'


def stacked(page: str) -> str:
    """Name the columns of the tables that Markdown made, as those of recorded ones are."""

    def named(one: re.Match[str]) -> str:
        heads = (html.unescape(TAGS.sub("", head)) for head in HEADS.findall(one[1]))
        return f"<table {_heads(list(heads))}>{one[1]}"

    return WRITTEN.sub(named, page)


def _row(parts: list[str], tag: str, span: int) -> str:
    """Return a row; the first cell names it, and spans as many rows as said, or is left out."""
    first, *rest = parts
    scope = ' scope="col"' if tag == "th" else ""
    cells = [f"<{tag}{scope}>{_cell(part)}</{tag}>" for part in rest]
    if span:
        rows = f' rowspan="{span}"' if span > 1 else ""
        cells.insert(0, f"<th{scope or ' scope="row"'}{rows}>{_cell(first)}</th>")
    return f"<tr>{' '.join(cells)}</tr>"


def _cell(text: str) -> str:
    """Keep a shape on one line."""
    whole = SHAPE.sub(lambda shape: shape[0].replace(" ", "\N{NO-BREAK SPACE}"), text)
    return html.escape(whole)
