"""Links within the site lead somewhere, and will do so for years."""

import json
from collections import Counter
from itertools import pairwise
from urllib.parse import unquote, urldefrag, urljoin

from tests.conftest import SITE_URL
from tests.site import pages


def problem(site, absolute):
    """Say what is wrong with an absolute address of the site, if anything."""
    url, fragment = urldefrag(absolute)
    path = unquote(url.removeprefix(SITE_URL))
    if not url.startswith(SITE_URL):
        return "lies outside of the site"
    if not (
        site / path / "index.html" if path.endswith("/") or not path else site / path
    ).is_file():
        return "leads nowhere"
    if fragment and not pages.soup(site, path).find(id=unquote(fragment)):
        return "leads to no place on its page"
    return None


def test_internal_links_lead_somewhere(site):
    wrong, host = set(), urljoin(SITE_URL, "/")
    for address in pages.addresses(site):
        found = pages.soup(site, address).select("[href], [src]")
        addresses = {each.get("href") or each.get("src") for each in found}
        for link in addresses | {pages.refresh(site, address)} - {None}:
            absolute = urljoin(SITE_URL + address, link)
            if absolute.startswith(host) and (said := problem(site, absolute)):
                wrong.add(f"/{address}: {link} {said}")
    assert not wrong, "\n".join(sorted(wrong))


def test_links_in_the_published_data_lead_somewhere(site):
    for entry in json.loads((site / "data/pitfalls.json").read_text(encoding="utf-8")):
        for name in ("url", "notebook"):
            assert problem(site, SITE_URL + entry[name]) is None, f"{entry['id']}: {entry[name]}"
        assert pages.refresh(site, f"{entry['code']}/") == f"../{entry['url']}"


def test_no_id_is_given_twice_and_headings_leave_out_no_level(site):
    for address in pages.readable(site):
        soup = pages.soup(site, address)
        ids = Counter(element["id"] for element in soup.select("[id]"))
        assert max(ids.values()) == 1, f"/{address}: {ids.most_common(1)}"
        headings = soup.select("article :is(h1, h2, h3, h4, h5, h6)")
        levels = [0, *(int(heading.name[1]) for heading in headings)]
        assert all(b - a <= 1 for a, b in pairwise(levels)), f"/{address}: {levels}"
