"""What holds for every page, each opened once; of the recorded runs, without --full, the largest."""

import pytest

from tests.browser.window import DESK, PHONE, chosen, listening
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
FIRST_STOP = """() => {
  const link = document.activeElement
  return link.matches("a.md-skip") && getComputedStyle(link).opacity !== "0" && link.hash
}"""


@pytest.fixture(scope="module")
def walk(browser, home, site, request):
    """Open each page; return what was complained of, what is too wide, and lost first stops."""
    wide, lost = [], []
    with listening(browser, home) as (page, loud):
        for address in sorted({*pages.written(site), *chosen(request, site)}):
            with page.expect_event("requestfinished", lambda each: "search_index" in each.url):
                page.goto(home + address)  # the search index comes last, and after the page
            for size in (NARROW, PHONE, DESK):
                page.set_viewport_size(size)
                wide += [f"/{address}, {size['width']}: {each}" for each in page.evaluate(WIDER)]
            if address == pages.NOT_FOUND:
                continue  # Material leads to the first heading in Markdown, and here is none
            page.keyboard.press("Tab")
            target = page.evaluate(FIRST_STOP)
            if not target or page.locator(f"article h1[id='{target[1:]}']").count() != 1:
                lost.append(f"/{address} leads to {target}")
                continue
            page.keyboard.press("Enter")
            page.wait_for_url(f"**{target}")
    return {"loud": loud, "wide": wide, "lost": lost}


def test_no_page_complains_or_asks_another_host(walk):
    assert walk["loud"] == []


def test_no_page_is_wider_than_its_window(walk):
    assert walk["wide"] == []


def test_the_first_stop_of_the_keyboard_is_the_link_to_the_content(walk):
    assert walk["lost"] == []
