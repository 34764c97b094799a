"""What was recorded, as HTML: code, output and tables, each linked to the cell it is from."""

import html
import re

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

# Plain names, blanks and punctuation have the colour of the text around them, or nearly so.
UNCOLOURED = re.compile(r'<span class="(?:n|nn|p|w)">([^<]*)</span>')
# A long name breaks between its words on a phone, not within one.
LONG = re.compile(r"\S{16,}")
BETWEEN = re.compile(r"(?<=\w[_.(=])(?=\w)|(?<=[a-z])(?=[A-Z])")
SHAPE = re.compile(r"\(N,[^)]*\)")


def _from(mark: str) -> str:
    """Return the attribute that tells recorded from typed: `snippet:cell`, or `versions:case`."""
    return f'data-recorded="{html.escape(mark)}"'


def _label(link: str) -> str:
    """Return a link to the cell that printed something; what releases answered has none."""
    words = "Printed by the run</a>"  # not searched: it stands above each output
    return f'<a class="by-run" href="{link}" data-search-exclude>{words}' if link else ""


def code(source: str, language: str = "python") -> str:
    """Return highlighted code, as Markdown's own blocks of code look."""
    formatter = HtmlFormatter(cssclass=f"language-{language} highlight", wrapcode=True)
    made = str(highlight(source, get_lexer_by_name(language), formatter))
    return UNCOLOURED.sub(r"\1", made)


def folded(sources: list[str]) -> str:
    """Return the code that a block of code needs, folded above it."""
    if not sources:
        return ""
    # Not searched, since setups are much alike; not coloured, since colours double the page.
    return (
        '<details class="needed" data-search-exclude><summary>The code that this needs</summary>\n'
        f"{code('\n\n'.join(sources), 'text')}</details>\n"
    )


def output(mark: str, text: str, link: str) -> str:
    """Return what a cell printed, as a block."""
    # Focusable, because long lines scroll sideways and a keyboard must be able to do that.
    return (
        f'<div class="recorded" {_from(mark)}>{_label(link)}<pre tabindex="0" '
        f'role="group" aria-label="Output"><samp>{html.escape(text)}</samp></pre></div>'
    )


def within(mark: str, text: str, tag: str = "span", link: str = "") -> str:
    """Return something recorded that stands in a sentence."""
    inner = f"<{tag} {_from(mark)}>{html.escape(text)}</{tag}>"
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
        f'<div class="recorded" {_from(mark)} tabindex="0" role="group" aria-label="Table">'
        f'{_label(link)}<table class="recorded-table"><thead>{_row(head, "th", 1)}</thead> '
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
    """Keep a shape on one line, and let a long name break between its words."""
    whole = SHAPE.sub(lambda shape: shape[0].replace(" ", "\N{NO-BREAK SPACE}"), text)
    return LONG.sub(lambda long: BETWEEN.sub("<wbr>", long[0]), html.escape(whole))
