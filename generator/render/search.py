"""What the search knows of each page: a record, which its worker ranks by MiniSearch."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from lxml import html
from mkdocs.structure.pages import Page

from generator.common import write

WORD = re.compile(r"[^\W\d]\w+")
# A symptom says its cure after a colon or a question mark that is not in code or in brackets.
CURE = re.compile(r"^((?:`+[^`]*`+|\((?:`[^`]*`|[^)])*\)|[^`(:?]|[:?](?! ))*)(?:(\?) |: ).*")
LINK = re.compile(r"\[([^]]+)\]\([^)]+\)")
# Folded code, the signs that link a heading, and "Printed by the run": on every page alike.
NOT_READ = "//details | //a[@class='headerlink'] | //a[@class='by-run' and not(*)]"
PART = re.compile(r"\w+(?:[.-]\w+)*")
MANY = {"symptoms": 40, "text": 4}  # a word that so many pages have tells none from the others

known: dict[str, dict[str, Any]] = {}
"""Page -> its record. It stays while serving, where only what was saved is built."""


def learn(content: str, page: Page) -> None:
    """Keep the record of a page: its front matter, its headings, and its other words, each once."""
    body = html.document_fromstring(content)
    for element in body.xpath(NOT_READ):
        element.drop_tree()
    record: dict[str, Any] = {one: page.meta.get(one, "") for one in ("code", "description")}
    record["symptoms"] = PART.findall(LINK.sub(r"\1", str(page.meta.get("symptoms", ""))))
    record["title"] = page.meta.get("title", page.title)
    record["headings"] = [one.text_content() for one in body.xpath("//h2 | //h3 | //h4")]
    said = {word.lower() for word in WORD.findall(str(record))}
    text = body.text_content() if "shapes" in page.meta else ""  # a list is found by its headings
    words = (word.lower() if word[1:].islower() else word for word in WORD.findall(text))
    record["text"] = sorted(word for word in {*words} if word.lower() not in said)
    known[page.file.src_uri] = record | {"url": page.url}


def save(site: Path) -> None:
    """Write what is known of all pages, without the words that many have."""
    records = [dict(one) for _, one in sorted(known.items())]
    for field, many in MANY.items():
        count = Counter(word for one in records for word in {w.lower() for w in one[field]})
        for one in records:
            one[field] = " ".join(word for word in one[field] if count[word.lower()] < many)
    write(site / "search" / "pages.json", json.dumps(records, ensure_ascii=False))
