"""No number on a page that a run did not print, nobody is quoted for, and is no constant."""

import re

import pytest
from bs4 import BeautifulSoup

from generator.paths import DOCS

# Names that hold a number, and say nothing that a run could have printed.
NAMES = re.compile(r"\b(Keras [23]|TensorFlow [12]|Python 3|CC BY 4\.0)\b")
NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d.,]*%?(?!\w)")
# A constant is short. A long decimal in code style is a result that somebody typed.
RESULT = re.compile(r"\d\.\d{3,}")


def stray_numbers(article):
    """Return the numbers of an article that are neither recorded, quoted nor in code style.

    The title of a thread, which is the text of a link to another site, is a quotation.
    """
    article = BeautifulSoup(str(article), "lxml")
    marked = "[data-recorded], [data-quoted], a[href^='https://'], .headerlink"
    for element in article.select(marked):
        element.decompose()
    typed = []
    for element in article.select("code"):
        typed += RESULT.findall(element.get_text())
        element.decompose()
    return typed + NUMBER.findall(NAMES.sub("", article.get_text(" ")))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>It reports 0.83 here.</p>", ["0.83"]),
        ("<p>In 98% of 12 rows</p>", ["98%", "12"]),
        ("<p>since 2.2</p>", ["2.2"]),
        ("<p><code>0.8333</code></p>", ["0.8333"]),
        ("<td>60</td>", ["60"]),
        ('<p><code data-recorded="a:b">0.8333</code> and <q data-quoted="c">0.99</q></p>', []),
        ("<p>above <code>0.5</code>, <code>1/K</code>, KA001, TF1-style, Keras 3</p>", []),
        ('<a href="https://example.org">TF 2.2 broke it</a>', []),
    ],
)
def test_the_test_itself_tells_numbers_apart(html, found):
    assert stray_numbers(html) == found


def test_no_page_holds_a_number_that_nobody_vouches_for(site):
    stray = {}
    for path in site.rglob("*.html"):
        address = path.relative_to(site).as_posix()
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        article = page.select_one("article")
        if address.startswith("notebooks/") or not article or address == "404.html":
            continue
        if found := stray_numbers(article):
            stray[address] = found
    assert not stray


@pytest.mark.parametrize(
    "path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.relative_to(DOCS).as_posix()
)
def test_no_page_holds_code_or_output_of_its_own(path):
    """Code comes from snippets, outputs from recordings; a page holds prose."""
    text = path.read_text(encoding="utf-8")
    assert "```" not in text
    assert not re.search(r"^(    |\t)\S", text, re.MULTILINE), "an indented code block"
    assert "<pre" not in text
    assert "data-recorded" not in text
    assert "data-quoted" not in text
