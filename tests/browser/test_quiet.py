"""No page complains in the console, asks another host for anything, or trips over its policy."""

import contextlib
from urllib.parse import urlsplit

import pytest

from tests.browser.window import opened, search
from tests.site import pages

REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", event =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI}`))
"""


@contextlib.contextmanager
def listening(browser, served):
    """Open a page that keeps a list of what went wrong."""
    with opened(browser, "about:blank") as page:
        wrong = []
        page.add_init_script(REPORT_VIOLATIONS)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on(
            "console",
            lambda said: said.type in ("error", "warning") and wrong.append(f"says: {said.text}"),
        )
        page.on(
            "request",
            lambda request: (
                request.url.startswith((served, "data:", "blob:"))
                or wrong.append(f"asks for {request.url}")
            ),
        )
        yield page, wrong


def test_no_page_complains_or_asks_another_host(browser, served, site):
    with listening(browser, served) as (page, wrong):
        for address in pages.readable(site):
            wrong.append(f"/{address}:")  # so that what follows is known to be of this page
            with page.expect_event("requestfinished", lambda each: "search_index" in each.url):
                page.goto(served + address)  # the search index comes last, and after the page
        loud = [each for each in wrong if not each.startswith("/")]
        assert not loud, "\n".join(wrong)


@pytest.mark.parametrize("words", ["regression accuracy", "mean_squared_error", "KA001"])
def test_the_search_finds_the_pitfall_and_complains_of_nothing(browser, served, words):
    with listening(browser, served) as (page, wrong):
        page.goto(served)
        found = [urlsplit(link).path for link in search(page, words)]
        assert "/reference/pitfalls/regression-mse/" in found[:3]
        assert not wrong


def test_the_colours_are_the_readers_and_can_be_changed(browser, served):
    with listening(browser, served) as (page, wrong):
        scheme = page.locator("body")
        for colours, theirs, other in (("light", "default", "slate"), ("dark", "slate", "default")):
            page.emulate_media(color_scheme=colours)
            page.goto(served)
            page.evaluate("localStorage.clear()")
            page.reload()
            assert scheme.get_attribute("data-md-color-scheme") == theirs
            page.locator("form[data-md-component=palette] label:visible").click()
            assert scheme.get_attribute("data-md-color-scheme") == other
            page.goto(f"{served}pitfalls/")
            assert scheme.get_attribute("data-md-color-scheme") == other
        assert not wrong


def test_an_unknown_address_has_a_page_whose_links_work(browser, served):
    with opened(browser, f"{served}no/such/page/") as page:
        assert "Not found" in page.locator("h1").inner_text()
        page.locator(".md-header a.md-logo").click()
        page.wait_for_url(served)
        assert page.locator("table.recorded-table").count()
