"""Links within the site lead somewhere, and will do so for years."""

import json
import re
from collections import Counter
from itertools import pairwise
from urllib.parse import unquote, urldefrag, urljoin

from tests.conftest import SITE_URL
from tests.site import pages

AUTOMATIC = re.compile(r"_\d+$")  # what a second heading of the same name is called: not to link to


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


def test_headings_can_be_linked_to_for_years_and_leave_out_no_level(site):
    for address in pages.readable(site):
        soup = pages.soup(site, address)
        ids = Counter(element["id"] for element in soup.select("[id]"))
        assert max(ids.values()) == 1, f"/{address}: {ids.most_common(1)}"
        headings = soup.select("article :is(h1, h2, h3, h4, h5, h6)")
        levels = [0, *(int(heading.name[1]) for heading in headings)]
        assert all(b - a <= 1 for a, b in pairwise(levels)), f"/{address}: {levels}"
        for heading in headings if address in pages.reference(site) else []:
            where = f"/{address}: {heading.get_text(strip=True)}"
            assert heading.get("id"), f"{where}: give it an id: `## Heading {{ #id }}`"
            assert not AUTOMATIC.search(heading["id"]), f"{where}: {heading['id']} is no name"
