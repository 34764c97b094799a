"""What a page says to search engines and to readers of tabs."""

import gzip
import json
from xml.etree import ElementTree as ET

from tests.conftest import SITE_URL
from tests.site import pages

EXPLAINING = ("pitfalls/…", "metrics/…")


def only(site, address, selector):
    """Return the one element that fits."""
    found = pages.soup(site, address).select(selector)
    assert len(found) == 1, f"/{address} has {len(found)} of {selector}"
    return found[0]


def test_each_page_has_one_h1_and_a_title_and_a_description_of_its_own(site):
    seen = {}
    for address in pages.readable(site):
        assert only(site, address, "h1").get_text(strip=True), f"/{address}: empty h1"
    for address in pages.written(site):
        description = only(site, address, 'meta[name="description"]')["content"].strip()
        for text in (only(site, address, "head title").get_text(strip=True), description):
            assert text, f"/{address}"
            assert text not in seen, f"/{address} says the same as /{seen[text]}: {text}"
            seen[text] = address


def test_search_engines_may_list_what_was_written_and_nothing_else(site):
    written = pages.written(site)
    for address in written:
        assert only(site, address, 'link[rel="canonical"]')["href"] == SITE_URL + address
        assert not pages.soup(site, address).select('meta[name="robots"]'), f"/{address}"
    explaining = {SITE_URL + address for address in written if pages.kind(address) in EXPLAINING}
    for address in set(pages.addresses(site)) - {*written, pages.NOT_FOUND}:
        assert only(site, address, 'meta[name="robots"]')["content"] == "noindex", f"/{address}"
        assert only(site, address, 'link[rel="canonical"]')["href"] in explaining, f"/{address}"
        if target := pages.refresh(site, address):  # for those whom nothing redirects
            assert only(site, address, "body a[href]")["href"] == target


def test_a_recorded_run_leads_to_its_page_to_colab_and_to_its_file(site):
    for address in pages.notebooks(site):
        links = [a["href"] for a in pages.soup(site, address).select("article a[href]")]
        name = address.split("/")[1]
        colab = "https://colab.research.google.com/github/example/reference/blob/main/docs/"
        assert {f"{colab}notebooks/{name}.ipynb", f"{name}.ipynb"} <= {*links}
        assert any(link.startswith(("../../pitfalls/", "../../metrics/")) for link in links)


def test_site_map_and_search_list_what_was_written(site):
    written = pages.written(site)
    root = ET.fromstring((site / "sitemap.xml").read_text(encoding="utf-8"))  # noqa: S314 our own
    listed = [element.text for element in root.findall("{*}url/{*}loc")]
    assert sorted(listed) == [SITE_URL + address for address in written]
    known = json.loads((site / "search/pages.json").read_text(encoding="utf-8"))
    assert sorted(each["url"] for each in known) == written
    assert not {"the", "is", "with"} & {*" ".join(each["symptoms"] for each in known).split()}
    # What each visitor fetches, whether they search or not, holds nothing.
    index = (site / "search/search_index.json").read_text(encoding="utf-8")
    assert json.loads(index)["docs"] == []


def zipped(path):
    return len(gzip.compress(path.read_bytes()))


def test_a_first_visit_and_the_index_of_the_search_stay_light(site):
    """Compressed: the page, what it fetches for everyone, the empty index and the worker."""
    fetched = ["stylesheets/*.css", "javascripts/bundle*.js", "extra.css", "images/favicon.png"]
    assets = [path for name in fetched for path in site.glob(f"assets/{name}")]
    search = [site / "search" / name for name in ("search_index.json", "worker.js")]
    shared = sum(map(zipped, assets + search))
    budgets = {"": 75_000, "pitfalls/…": 85_000}
    for address in {*pages.readable(site)} - {pages.NOT_FOUND}:
        # Long tables of releases, and the list of all symptoms, may weigh more.
        budget = budgets.get(pages.kind(address), 95_000)
        assert shared + zipped(site / address / "index.html") <= budget, f"/{address}"
    assert zipped(site / "search/pages.json") <= 40_000
