"""Without scripts, and from a folder without a server, everything still reads."""

import pytest

from tests.browser.window import DESK, PHONE, opened
from tests.site import pages

PARTS = {
    "": ["h1", "table.recorded-table", "article a[href]", "small"],
    "pitfalls": ["h1", "article li a[href]"],
    "pitfalls/…": ["h1", "#in-short", ".highlight code", "div.recorded pre", ".executed"],
    "metrics": ["h1", "article li a[href]"],
    "metrics/…": ["h1", ".highlight code", "div.recorded pre", "table.recorded-table"],
    "notebooks/…": ["h1", ".jp-Cell .highlight pre", ".jp-OutputArea pre", "article a[download]"],
    "404.html": ["h1"],
}


def hidden(page, selectors):
    """Open what is folded; return what is not on the page, or cannot be seen there."""
    for fold in page.locator("article details.needed > summary").all():
        fold.click()
    return [
        selector
        for selector in selectors
        if not page.locator(selector).count()
        or not all(element.is_visible() for element in page.locator(selector).all())
    ]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_everything_reads_without_scripts(browser, served, site, size):
    with opened(browser, "about:blank", size, java_script_enabled=False) as page:
        for kind, selectors in PARTS.items():
            page.goto(served + pages.largest(site)[kind])
            assert not hidden(page, selectors), kind


def test_the_navigation_works_without_scripts(browser, served):
    for start, size in (("", PHONE), ("metrics/", DESK)):
        with opened(browser, served + start, size, java_script_enabled=False) as page:
            if size is PHONE:
                page.locator("header label[for=__drawer]").click()
                page.locator(".md-nav--primary label[for=__nav_2]").first.click()
            page.locator(".md-nav--primary a[href*='regression-mse']").click()
            page.wait_for_url("**/pitfalls/regression-mse/")


def test_everything_reads_from_a_folder(browser, site):
    with opened(browser, "about:blank") as page:
        for kind, selectors in PARTS.items():
            if kind == "404.html":
                continue  # for servers only, its links start at the root
            address = pages.largest(site)[kind]
            page.goto((site / address / "index.html").as_uri())
            assert not hidden(page, selectors), kind
            colour = page.locator(".md-header").evaluate(
                "bar => getComputedStyle(bar).backgroundColor"
            )
            assert colour != "rgba(0, 0, 0, 0)", f"{kind}: its styles are not found"


def test_only_a_page_from_a_folder_says_how_to_serve_it(browser, served, site):
    with opened(browser, served) as page:
        assert page.locator("#from-disk").is_hidden()
        page.goto((site / "index.html").as_uri())
        assert page.locator("#from-disk").is_visible()
