"""The report of a bump: two states of the project compared, as Markdown for a person to read."""

import ast
import difflib
import fnmatch
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import calls, recordings
from generator.bump import edits, newest
from generator.bump.links import LINK
from generator.versions import environments, results, tables
from generator.versions.environments import Environment
from generator.versions.results import Outcome, Record

NOTEBOOKS = "docs/notebooks"
RECORDS = tuple(
    f"docs/data/{path.name}" for path in (results.VERSIONS, results.SELECTION, results.PRODUCT)
)
COMPARED = (edits.ENVIRONMENTS, "requirements.txt", NOTEBOOKS, *RECORDS)
"""What a state of the project has to hold to be compared."""
MODULES = {"tf_keras": "tf-keras"}
FENCE = "```"


@dataclass(frozen=True)
class Cell:
    """A recorded cell that prints something else."""

    recording: str
    cell: str
    change: str
    """Unified diff of what it printed."""


@dataclass(frozen=True)
class Change:
    """A case that is answered otherwise."""

    case: str
    was: str
    became: str
    shown: bool
    """Whether a page would show it: the message of an error, for one, is on none."""


@dataclass(frozen=True)
class Answers:
    """How two environments answer the cases of one record."""

    record: str
    before: str
    after: str
    cases: int
    changed: list[Change]
    """Those that a page would show first."""

    def whose(self) -> str:
        """Name the two."""
        if self.before == self.after:
            return f"{self.after}, run again"
        return f"{self.after} after {self.before}"


@dataclass(frozen=True)
class Problem:
    """Something that did not go as it should; to be mended before the bump is done."""

    what: str
    said: str


def recorded(root: Path) -> list[str]:
    """Return the names of all recordings."""
    return sorted(path.stem for path in (root / NOTEBOOKS).glob("*.ipynb"))


def cells(before: Path, after: Path) -> list[Cell]:
    """Return the cells that print something else, or that were not there."""
    changed = []
    known = set(recorded(before))
    for name in recorded(after):
        old = recordings.load(name, before / NOTEBOOKS).cells if name in known else {}
        for cell, now in recordings.load(name, after / NOTEBOOKS).cells.items():
            was = old[cell].text if cell in old else ""
            if was != now.text:
                lines = difflib.unified_diff(
                    was.splitlines(), now.text.splitlines(), "before", "after", lineterm="", n=1
                )
                changed.append(Cell(name, cell, "\n".join(lines)))
    return changed


def not_recorded(root: Path, found: dict[str, str]) -> list[str]:
    """Return the recordings that were made with another Keras or TensorFlow than the newest."""
    return [
        name
        for name in recorded(root)
        if any(
            found.get(MODULES.get(module, module), release) != release
            for module, release in recordings.load(name, root / NOTEBOOKS).versions.items()
        )
    ]


def heads(declared: dict[str, Environment]) -> dict[tuple[str, str], str]:
    """Return the newest environment of each lineage and backend."""
    return {(one.lineage, one.backend): name for name, one in declared.items()}


def pairs(before: dict[str, Environment], after: dict[str, Environment]) -> list[tuple[str, str]]:
    """Return which environments to compare: newest with newest, and each with itself."""
    old, new = heads(before), heads(after)
    found = [(old[line], name) for line, name in new.items() if line in old]
    return list(dict.fromkeys([*found, *((name, name) for name in after if name in before)]))


def answers(before: Path, after: Path) -> list[Answers]:
    """Return how environments that have been run since answer, next to how it was."""
    compared = pairs(*(environments.load(root / edits.ENVIRONMENTS) for root in (before, after)))
    found = []
    for path in RECORDS:
        old, new = results.read(before / path), results.read(after / path)
        for was, now in compared:
            known, current = old.environments.get(was), new.environments.get(now)
            if known and current and known["key"] != current["key"] and "failed" not in current:
                found.append(_answers(Path(path).name, old, new, was, now))
    return found


def _answers(path: str, old: Record, new: Record, was: str, now: str) -> Answers:
    asked = [name for name, one in new.found.items() if now in one]
    changed = [
        change(name, old.found.get(name, {}).get(was), new.found[name][now])
        for name in asked
        if old.found.get(name, {}).get(was) != new.found[name][now]
    ]
    return Answers(path, was, now, len(asked), sorted(changed, key=lambda one: not one.shown))


def change(case: str, before: Outcome | None, after: Outcome) -> Change:
    """Write two outcomes in one line each; where they read alike, the parts in which they differ."""
    was, became = tables.told(before), tables.told(after)
    if was != became or before is None:
        return Change(case, was, became, shown=True)
    parts = [name for name in before | after if before.get(name) != after.get(name)]
    was, became = (
        json.dumps({name: one.get(name) for name in parts}, ensure_ascii=False)
        for one in (before, after)
    )
    return Change(case, was, became, shown=False)


def failed(root: Path) -> dict[str, str]:
    """Return the environments that have no results, and why."""
    found: dict[str, str] = {}
    for path in RECORDS:
        for name, one in results.read(root / path).environments.items():
            if "failed" in one:
                found[name] = one["failed"]
    return found


def shown(docs: Path, changed: list[Cell], cases: set[str]) -> dict[str, dict[str, list[str]]]:
    """Return page -> changed cell or case -> the lines that show it."""
    outputs = {(one.recording, one.cell): f"{one.recording}: {one.cell}" for one in changed}
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for page in sorted(docs.rglob("*.md")):
        name = page.relative_to(docs.parent).as_posix()
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            for match in calls.CALL.finditer(line):
                for what in _shows(match["function"], match["arguments"], outputs, cases):
                    found[name][what].append(str(number))
    return found


