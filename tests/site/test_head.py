"""What a page says to search engines and to readers of tabs."""

import json
from collections import defaultdict
from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup

from tests.conftest import SITE_URL
from tests.site import pages

EXPLAINING = ("pitfalls/…", "metrics/…")


def only(site, address, selector):
    """Return the one element that fits."""
    found = pages.soup(site, address).select(selector)
    assert len(found) == 1, f"/{address} has {len(found)} of {selector}"
    return found[0]


def test_the_site_has_every_kind_of_page(site):
    kinds = {"", "404.html", "pitfalls", "pitfalls/…", "metrics", "metrics/…", "notebooks/…"}
    assert kinds <= set(pages.largest(site))
    assert "KA001/" in pages.redirects(site)


def test_each_page_has_one_h1_and_a_title_and_a_description_of_its_own(site):
    seen, written = {}, pages.reference(site)
    for address in pages.readable(site):
        assert only(site, address, "h1").get_text(strip=True), f"/{address}: empty h1"
    for address in [*written, *pages.notebooks(site)]:
        description = only(site, address, 'meta[name="description"]')["content"].strip()
        assert description, f"/{address}"
        if address in written:
            for text in (only(site, address, "head title").get_text(strip=True), description):
                assert text, f"/{address}"
                assert text not in seen, f"/{address} says the same as /{seen[text]}: {text}"
                seen[text] = address


def test_search_engines_may_list_what_was_written_and_nothing_else(site):
    written = pages.reference(site)
    for address in written:
        assert only(site, address, 'link[rel="canonical"]')["href"] == SITE_URL + address
        assert not pages.soup(site, address).select('meta[name="robots"]'), f"/{address}"
    explaining = {SITE_URL + address for address in written if pages.kind(address) in EXPLAINING}
    for address in [*pages.notebooks(site), *pages.redirects(site)]:
        assert only(site, address, 'meta[name="robots"]')["content"] == "noindex", f"/{address}"
        assert only(site, address, 'link[rel="canonical"]')["href"] in explaining, f"/{address}"
    for address in pages.redirects(site):  # for those whom nothing redirects
        link = only(site, address, "body a[href]")
        assert link["href"] == pages.refresh(site, address)
        assert link.get_text(strip=True)


def test_a_recorded_run_leads_to_its_page_to_colab_and_to_its_file(site):
    for address in pages.notebooks(site):
        links = [a["href"] for a in pages.soup(site, address).select("article a[href]")]
        name = address.split("/")[1]
        colab = "https://colab.research.google.com/github/example/reference/blob/main/docs/"
        assert f"{colab}notebooks/{name}.ipynb" in links
        assert f"{name}.ipynb" in links
        assert any(link.startswith(("../../pitfalls/", "../../metrics/")) for link in links)


def test_site_map_and_search_list_what_was_written_and_rows_of_tables_word_by_word(site):
    written, texts = pages.reference(site), defaultdict(str)
    root = ET.fromstring((site / "sitemap.xml").read_text(encoding="utf-8"))  # noqa: S314 our own
    listed = [element.text for element in root.findall("{*}url/{*}loc")]
    assert sorted(listed) == [SITE_URL + address for address in written]
    index = (site / "search/search_index.json").read_text(encoding="utf-8")
    for entry in json.loads(index)["docs"]:
        texts[entry["location"].split("#")[0]] += f" {entry['text']}"
    assert sorted(texts) == written
    for address, text in texts.items():
        words = set(BeautifulSoup(text, "lxml").get_text().split())
        for cell in pages.soup(site, address).select("article :is(td, th)"):
            assert words.issuperset(cell.get_text().split()), f"/{address}: {cell}"


def test_pages_stay_light(site):
    """What a reader on a slow line waits for, before compression."""
    budgets = dict.fromkeys(pages.readable(site), 100_000) | {"": 60_000}
    budgets |= dict.fromkeys(pages.notebooks(site), 60_000)
    budgets |= dict.fromkeys(pages.redirects(site), 2_000)
    assert set(budgets) == set(pages.addresses(site))
    weights = {address: len(pages.source(site, address).encode()) for address in budgets}
    assert {each: weights[each] for each in budgets if weights[each] > budgets[each]} == {}
