"""Without scripts, and from a folder without a server, everything still reads."""

import pytest

from tests.browser.window import DESK, PHONE, opened
from tests.site import pages

PARTS = {
    "": ["h1", ".see a[href]", "table.recorded-table"],
    "pitfalls": ["h1", "article li a[href]"],
    "pitfalls/…": ["h1", "#in-short", ".highlight code", "div.recorded pre", ".executed"],
    "metrics": ["h1", "article li a[href]"],
    "metrics/…": ["h1", ".highlight code", "div.recorded pre", "table.recorded-table"],
    "notebooks/…": ["h1", ".jp-Cell .highlight pre", ".jp-OutputArea pre", "article a[download]"],
    pages.NOT_FOUND: ["h1"],
}
HIDDEN = """elements => elements.length ? elements.filter(each =>
  !each.checkVisibility({visibilityProperty: true})).map(each => each.outerHTML) : ["not there"]"""


def hidden(page, kind):
    """Open what is folded; return what is not on the page, or cannot be seen there."""
    for fold in page.locator("article details.needed > summary").all():
        fold.click()
    found = {selector: page.locator(selector).evaluate_all(HIDDEN) for selector in PARTS[kind]}
    return {selector: wrong for selector, wrong in found.items() if wrong}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_everything_reads_without_scripts(browser, home, site, size):
    with opened(browser, "about:blank", size, java_script_enabled=False) as page:
        for kind in PARTS:
            page.goto(home + pages.largest(site)[kind])
            assert not hidden(page, kind), kind


@pytest.mark.parametrize(("start", "size"), [("", PHONE), ("metrics/", DESK)])
def test_the_navigation_works_without_scripts(browser, home, start, size):
    with opened(browser, home + start, size, java_script_enabled=False) as page:
        if size is PHONE:
            page.locator("header label[for=__drawer]").click()
            opener = ".md-nav__container:has(> a[href*='pitfalls/']) > label"
            page.locator(f".md-nav--primary {opener}").first.click()
        page.locator(".md-nav--primary a[href*='regression-mse']").click()
        page.wait_for_url("**/pitfalls/regression-mse/")


def test_an_unknown_address_has_a_page_whose_links_work(browser, home):
    with opened(browser, f"{home}no/such/page/") as page:
        page.locator(".md-header a.md-logo").click()
        page.wait_for_url(home)


def test_everything_reads_from_a_folder(browser, home, site):
    with opened(browser, home) as page:
        assert page.locator("#from-disk").is_hidden(), "a server is there"
        page.goto((site / "index.html").as_uri())
        assert page.locator("#from-disk").is_visible(), "and how to get one is said"
        for kind in PARTS.keys() - {pages.NOT_FOUND}:  # that is for servers: its links start at /
            page.goto((site / pages.largest(site)[kind] / "index.html").as_uri())
            assert not hidden(page, kind), kind
            bar = page.locator(".md-header").evaluate(
                "bar => getComputedStyle(bar).backgroundColor"
            )
            assert bar != "rgba(0, 0, 0, 0)", f"{kind}: its styles are not found"
