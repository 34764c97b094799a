"""The page for unknown addresses, and the codes that people cite."""

import pytest

from tests.browser.window import opened
from tests.conftest import SITE_URL
from tests.site import pages


def test_an_unknown_address_has_a_page_whose_links_work(browser, home):
    with opened(browser, f"{home}no/such/page/") as page:
        assert "Not found" in page.locator("h1").inner_text()
        page.locator(".md-header a.md-logo").click()
        page.wait_for_url(home)
        assert page.locator("table.recorded-table").count()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_code_leads_to_its_page(browser, home, site, scripts):
    with opened(browser, "about:blank", java_script_enabled=scripts) as page:
        for address in pages.redirects(site):
            target = pages.soup(site, address).select_one("link[rel=canonical]")["href"]
            page.goto(home + address, wait_until="commit")
            page.wait_for_url(home + target.removeprefix(SITE_URL))
            assert page.locator("h1").is_visible()
