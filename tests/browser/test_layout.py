"""What a reader sees first, on a phone, of recorded output, and on paper."""

import pytest

from tests.browser.window import DESK, PHONE, chosen, opened
from tests.site import pages

LABELS = """boxes => boxes.map(box => box.querySelector(":scope > .by-run")?.innerText
  ?? getComputedStyle(box, "::before").content.slice(1, -1))"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_home_page_asks_above_the_fold_what_a_reader_sees(browser, home, size):
    with opened(browser, home, size) as page:
        links = [link.bounding_box() for link in page.locator(".see a").all()]
        within = [box for box in links if box["y"] + box["height"] <= size["height"]]
        assert len(within) >= (10 if size is PHONE else 20)


SMALL = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement
    if (walk.currentNode.textContent.trim() && element.checkVisibility()
      && parseFloat(getComputedStyle(element).fontSize) < 12) found.push(element.outerHTML)
  }
  return found.map(each => each.slice(0, 120))
}"""
CUT = """() => [...document.querySelectorAll("article table")]
  .filter(table => table.checkVisibility() && table.getBoundingClientRect().right > innerWidth)
  .map(table => table.outerHTML.slice(0, 120))"""


def test_on_a_phone_no_text_is_small_and_no_table_cut_off(browser, home, site, request):
    wrong = []
    with opened(browser, home, PHONE) as page:
        for address in chosen(request, site):
            page.goto(home + address)
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            wrong += [f"/{address}: {each}" for each in page.evaluate(SMALL) + page.evaluate(CUT)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("kind", ["", "pitfalls/…", "metrics/…", "notebooks/…"])
def test_what_was_recorded_is_called_so(browser, home, site, kind):
    """That the label can be read, axe-core sees where it is a link; it has one colour everywhere."""
    with opened(browser, home + pages.largest(site)[kind]) as page:
        found = page.locator("div.recorded, .jp-OutputArea").evaluate_all(LABELS)
        assert set(found) == {"Printed by the run"}


@pytest.mark.parametrize("kind", ["pitfalls/…", "metrics/…", "notebooks/…"])
def test_on_paper_nothing_is_cut_off(browser, home, site, kind):
    cut = """() => [...document.querySelectorAll("article pre, article pre > *, article div.recorded")]
      .filter(element => element.scrollWidth > element.clientWidth + 1)
      .map(element => element.outerHTML.slice(0, 120))"""
    paper = {"width": 680, "height": 1000}  # A4 without its margins
    with opened(browser, home + pages.largest(site)[kind], paper) as page:
        page.emulate_media(media="print")
        assert page.evaluate(cut) == []
        assert not page.locator(".md-header").is_visible()
