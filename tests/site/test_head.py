"""What search engines and readers of tabs are told about a page."""

import json
from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup

from tests.conftest import SITE_URL
from tests.site import pages


def only(site, address, selector):
    """Return the one element that fits."""
    found = pages.soup(site, address).select(selector)
    assert len(found) == 1, f"/{address} has {len(found)} of {selector}"
    return found[0]


def test_the_site_has_every_kind_of_page(site):
    kinds = {"", "404.html", "pitfalls", "pitfalls/…", "metrics", "metrics/…", "notebooks/…"}
    assert kinds <= set(pages.largest(site))
    assert "KA001/" in pages.redirects(site)


def test_each_page_has_one_h1(site):
    for address in pages.readable(site):
        assert only(site, address, "h1").get_text(strip=True), f"/{address}: empty h1"


def test_each_page_has_a_title_and_a_description_of_its_own(site):
    seen = {}
    for address in pages.reference(site):
        description = only(site, address, 'meta[name="description"]')["content"].strip()
        for text in (only(site, address, "head title").get_text(strip=True), description):
            assert text, f"/{address}"
            assert text not in seen, f"/{address} says the same as /{seen[text]}: {text}"
            seen[text] = address
    for address in pages.notebooks(site):
        assert only(site, address, 'meta[name="description"]')["content"].strip(), f"/{address}"


def test_each_page_names_its_address(site):
    for address in pages.reference(site):
        canonical = only(site, address, 'link[rel="canonical"]')["href"]
        assert canonical == SITE_URL + address


def test_search_engines_may_list_what_was_written_and_nothing_else(site):
    for address in pages.reference(site):
        assert not pages.soup(site, address).select('meta[name="robots"]'), f"/{address}"
    for address in [*pages.notebooks(site), *pages.redirects(site)]:
        assert only(site, address, 'meta[name="robots"]')["content"] == "noindex", f"/{address}"


def test_a_recorded_run_and_a_redirect_name_the_page_that_explains(site):
    explaining = {
        SITE_URL + address
        for address in pages.reference(site)
        if address.startswith(("pitfalls/", "metrics/")) and address.count("/") == 2
    }
    for address in [*pages.notebooks(site), *pages.redirects(site)]:
        assert only(site, address, 'link[rel="canonical"]')["href"] in explaining, f"/{address}"


def test_a_recorded_run_leads_to_its_page_to_colab_and_to_its_file(site):
    for address in pages.notebooks(site):
        links = [a["href"] for a in pages.soup(site, address).select("article a[href]")]
        name = address.split("/")[1]
        colab = "https://colab.research.google.com/github/example/reference/blob/main/docs/"
        assert f"{colab}notebooks/{name}.ipynb" in links
        assert f"{name}.ipynb" in links
        assert any(link.startswith(("../../pitfalls/", "../../metrics/")) for link in links)


def test_the_site_map_lists_what_was_written(site):
    root = ET.fromstring((site / "sitemap.xml").read_text(encoding="utf-8"))  # noqa: S314 our own
    listed = [element.text for element in root.findall("{*}url/{*}loc")]
    assert sorted(listed) == [SITE_URL + address for address in pages.reference(site)]


def searched(site):
    """Return what the search looks through: a list of entries."""
    return json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"]


def test_search_finds_what_was_written(site):
    found = {entry["location"].split("#")[0] for entry in searched(site)}
    assert sorted(found) == pages.reference(site)


def test_search_takes_no_row_of_a_table_for_one_word(site):
    for address in pages.reference(site):
        own = [each["text"] for each in searched(site) if each["location"].split("#")[0] == address]
        words = set(BeautifulSoup(" ".join(own), "lxml").get_text().split())
        for cell in pages.soup(site, address).select("article :is(td, th)"):
            assert words.issuperset(cell.get_text().split()), f"/{address}: {cell}"
