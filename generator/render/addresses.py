"""The ledger: every address and id that was ever published. People link to them for years.

What was published is what the last commit has: a heading of a draft may still be renamed.
"""

import contextlib
import json
from pathlib import Path

from lxml import html

from generator.common import DATA, ProblemError, output_of, read, shown

PATH = DATA / "addresses.json"
# Headings, and what stands where a heading was: `[text](page.md){ #id }` or `**words**{ #id }`.
NAMED = ["h1", "h2", "h3", "h4", "h5", "h6", "a", "strong"]
IDS = f"//article//*[{' or '.join(f'self::{one}' for one in NAMED)}]/descendant-or-self::*/@id"

Ledger = dict[str, list[str] | str]
"""Address -> ids of its headings and links, or the address that it leads to."""


def published() -> Ledger:
    """Return the ledger of the last commit; of the working tree where there is no commit."""
    with contextlib.suppress(ProblemError):
        return dict(json.loads(output_of("git", "show", f"HEAD:{shown(PATH)}")))
    return dict(json.loads(read(PATH, "{}")))


def collect(site: Path) -> dict[str, list[str]]:
    """Return address -> sorted ids of headings, for every page and data file of a built site."""
    found: dict[str, list[str]] = {}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        ids = map(str, html.document_fromstring(read(path)).xpath(IDS))
        # Ids within a recorded run are the renderer's, not ours to promise.
        found[address] = [] if address.startswith("notebooks/") else sorted(set(ids))
    for path in sorted((site / "data").rglob("*.json")):
        found[path.relative_to(site).as_posix()] = []
    return found


def lost(site: dict[str, list[str]], redirects: dict[str, str], ledger: Ledger) -> list[str]:
    """Say which published addresses and ids no longer resolve, and what to do about each."""
    said = []
    for address, kept in ledger.items():
        where, now = f"{shown(PATH)}: /{address}", redirects.get(address, "nowhere")
        if isinstance(kept, str):
            if now != kept:
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
                f"{where} lost the ids {', '.join(sorted(missing))}. Give them to headings, or to "
                "links to where they went: `[text](page.md){ #id }`."
            )
    return said


def noted(site: dict[str, list[str]], redirects: dict[str, str], ledger: Ledger) -> Ledger:
    """Return a ledger to which is added what a site has, if it lost nothing."""
    made = dict(ledger)
    for address, found in site.items():
        made[address] = redirects.get(address) or sorted({*made.get(address, []), *found})
    return dict(sorted(made.items()))
