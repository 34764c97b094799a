"""What a reader sees first, beside a table that is scrolled, of recorded output, and on paper."""

import pytest

from tests.browser.window import DESK, PHONE, opened
from tests.site import pages

LABELS = """boxes => boxes.map(box => box.querySelector(":scope > .by-run")?.innerText
  ?? getComputedStyle(box, "::before").content.slice(1, -1))"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_home_page_answers_above_the_fold(browser, home, size):
    with opened(browser, home, size) as page:
        answer = page.get_by_role("cell", name="BinaryAccuracy").first.bounding_box()
        assert answer["y"] + answer["height"] <= size["height"]
        for cell in page.locator("table.recorded-table").first.locator("tr > :nth-child(2)").all():
            box = cell.bounding_box()
            assert box["x"] + box["width"] <= size["width"], cell.inner_text()


@pytest.mark.parametrize("kind", ["metrics/…", "pitfalls/…"])
def test_what_names_a_row_stays_in_sight_when_a_table_is_scrolled(browser, home, site, kind):
    with opened(browser, home + pages.largest(site)[kind], PHONE) as page:
        for box in page.locator("div.recorded:has(table)").all():
            box.evaluate("box => box.scrollLeft = 99999")
            name = box.locator("tbody th").first.bounding_box()
            assert 0 <= name["x"] - box.bounding_box()["x"] < 10


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
