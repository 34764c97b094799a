"""Quotations: words and numbers of others, kept whole and apart from what was executed here."""

import json
from dataclasses import dataclass

from generator.errors import ProblemError
from generator.paths import DATA, shown

PATH = DATA / "quotations.json"


@dataclass(frozen=True)
class Source:
    """Where a quotation is from."""

    id: str
    title: str
    author: str
    url: str
    license: str
    texts: tuple[str, ...]


def load() -> dict[str, Source]:
    """Read the committed file of quotations."""
    entries = json.loads(PATH.read_text(encoding="utf-8"))
    return {raw["id"]: Source(**{**raw, "texts": tuple(raw["texts"])}) for raw in entries}


def find(source: str, text: str) -> Source:
    """Return the source of a quotation.

    Raises:
        ProblemError: no such source, or it holds no such text.

    """
    sources = load()
    if source not in sources:
        raise ProblemError(f"no source {source!r} in {shown(PATH)}: {', '.join(sources)}")
    if not any(text in kept for kept in sources[source].texts):
        raise ProblemError(f"{shown(PATH)}: the texts of {source!r} do not hold {text!r}")
    return sources[source]
