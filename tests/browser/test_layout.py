"""Pages fit the window of a phone and of a desk, and the paper."""

from tests.browser.window import DESK, PHONE, looks, opened
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


def test_no_page_is_wider_than_its_window(browser, served, site):
    wide = []
    with opened(browser, "about:blank") as page:
        for address in pages.readable(site):
            page.goto(served + address)
            for look in looks(page, sizes=(NARROW, PHONE, DESK)):
                wide += [f"/{address} at {look}: {each}" for each in page.evaluate(WIDER)]
    assert not wide, "\n".join(wide)


def test_a_phone_shows_the_answer_of_the_home_page_without_scrolling_sideways(browser, served):
    with opened(browser, served, PHONE) as page:
        cells = page.locator("table.recorded-table").first.locator("tr > :nth-child(2)").all()
        texts = [cell.inner_text() for cell in cells]
        assert "BinaryAccuracy" in texts
        for text, cell in zip(texts, cells, strict=True):
            box = cell.bounding_box()
            assert box["x"] + box["width"] <= PHONE["width"], text


def test_the_home_page_answers_above_the_fold(browser, served):
    for size in (PHONE, DESK):
        with opened(browser, served, size) as page:
            answer = page.get_by_role("cell", name="BinaryAccuracy").first.bounding_box()
            assert answer["y"] + answer["height"] <= size["height"], size


def test_what_names_a_row_stays_in_sight_when_a_table_is_scrolled(browser, served, site):
    for address in (pages.largest(site)["metrics/…"], pages.largest(site)["pitfalls/…"]):
        with opened(browser, served + address, PHONE) as page:
            for box in page.locator("div.recorded:has(table)").all():
                box.evaluate("box => box.scrollLeft = 99999")
                name = box.locator("tbody th").first.bounding_box()
                assert 0 <= name["x"] - box.bounding_box()["x"] < 10


def test_what_was_recorded_is_called_so(browser, served, site):
    for kind in ("", "pitfalls/…", "metrics/…", "notebooks/…"):
        with opened(browser, served + pages.largest(site)[kind], PHONE) as page:
            boxes = page.locator("div.recorded, .jp-OutputArea")
            labels = boxes.evaluate_all(
                "boxes => boxes.map(box => getComputedStyle(box, '::before').content)"
            )
            assert labels, kind
            assert set(labels) == {'"Printed by the run"'}, kind


def test_on_paper_nothing_is_cut_off(browser, served, site):
    cut = """() => [...document.querySelectorAll("article pre, article pre > *, article div.recorded")]
      .filter(element => element.scrollWidth > element.clientWidth + 1)
      .map(element => element.outerHTML.slice(0, 120))"""
    paper = {"width": 680, "height": 1000}  # A4 without its margins
    for kind in ("pitfalls/…", "metrics/…", "notebooks/…"):
        with opened(browser, served + pages.largest(site)[kind], paper) as page:
            page.emulate_media(media="print")
            assert page.evaluate(cut) == [], kind
            assert not page.locator(".md-header").is_visible()
