"""A page as MkDocs leaves it, made lighter and safe: what only weighs goes, a policy comes."""

import base64
import hashlib
import re

from lxml import etree
from lxml import html as markup

from generator.common import ProblemError

# What `lighter` takes out of a rendered notebook, by class.
UNWANTED = {"anchor-link", "clipboard-copy-txt", "jp-Collapser", "zeroclipboard-container"}
# The boxes it leaves. Others, and spans for plain names, are layers that nothing styles here.
BOXES = {"highlight", "jp-Cell", "jp-OutputArea", "jupyter-wrapper"}
PLAIN_NAMES = {"n", "nn", "o", "p", "w"}

INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*\"application/json\")[^>]*>(.*?)</script>", re.DOTALL
)
CHARSET = '<meta charset="utf-8">'
# Nothing from another host, scripts by hash. Styles may be inline: Material and Pygments write some.
POLICY = (
    "default-src 'self'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
)


def lighter(content: str) -> str:
    """Drop what mkdocs-jupyter puts into every notebook page: styles, scripts and copy buttons.

    Its `custom_template` option could do the same, but turns its cache off, and rendering a
    notebook takes longer than all other pages together.
    """
    body = markup.document_fromstring(content).body
    etree.strip_elements(body, "script", "style", "clipboard-copy", with_tail=False)
    for element in list(body.iter("*")):
        classes = set(element.get("class", "").split())
        element.attrib.pop("tabindex", None)
        if classes & UNWANTED:
            element.drop_tree()
        elif "highlight-ipynb" in classes:
            element.set("class", "highlight")  # Material's colours
        elif element.tag == "pre":
            element.set("tabindex", "0")  # long lines scroll sideways, with the keyboard too
        elif (element.tag == "div" and not classes & BOXES) or classes & PLAIN_NAMES:
            element.tag = "unwrapped"
    etree.strip_tags(body, "unwrapped")
    return "".join(markup.tostring(child, encoding="unicode") for child in body)


def secured(page: str) -> str:
    """Return a page with its policy, right after the charset: it governs what comes after it."""
    digests = {hashlib.sha256(body.encode()).digest() for body in INLINE_SCRIPT.findall(page)}
    hashes = sorted(f" 'sha256-{base64.b64encode(one).decode()}'" for one in digests)
    before, charset, after = page.partition(CHARSET)
    if not charset:
        raise ProblemError(f"a page has no {CHARSET} to put its policy behind")
    policy = POLICY.format(hashes="".join(hashes))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return f"{before}{charset}{meta}{after}"
