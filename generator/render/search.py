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
LINK = re.compile(r"\[([^]]+)\]\([^)]+\)")
# Folded code, the signs that link a heading, and "Printed by the run": on every page alike.
NOT_READ = "//details | //a[@class='headerlink'] | //a[@class='by-run' and not(*)]"
MANY = 4  # a word that so many pages have tells none of them from the others

known: dict[str, dict[str, Any]] = {}
"""Page -> its record. It stays while serving, where only what was saved is built."""


def learn(content: str, page: Page) -> None:
    """Keep the record of a page: its front matter, its headings, and its other words, each once."""
    body = html.document_fromstring(content)
    for element in body.xpath(NOT_READ):
        element.drop_tree()
    record: dict[str, Any] = {
        one: LINK.sub(r"\1", str(page.meta.get(one, "")))
        for one in ("code", "description", "symptoms")
    }
    record["title"] = page.meta.get("title", page.title)
    record["headings"] = [one.text_content() for one in body.xpath("//h2 | //h3 | //h4")]
    said = {word.lower() for word in WORD.findall(str(record))}
    text = body.text_content() if "shapes" in page.meta else ""  # a list is found by its headings
    words = (word.lower() if word[1:].islower() else word for word in WORD.findall(text))
    record["text"] = [word for word in dict.fromkeys(words) if word.lower() not in said]
    known[page.file.src_uri] = record | {"url": page.url}


def save(site: Path) -> None:
    """Write what is known of all pages, without the words that many have."""
    count = Counter(word for one in known.values() for word in one["text"])
    records = [
        one | {"text": " ".join(word for word in sorted(one["text"]) if count[word] < MANY)}
        for _, one in sorted(known.items())
    ]
    write(site / "search" / "pages.json", json.dumps(records, ensure_ascii=False))
