"""The ledger: every address and id the site has ever published. People link to them for years."""

import json
from pathlib import Path

from lxml import html

from generator.errors import ProblemError
from generator.files import write
from generator.paths import DATA, shown

PATH = DATA / "addresses.json"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def read() -> dict[str, list[str] | str]:
    """Return address -> ids of its headings, or the address it leads to."""
    return dict(json.loads(PATH.read_text(encoding="utf-8"))) if PATH.is_file() else {}


def collect(site: Path) -> dict[str, list[str]]:
    """Return address -> ids of headings, for every page and data file of a built site."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        # Ids within a recorded run are the renderer's, not ours to promise.
        found[address] = [] if address.startswith("notebooks/") else ids(path)
    for path in sorted((site / "data").rglob("*.json")):
        found[path.relative_to(site).as_posix()] = []
    return found


def ids(page: Path) -> list[str]:
    """Return the ids of the headings of a page, and of what stands in them, sorted."""
    headings = html.document_fromstring(page.read_text(encoding="utf-8")).iter(*HEADINGS)
    return sorted(str(one) for each in headings for one in each.xpath("descendant-or-self::*/@id"))


def lost(
    site: dict[str, list[str]],
    redirects: dict[str, str],
    ledger: dict[str, list[str] | str] | None = None,
) -> list[str]:
    """Say which published addresses and ids no longer resolve, and what to do about each."""
    said = []
    for address, kept in (read() if ledger is None else ledger).items():
        where = f"{shown(PATH)}: /{address}"
        if isinstance(kept, str):
            if redirects.get(address) != kept:
                now = redirects.get(address, "nowhere")
                said.append(
                    f"{where} led to /{kept}, now to {now}. Keep it: a code is never given twice."
                )
        elif address not in site:
            said.append(
                f"{where} was published and is gone. Where the page was renamed, name its old id in "
                "the new page's front matter: `formerly: [old-id]`."
            )
        elif address not in redirects and (missing := set(kept) - set(site[address])):
            said.append(
                f"{where} lost the ids {', '.join(sorted(missing))}. Give a heading each of them "
                "again: `## Heading { #id }`."
            )
    return said


def unnoted(
    site: dict[str, list[str]], ledger: dict[str, list[str] | str] | None = None
) -> list[str]:
    """Return the addresses that are new, or have new ids, and are not yet in the ledger."""
    ledger = read() if ledger is None else ledger
    return [
        address
        for address, ids in site.items()
        if address not in ledger
        or (not isinstance(ledger[address], str) and not set(ids) <= set(ledger[address]))
    ]


def add(site: dict[str, list[str]], redirects: dict[str, str]) -> None:
    """Note what is new. Nothing is ever taken out here."""
    ledger = read()
    for address, ids in site.items():
        if address in redirects:
            ledger.setdefault(address, redirects[address])
        else:
            kept = ledger.get(address, [])
            if isinstance(kept, str):
                raise ProblemError(f"{shown(PATH)}: /{address} led to /{kept}; it cannot be a page")
            ledger[address] = sorted({*kept, *ids})
    write(PATH, json.dumps(dict(sorted(ledger.items())), indent=1) + "\n")
