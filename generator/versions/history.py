"""What changed from release to release, and what never did."""

import html
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.errors import ProblemError
from generator.paths import shown
from generator.versions import cases, environments, results, tables
from generator.versions.environments import BACKEND, Environment


@dataclass(frozen=True)
class Change:
    """A case whose answer differs between two environments that follow each other."""

    before: Environment
    after: Environment
    case: str
    was: str
    became: str
    exact: bool
    """Whether no release lies between the two."""

    def when(self) -> str:
        """Say when it changed, as exactly as is known."""
        if self.exact:
            return f"in {tables.label(self.after)}"
        return f"between {tables.label(self.before)} and {tables.label(self.after)}"


def neighbours(before: Environment, after: Environment, line: list[Environment]) -> bool:
    """Tell whether one release came right after another: nothing declared or left out between."""
    since = environments.lineages()[after.lineage].get("complete_from", "")
    if not since or environments.numbers(before.release) < environments.numbers(since):
        return False
    return line.index(after) == line.index(before) + 1


def changes(names: Iterable[str] | None = None) -> list[Change]:
    """Return the changes of some cases, or of all, within the lineages that have a history."""
    found = tables.record(results.VERSIONS).found
    listed = []
    for line in tables.ordered().values():
        if len(line) < 2 or line[0].lineage == BACKEND:
            continue
        for name in names or cases.load():
            answered = [one for one in line if one.id in found.get(name, {})]
            for before, after in itertools.pairwise(answered):
                was, became = (
                    tables.told(found[name][before.id]),
                    tables.told(found[name][after.id]),
                )
                if was != became:
                    exact = neighbours(before, after, line)
                    listed.append(Change(before, after, name, was, became, exact))
    order = list(environments.load())
    return sorted(listed, key=lambda one: order.index(one.after.id))


def changed(name: str, lineage: str) -> str:
    """Say when the answer to a case changed within a lineage.

    Raises:
        ProblemError: it never did there.

    """
    tables.known(name)
    members = {one.id for one in tables.ordered().get(lineage, [])}
    found = [one.when() for one in changes([name]) if one.after.id in members]
    if not found:
        raise ProblemError(f"the answer to {name!r} never changed in {lineage!r}")
    return ", and ".join(found)


def timeline(lineage: str, release: str = "") -> str:
    """Return what changed with each release of a lineage, the newest first, as Markdown.

    Of all releases, or of those that begin like `release`.

    Each release has a heading, whether it changed anything or not, so links to it stay.

    Raises:
        ProblemError: there is no such lineage.

    """
    if lineage not in tables.ordered():
        raise ProblemError(f"no lineage {lineage!r} in {shown(environments.DECLARED)}")
    line = tables.ordered()[lineage]
    by_release: dict[str, list[Change]] = defaultdict(list)
    for one in changes():
        by_release[one.after.id].append(one)
    parts = []
    for before, after in zip([None, *line], line, strict=False):
        if not after.release.startswith(release):
            continue
        attributes = f'#{after.id} data-recorded="versions:{after.id}"'
        parts.append(
            f"### {tables.label(after)} {{ {attributes} }}\n\n{_entry(before, after, by_release)}"
        )
    return "\n\n".join(reversed(parts))


def _entry(
    before: Environment | None, after: Environment, by_release: dict[str, list[Change]]
) -> str:
    mark = f'{{: data-recorded="versions:{after.id}" }}'
    made = tables.record(results.VERSIONS).environments.get(after.id, {"failed": tables.NOT_RUN})
    if "failed" in made:
        return f"Not run: {html.escape(made['failed'])}\n{mark}"
    if before is None:
        return "The first release here."
    listed = by_release[after.id]
    before = listed[0].before if listed else before
    again = tables.again(tables.command(env=(before.id, after.id)))
    if not listed:
        return f"All cases as in {tables.label(before)}.\n{mark}\n\n{again}"
    gap = "" if listed[0].exact else " Releases between the two were not run."
    titles = {name: case["title"] for name, case in cases.load().items()}
    # What arrives with a name says little; that the name arrives is a case of its own.
    told = [one for one in listed if one.was != tables.NO_NAME]
    said = f"{len(told)} of {len(titles)} cases changed since {tables.label(before)}.{gap}"
    if arrived := len(listed) - len(told):
        said += f" {arrived} more ask for a name that has come since."
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in told:
        alike[one.was, one.became].append(f"{titles[one.case]} ({one.case})")
    rows = [["Case", tables.label(before), tables.label(after)]]
    rows += [["; ".join(named), was, became] for (was, became), named in alike.items()]
    parts = [
        f"{said}\n{mark}",
        *([tables.table(after.id, rows)] if told else []),
        again,
    ]
    return "\n\n".join(parts)


def unchanged() -> list[str]:
    """Return the cases that every environment answers alike, where it has what they ask for."""
    found = tables.record(results.VERSIONS).found
    return [name for name in cases.load() if found.get(name) and not tables.changing(name)]


def always() -> str:
    """Return the cases that every environment answers alike, and how to ask the first again."""
    known_cases, found = cases.load(), tables.record(results.VERSIONS).found
    lines = [["Case", "Everywhere"]]
    for name in unchanged():
        said = {tables.told(one) for one in found[name].values()}
        title = f"{known_cases[name]['title']} ({name})"
        lines.append([title, *(said - tables.NOT_THERE.keys())])
    table = tables.table("unchanged", lines)
    return f"{table}\n\n{tables.again(tables.command((unchanged()[0],)))}"


def figure(name: str) -> str:
    """Return a figure of the sweep, for a sentence.

    Raises:
        ProblemError: there is no figure of that name.

    """
    figures: dict[str, Callable[[], int]] = {
        "cases": lambda: len(tables.record(results.VERSIONS).found),
        "unchanged": lambda: len(unchanged()),
        "cells": lambda: len(tables.record(results.SELECTION).found),
        "product": lambda: len(tables.record(results.PRODUCT).found),
        "environments": _run,
    }
    if name not in figures:
        raise ProblemError(f"no figure {name!r}; there are: {', '.join(figures)}")
    return str(figures[name]())


def _run() -> int:
    """Count the environments that could be run."""
    made = tables.record(results.VERSIONS).environments.values()
    return sum("failed" not in one for one in made)
