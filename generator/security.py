"""A content security policy for every page: nothing from another host, inline scripts by hash."""

import base64
import hashlib
import re

INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL
)
CHARSET = re.compile(r"<meta charset=[^>]*>")


def hashes(page: str) -> list[str]:
    """Return the CSP source of each inline script that a browser would execute."""
    found = set()
    for script in INLINE_SCRIPT.finditer(page):
        if 'type="application/json"' not in script["attributes"]:
            digest = hashlib.sha256(script["body"].encode()).digest()
            found.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return sorted(found)


def policy(page: str) -> str:
    """Return the policy of one page. Styles may be inline: Material and Pygments write some."""
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *hashes(page)]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        ]
    )


def secured(page: str) -> str:
    """Return a page with its policy, right after the charset: it governs what comes after it."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    secured_page, count = CHARSET.subn(lambda charset: charset[0] + meta, page, count=1)
    if count != 1:
        raise ValueError("the page has no <meta charset> to put its policy behind")
    return secured_page
