"""What is taken out of a finished page shows nowhere: its text stays, letter by letter."""

import pytest
from bs4 import BeautifulSoup

from generator.common import ProblemError
from generator.render import finish

PAGE = """<p>One
   word</p>


<pre><code>def f(
    x):

    a = b
</code></pre>
   <script>
     let kept = "as  it is";
   </script>
"""


def test_blanks_between_elements_go():
    literal = "<pre><code>def f(\n    x):\n\n    a = b\n</code></pre>\n"
    script = '<script>\n     let kept = "as  it is";\n   </script>\n'
    assert finish.narrow(PAGE) == f"<p>One\nword</p>\n{literal}{script}"


@pytest.mark.parametrize("element", ["pre", "script"])
def test_where_blanks_count_no_letter_changes(element):
    before, after = (BeautifulSoup(text, "lxml") for text in (PAGE, finish.narrow(PAGE)))
    assert after.find(element).get_text() == before.find(element).get_text()


def test_a_page_that_is_narrow_stays_as_it_is():
    once = finish.narrow(PAGE)
    assert finish.narrow(once) == once


HEAD = '<html><head><meta charset="utf-8"><script>one()</script>{}</head></html>'


def test_every_inline_script_is_allowed_by_its_hash_and_nothing_else_is():
    page = HEAD.format('<script src="a.js"></script><script type="application/json">{}</script>')
    # printf 'one()' | openssl dgst -sha256 -binary | base64
    allowed = "'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"
    before, _ = finish.secured(page).split("<script>")  # it stands before anything it governs
    assert f"script-src 'self' {allowed};" in before


def test_a_page_without_a_charset_is_refused():
    with pytest.raises(ProblemError, match="no <meta charset"):
        finish.secured("<html></html>")
