"""What is taken out of a finished page shows nowhere: its text stays, letter by letter."""

import pytest
from bs4 import BeautifulSoup

from generator import hooks

PAGE = """<p>One
   word</p>


<pre><code><span class="k">def</span><span class="w"> </span><span class="nf">f</span>(
    <span class="n">x</span><span class="p">)</span>:

    <span class="n">a</span> <span class="o">=</span> <span class="nn">b</span>
</code></pre>
   <script>
     let kept = "as  it is";
   </script>
"""


def test_boxes_of_plain_names_and_blanks_between_elements_go():
    assert hooks.narrow(PAGE) == (
        "<p>One\nword</p>\n"
        '<pre><code><span class="k">def</span> <span class="nf">f</span>(\n'
        '    x<span class="p">)</span>:\n\n    a <span class="o">=</span> b\n</code></pre>\n'
        '<script>\n     let kept = "as  it is";\n   </script>\n'
    )


@pytest.mark.parametrize("element", ["pre", "script"])
def test_where_blanks_count_no_letter_changes(element):
    before, after = (BeautifulSoup(text, "lxml") for text in (PAGE, hooks.narrow(PAGE)))
    assert after.find(element).get_text() == before.find(element).get_text()


def test_a_page_that_is_narrow_stays_as_it_is():
    once = hooks.narrow(PAGE)
    assert hooks.narrow(once) == once
