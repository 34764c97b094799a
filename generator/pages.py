"""Pages: their front matter, and what follows from it."""

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
from mkdocs.utils import meta

from generator import recordings, snippets
from generator.errors import ProblemError
from generator.files import write
from generator.paths import DATA, DOCS, shown

FOLDERS = ("pitfalls", "metrics")
# The front matter of a metric page has the same fields but for the ones that only a pitfall has.
PITFALL_ONLY = {"code"}


@dataclass(frozen=True)
class Page:
    """A page that stands for one pitfall or one metric."""

    path: Path
    meta: dict[str, Any]
    body: str

    @property
    def id(self) -> str:
        """The word that names the page, its snippet and its notebook."""
        return self.path.stem

    @property
    def url(self) -> str:
        """Address below the root of the site."""
        return f"{self.path.parent.name}/{self.id}/"


def load(folder: str) -> list[Page]:
    """Read and check all pages of one folder, in the order of their codes, then of their names."""
    paths = sorted((DOCS / folder).glob("*.md"))
    pages = [read(path) for path in paths if path.name != "index.md"]
    return sorted(pages, key=lambda page: (page.meta.get("code", ""), page.id))


def read(path: Path) -> Page:
    """Read one page.

    Raises:
        ProblemError: the front matter lacks a field or holds a wrong one, or its snippet is missing.

    """
    page = _parse(path, path.read_text(encoding="utf-8"))
    if not snippets.path_of(page.id).is_file():
        raise ProblemError(f"{shown(path)}: has no snippet: write snippets/{page.id}.py")
    return page


@functools.lru_cache(maxsize=256)
def _parse(path: Path, text: str) -> Page:
    body, front = meta.get_data(text)
    page = Page(path, front, body)
    for problem in wrong_fields(page):
        raise ProblemError(f"{shown(path)}: front matter: {problem}")
    return page


def wrong_fields(page: Page) -> list[str]:
    """Check front matter against the schema of the published data, so that they cannot disagree."""
    schema = json.loads((DATA / "pitfalls.schema.json").read_text(encoding="utf-8"))
    item = {"$defs": schema["$defs"], **schema["items"]}
    record = entry(page)
    if page.path.parent.name != "pitfalls":
        item["required"] = [name for name in item["required"] if name not in PITFALL_ONLY]
        item["properties"] = item["properties"] | {"url": True}
    problems = [
        f"unknown field {name!r}"
        for name in page.meta
        if name not in {*item["properties"], "description", "formerly"}
    ]
    for error in jsonschema.Draft202012Validator(item).iter_errors(record):
        field = "/".join(str(part) for part in error.absolute_path)
        message = re.sub(r"^'summary'", "'description'", error.message)
        problems.append(f"{'description' if field == 'summary' else field}: {message}".lstrip(": "))
    return problems


def entry(page: Page) -> dict[str, Any]:
    """Return the published record of a page; a field that is missing stays missing."""
    taken = {
        "code": page.meta.get("code"),
        "id": page.id,
        "title": page.meta.get("title"),
        "url": page.url,
        "summary": page.meta.get("description"),
        "symptoms": page.meta.get("symptoms"),
        "answers": page.meta.get("answers"),
        "metrics": page.meta.get("metrics"),
        "shapes": page.meta.get("shapes"),
        "notebook": f"notebooks/{page.id}/",
    }
    return {name: value for name, value in taken.items() if value is not None}


def index_text() -> str:
    """Return what `docs/data/pitfalls.json` has to hold."""
    entries = [entry(page) for page in load("pitfalls")]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def write_index() -> None:
    """Write `docs/data/pitfalls.json`."""
    write(DATA / "pitfalls.json", index_text())


def redirects() -> dict[str, str]:
    """Return address -> address of the page it leads to: codes, and names a page once had."""
    found: dict[str, str] = {}
    for page in [page for folder in FOLDERS for page in load(folder)]:
        former = [f"{page.path.parent.name}/{name}/" for name in page.meta.get("formerly", [])]
        code = [f"{page.meta['code']}/"] if "code" in page.meta else []
        for address in code + former:
            if address in found:
                raise ProblemError(
                    f"{shown(page.path)}: {address} leads to {found[address]} already"
                )
            found[address] = page.url
    return found


def owner(recording: str) -> Page:
    """Return the page a recording belongs to: the one it is named after, `<id>` or `<id>-…`."""
    words = recording.split("-")
    for count in range(len(words), 0, -1):
        page_id = "-".join(words[:count])
        for folder in FOLDERS:
            path = DOCS / folder / f"{page_id}.md"
            if page_id != "index" and path.is_file():
                return read(path)
    raise ProblemError(
        f"snippets/{recording}.py: named after no page. A snippet is called as its page, "
        "or as its page and a hyphen and more."
    )


def recordings_of(page: Page) -> list[recordings.Recording]:
    """Return the recordings of a page, the one of its own name first."""
    return [
        recordings.load(name)
        for name in sorted(snippets.names(), key=len)
        if f"{name}-".startswith(f"{page.id}-") and owner(name).id == page.id
    ]
