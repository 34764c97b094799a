"""The addresses that people cite lead to their pages."""

import pytest

from tests.browser.window import opened
from tests.conftest import SITE_URL
from tests.site import pages


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_code_leads_to_its_page(browser, served, site, scripts):
    codes = pages.redirects(site)
    assert "KA001/" in codes
    with opened(browser, "about:blank", java_script_enabled=scripts) as page:
        for address in codes:
            target = pages.soup(site, address).select_one("link[rel=canonical]")["href"]
            page.goto(served + address, wait_until="commit")
            page.wait_for_url(served + target.removeprefix(SITE_URL))
            assert page.locator("h1").is_visible()


def test_a_code_has_a_plain_link_for_those_whom_nothing_redirects(site):
    for address in pages.redirects(site):
        (link,) = pages.soup(site, address).select("body a[href]")
        assert link["href"] == pages.refresh(site, address)
        assert link.get_text(strip=True)
