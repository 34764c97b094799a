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


def test_site_map_and_search_list_what_was_written(site):
    written = pages.reference(site)
    root = ET.fromstring((site / "sitemap.xml").read_text(encoding="utf-8"))  # noqa: S314 our own
    listed = [element.text for element in root.findall("{*}url/{*}loc")]
    assert sorted(listed) == [SITE_URL + address for address in written]
    known = json.loads((site / "search/pages.json").read_text(encoding="utf-8"))
    assert sorted(each["url"] for each in known) == written
    # What each visitor fetches, whether they search or not, holds nothing.
    index = (site / "search/search_index.json").read_text(encoding="utf-8")
    assert json.loads(index)["docs"] == []


def zipped(path):
    return len(gzip.compress(path.read_bytes()))


def test_a_first_visit_and_the_index_of_the_search_stay_light(site):
    """Compressed: the page, what it fetches for everyone, the empty index and the worker."""
    assets = [*site.glob("assets/stylesheets/*.css"), *site.glob("assets/javascripts/bundle*.js")]
    names = ["search/search_index.json", "search/worker.js", "assets/extra.css"]
    names.append("assets/images/favicon.png")
    shared = sum(map(zipped, [*assets, *(site / name for name in names)]))
    # Long tables of releases may weigh more; nobody reads those on the way.
    budgets = dict.fromkeys(pages.readable(site), 90_000) | {"": 75_000}
    pitfalls = [each for each in budgets if pages.kind(each) == "pitfalls/…"]
    budgets |= dict.fromkeys(pitfalls, 85_000)
    paths = {each: site / each / "index.html" for each in budgets if each != pages.NOT_FOUND}
    heavy = {each: shared + zipped(path) for each, path in paths.items()}
    assert {each: size for each, size in heavy.items() if size > budgets[each]} == {}
    assert zipped(site / "search/pages.json") <= 40_000
