"""Pages: their front matter, and what follows from it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
from mkdocs.utils import meta

from generator import common
from generator.common import DATA, DOCS, ProblemError, once, read_json, shown
from generator.record import recordings

FOLDERS = ("pitfalls", "metrics")
SCHEMA = DATA / "pitfalls.schema.json"
QUESTIONS = DATA / "questions.json"
"""The classes of question that pages answer: an open list, a new class needs one more line."""
LIST = DATA / "pitfalls.json"


@dataclass(frozen=True)
class Page:
    """A page that stands for one pitfall or one metric."""

    path: Path
    meta: dict[str, Any]

    @property
    def id(self) -> str:
        """The word that names the page, its snippet and its notebook."""
        return self.path.stem

    @property
    def url(self) -> str:
        """Address below the root of the site."""
        return f"{self.path.parent.name}/{self.id}/"

    def entry(self) -> dict[str, Any]:
        """Return the published record of the page; a field that is missing stays missing."""
        known = self.meta | {"id": self.id, "url": self.url, "notebook": f"notebooks/{self.id}/"}
        known |= {"summary": known["description"]} if "description" in known else {}
        published = read_json(SCHEMA)["items"]["properties"]  # so that the two cannot disagree
        return {name: known[name] for name in published if name in known}


def load(folder: str) -> list[Page]:
    """Read and check all pages of one folder, in the order of their codes, then of their names."""
    pages = [read(path) for path in (DOCS / folder).glob("*.md") if path.name != "index.md"]
    return sorted(pages, key=lambda page: (page.meta.get("code", ""), page.id))


@once
def read(path: Path) -> Page:
    """Read one page.

    Raises:
        ProblemError: the front matter lacks fields or holds wrong ones; all that is wrong.
    """
    page = Page(path, meta.get_data(common.read(path))[1])
    if problems := list(_wrong(page)):
        raise ProblemError("\n".join(f"{shown(path)}:1: front matter: {one}" for one in problems))
    return page


def _wrong(page: Page) -> Iterator[str]:
    if not page.meta:  # which is how MkDocs says it
        yield 'not YAML between lines of `---`: a text that holds ": " stands in quotes'
        return
    schema = read_json(SCHEMA)
    item = {"$defs": schema["$defs"], **schema["items"]}
    if page.path.parent.name != "pitfalls":  # the page of a metric has no code
        item["required"] = [name for name in item["required"] if name != "code"]
        item["properties"] = item["properties"] | {"url": True}
    for name in page.meta.keys() - item["properties"].keys() - {"description", "formerly"}:
        yield f"unknown field {name!r}"
    for error in jsonschema.Draft202012Validator(item).iter_errors(page.entry()):
        field = "/".join(str(part) for part in error.absolute_path)
        said = f"{field}: {error.message}".removeprefix(": ")
        yield said.replace("'summary'", "'description'").replace("summary:", "description:")
    known = {one["id"] for one in read_json(QUESTIONS)}
    for name in page.meta.get("answers") or []:
        if name not in known:
            yield f"answers: {name!r} is not in {shown(QUESTIONS)}: add it there, with its question"


def index() -> str:
    """Return what the published list of pitfalls has to hold."""
    entries = [page.entry() for page in load("pitfalls")]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def redirects() -> dict[str, str]:
    """Return address -> address of the page it leads to: codes, and names a page once had."""
    found: dict[str, str] = {}
    for page in [page for folder in FOLDERS for page in load(folder)]:
        former = [f"{page.path.parent.name}/{name}/" for name in page.meta.get("formerly", [])]
        for address in [f"{page.meta['code']}/", *former] if "code" in page.meta else former:
            if address in found:
                leads = f"{address} leads to {found[address]} already"
                raise ProblemError(f"{shown(page.path)}:1: {leads}")
            found[address] = page.url
    return found


def owner(recording: str) -> Page:
    """Return the page a recording belongs to: the one it is named after, `<id>` or `<id>-…`."""
    every = [path for folder in FOLDERS for path in (DOCS / folder).glob("*.md")]
    fitting = [path for path in every if f"{recording}-".startswith(f"{path.stem}-")]
    if not fitting:
        raise ProblemError(
            f"snippets/{recording}.py: named after no page. A snippet is called as its page, "
            "or as its page and a hyphen and more."
        )
    return read(max(fitting, key=lambda path: len(path.stem)))


def recordings_of(page: Page) -> list[recordings.Recording]:
    """Return the recordings of a page, the one of its own name first."""
    names = sorted(recordings.names(), key=len)
    return [recordings.load(name) for name in names if owner(name).id == page.id]
