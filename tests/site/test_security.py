"""Nothing from another host, and no script that the site did not write."""

import base64
import hashlib

from tests.site import pages

# What a browser executes. Other types, such as application/json, are data.
JAVASCRIPT = {"", "text/javascript", "application/javascript", "module"}
# What no policy governs: connecting to another host before anything is asked of it.
HINTS = "link:is([rel~=preconnect], [rel~=dns-prefetch], [rel~=prefetch], [rel~=prerender])"


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
        assert not soup.select(HINTS), f"/{address}"
        bodies = [
            one.string.encode()
            for one in soup.select("script:not([src])")
            if one.get("type", "") in JAVASCRIPT
        ]
        hashes = [base64.b64encode(hashlib.sha256(body).digest()).decode() for body in bodies]
        known = {"'self'", *(f"'sha256-{each}'" for each in hashes)}
        # With neither unsafe-inline nor unsafe-hashes: no script in an attribute can run.
        assert {"'self'", *policy["script-src"]} == known, f"/{address}"