def _shows(
    function: str, arguments: str, outputs: dict[tuple[str, str], str], cases: set[str]
) -> list[str]:
    """Return which of the changed cells and cases a call shows, or the call if it shows them all."""
    try:
        given: tuple[Any, ...] = ast.literal_eval(f"({arguments},)" if arguments.strip() else "()")
    except (ValueError, SyntaxError):
        return []  # the build names it
    if function in {calls.output.__name__, calls.table.__name__}:
        return [outputs[given[:2]]] if given[:2] in outputs else []
    if function in calls.WHOLE:
        return [f"{function}({arguments})"] if cases else []
    return [one for one in sorted(cases) if any(fnmatch.fnmatchcase(one, str(p)) for p in given)]


def old_links(docs: Path, found: dict[str, str]) -> list[str]:
    """Return the links to the source of another Keras than the newest."""
    return [
        f"{page.relative_to(docs.parent).as_posix()}: {match[0]}"
        for page in sorted(docs.rglob("*.md"))
        for match in LINK.finditer(page.read_text(encoding="utf-8"))
        if found[match["repository"]] != match["release"]
    ]


def rows(head: list[str], lines: list[list[str]]) -> list[str]:
    """Return a table."""
    every = [head, ["---"] * len(head), *lines]
    return [f"| {' | '.join(_escaped(one) for one in line)} |" for line in every] + [""]


def _escaped(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def text(before: Path, after: Path, problems: list[Problem]) -> str:
    """Return the report.

    Args:
        before: a folder with the state from which the bump started.
        after: the project as it is now.
        problems: what did not go as it should.

    """
    found = newest.pinned((after / "requirements.txt").read_text(encoding="utf-8"))
    changed, answered = cells(before, after), answers(before, after)
    cases = {case.case for one in answered for case in one.changed if case.shown}
    pages = shown(after / "docs", changed, cases)
    lines = [f"# Bump to {', '.join(f'{name} {release}' for name, release in found.items())}", ""]
    for one in problems:
        lines += [f"## To mend: {one.what}", "", f"{FENCE}text", one.said.strip(), FENCE, ""]
    lines += ["## Releases", "", *_releases(before, after)]
    lines += ["## Pages to read", "", *_pages(pages)]
    lines += ["## Links to lines of source that are gone", "", *_gone(after, found)]
    lines += ["## What snippets print", "", *_cells(changed, len(recorded(after)))]
    lines += ["## What releases answer", "", *_answered(answered)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _releases(before: Path, after: Path) -> list[str]:
    """Say which packages of the project changed, and of the environments that ran since."""
    old, new = (
        newest.releases((root / "requirements.txt").read_text(encoding="utf-8"))
        for root in (before, after)
    )
    names = dict.fromkeys([*edits.NAMES, *sorted(old.keys() | new.keys())])
    rose = [
        ["the project", name, old.get(name, "none"), new.get(name, "none")]
        for name in names
        if old.get(name) != new.get(name)
    ]
    records = [results.read(root / RECORDS[0]).environments for root in (before, after)]
    declared = [environments.load(root / edits.ENVIRONMENTS) for root in (before, after)]
    for was, now in pairs(declared[0], declared[1]):
        known, current = records[0].get(was, {}), records[1].get(now, {})
        rose += [
            [now, name, known[name], current[name]]
            for name in current
            if name in known and name not in {"key", "failed"} and known[name] != current[name]
        ]
    if not rose:
        return ["Nothing rose.", ""]
    return rows(["where", "package", "before", "after"], rose)


def _pages(pages: dict[str, dict[str, list[str]]]) -> list[str]:
    if not pages:
        return ["No page shows a cell or a case that changed.", ""]
    lines = [
        f"- `{page}`: "
        + "; ".join(f"{what} (line {', '.join(numbers)})" for what, numbers in shows.items())
        for page, shows in pages.items()
    ]
    return [*lines, ""]


def _gone(after: Path, found: dict[str, str]) -> list[str]:
    links = old_links(after / "docs", found)
    return [*(f"- {one}" for one in links), ""] if links else ["None.", ""]


def _cells(changed: list[Cell], count: int) -> list[str]:
    if not changed:
        return [f"Nothing printed differently: {count} recordings.", ""]
    names = {one.recording for one in changed}
    lines = [f"{len(names)} of {count} recordings print something else.", ""]
    for one in changed:
        lines += [f"### {one.recording}: {one.cell}", "", f"{FENCE}diff", one.change, FENCE, ""]
    return lines


def _answered(answered: list[Answers]) -> list[str]:
    if not answered:
        return ["No release was run again.", ""]
    alike: dict[str, list[str]] = defaultdict(list)
    lines = []
    for one in answered:
        if not one.changed:
            alike[one.whose()].append(f"{one.cases} of {one.record}")
            continue
        count = f"{len(one.changed)} of {one.cases} cases of {one.record} answered otherwise"
        lines += [f"### {one.whose()}: {count}", ""]
        if unseen := sum(not case.shown for case in one.changed):
            lines += [f"The last {unseen} only in what no page shows, such as a message.", ""]
        listed = [[case.case, case.was, case.became] for case in one.changed]
        lines += rows(["case", "was", "became"], listed)
    if alike:
        lines += ["Nothing answered differently:", ""]
        lines += [f"- {whose}: {', '.join(said)}" for whose, said in alike.items()]
    return [*lines, ""]
