"""Nothing from another host, and no script that the site did not write."""

import base64
import hashlib
import re
from urllib.parse import urlsplit

from tests.site import pages

# What a browser executes. Other types, such as application/json, are data.
JAVASCRIPT = {"", "text/javascript", "application/javascript", "module"}
FETCHED = (
    "[src], object[data], link:is([rel~=stylesheet], [rel~=icon], [rel~=preload], [rel~=prefetch],"
    " [rel~=preconnect], [rel~=dns-prefetch], [rel~=modulepreload], [rel~=manifest])"
)
CSS_ADDRESS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""")


def test_a_policy_comes_first_and_allows_nothing_of_others_and_no_unknown_script(site):
    for address in pages.addresses(site):
        soup = pages.soup(site, address)
        metas = soup.select('meta[http-equiv="Content-Security-Policy"]')
        assert len(metas) == 1, f"/{address}"
        governed = soup.head.find(["link", "script", "style", "base"])
        assert governed.find_previous("meta", attrs=metas[0].attrs), f"/{address}"
        directives = [part.split() for part in metas[0]["content"].split(";")]
        policy = {name: sources for name, *sources in directives}
        assert policy["default-src"] == ["'self'"], f"/{address}"
        assert policy["object-src"] == ["'none'"], f"/{address}"
        assert "//" not in metas[0]["content"], f"/{address}"
        bodies = [
            one.string.encode()
            for one in soup.select("script:not([src])")
            if one.get("type", "") in JAVASCRIPT
        ]
        hashes = [base64.b64encode(hashlib.sha256(body).digest()).decode() for body in bodies]
        known = {"'self'", *(f"'sha256-{each}'" for each in hashes)}
        # With neither unsafe-inline nor unsafe-hashes: no script in an attribute can run.
        assert {"'self'", *policy["script-src"]} == known, f"/{address}"


def test_pages_and_styles_fetch_nothing_from_other_hosts(site):
    texts, outside = {}, []
    for address in pages.addresses(site):
        soup = pages.soup(site, address)
        fetched = [e.get("src") or e.get("data") or e.get("href") for e in soup.select(FETCHED)]
        outside += [f"/{address}: {url}" for url in fetched if urlsplit(url).netloc]
        styles = [style.get_text() for style in soup.select("style")]
        texts[address] = " ".join(styles + [one["style"] for one in soup.select("[style]")])
    sheets = {sheet.name: sheet.read_text(encoding="utf-8") for sheet in site.rglob("*.css")}
    assert sheets
    for name, text in (texts | sheets).items():
        urls = CSS_ADDRESS.findall(text)
        outside += [f"{name}: {url}" for url in urls if urlsplit(url).netloc]
    assert not outside
