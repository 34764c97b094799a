"""A table as HTML, for what snippets print and for what the sweep found."""

import html
import re

# A long name breaks between its words on a phone, not within one.
LONG = re.compile(r"\S{16,}")
BETWEEN = re.compile(r"(?<=\w[_.(=])(?=\w)|(?<=[a-z])(?=[A-Z])")


def render(mark: str, lines: list[list[str]]) -> str:
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
        f'aria-label="Table"><table class="recorded-table"><thead>{_row(head, "th", 1)}</thead> '
        f"<tbody>{' '.join(rows)}</tbody></table></div>"
    )


def _row(parts: list[str], tag: str, span: int) -> str:
    """Return a row; the first cell names it, and spans as many rows as said, or is left out."""
    first, *rest = parts
    scope = ' scope="col"' if tag == "th" else ""
    cells = [f"<{tag}{scope}>{_breaking(part)}</{tag}>" for part in rest]
    if span:
        rows = f' rowspan="{span}"' if span > 1 else ""
        cells.insert(0, f"<th{scope or ' scope="row"'}{rows}>{_breaking(first)}</th>")
    return f"<tr>{' '.join(cells)}</tr>"


def _breaking(text: str) -> str:
    return LONG.sub(lambda long: BETWEEN.sub("<wbr>", long[0]), html.escape(text))
