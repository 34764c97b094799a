"""What holds for every page, each opened once; of the recorded runs, without --full, the largest."""

import pytest

from tests.browser.window import chosen, listening
from tests.site import pages

NARROW = {"width": 320, "height": 640}  # what WCAG 1.4.10 asks for: 1280 px, enlarged fourfold

WIDER = """() => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= innerWidth) return []
  return [...document.querySelectorAll("article *")]
    .filter(element => element.getBoundingClientRect().right > room + 0.5)
    .slice(0, 3).map(element => element.outerHTML.slice(0, 80))
    .concat(`${document.documentElement.scrollWidth} px wide`)
}"""


@pytest.fixture(scope="module")
def walk(browser, home, site, request):
    """Open each page; return what was complained of, and what is too wide."""
    wide = []
    with listening(browser, home) as (page, loud):
        page.set_viewport_size(NARROW)
        for address in sorted({*pages.written(site), *chosen(request, site)}):
            with page.expect_event("requestfinished", lambda each: "search_index" in each.url):
                page.goto(home + address)  # the search index comes last, and after the page
            wide += [f"/{address}: {each}" for each in page.evaluate(WIDER)]
    return {"loud": loud, "wide": wide}


def test_no_page_complains_or_asks_another_host(walk):
    assert walk["loud"] == []


def test_no_page_is_wider_than_its_window(walk):
    assert walk["wide"] == []
