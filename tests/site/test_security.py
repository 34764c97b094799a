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


def policy(site, address):
    """Return directive -> sources of the policy of a page."""
    metas = pages.soup(site, address).select('meta[http-equiv="Content-Security-Policy"]')
    assert len(metas) == 1, f"/{address}"
    directives = [part.split() for part in metas[0]["content"].split(";")]
    return {name: sources for name, *sources in directives}


def test_every_page_has_a_policy_before_anything_it_governs(site):
    for address in pages.addresses(site):
        first = pages.soup(site, address).head.find(["link", "script", "style", "base"])
        met = first.find_previous("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert met is not None, f"/{address}"


def test_policies_allow_nothing_of_others_and_no_unknown_script(site):
    for address in pages.addresses(site):
        directives = policy(site, address)
        assert directives["default-src"] == ["'self'"], f"/{address}"
        assert directives["object-src"] == ["'none'"], f"/{address}"
        scripts = directives["script-src"]
        allowed = re.compile(r"'self'|'sha256-[\w+/=]{44}'")
        assert all(allowed.fullmatch(each) for each in scripts), f"/{address}: {scripts}"
        others = [each for name in directives for each in directives[name] if "//" in each]
        assert not others, f"/{address}"


def test_inline_scripts_are_the_ones_that_the_policy_knows(site):
    for address in pages.addresses(site):
        inline = pages.soup(site, address).select("script:not([src])")
        bodies = [script.string for script in inline if script.get("type", "") in JAVASCRIPT]
        digests = [hashlib.sha256(body.encode()).digest() for body in bodies]
        needed = {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}
        assert needed == set(policy(site, address)["script-src"]) - {"'self'"}, f"/{address}"


def test_no_script_hides_in_an_attribute(site):
    for address in pages.addresses(site):
        for element in pages.soup(site, address).select("*"):
            handlers = [name for name in element.attrs if name.startswith("on")]
            assert not handlers, f"/{address}: {element.name} {handlers}"
            for name in ("href", "src", "action", "formaction"):
                assert not element.get(name, "").startswith("javascript:"), f"/{address}: {element}"


def test_pages_fetch_nothing_from_other_hosts(site):
    for address in pages.addresses(site):
        soup = pages.soup(site, address)
        fetched = [e.get("src") or e.get("data") or e.get("href") for e in soup.select(FETCHED)]
        styles = " ".join(
            [style.get_text() for style in soup.select("style")]
            + [element["style"] for element in soup.select("[style]")]
        )
        outside = [url for url in [*fetched, *CSS_ADDRESS.findall(styles)] if urlsplit(url).netloc]
        assert not outside, f"/{address}"


def test_styles_fetch_nothing_from_other_hosts(site):
    sheets = list(site.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        urls = CSS_ADDRESS.findall(sheet.read_text(encoding="utf-8"))
        assert not [url for url in urls if urlsplit(url).netloc], sheet.name
