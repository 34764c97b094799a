"""Tables made from what the sweep found: text and HTML, nothing that Keras computes."""

import functools
import html
import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import ProblemError
from generator.paths import shown
from generator.versions import cases, environments, results
from generator.versions.environments import BACKEND, Environment
from generator.versions.results import Outcome, Record

NOT_RUN = "not run"
CONTINUES = {"tf-keras": "tf.keras"}
"""tf-keras goes on where tf.keras ended."""
BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch", "numpy": "NumPy"}


@functools.lru_cache(maxsize=8)
def _parsed(path: Path, text: str) -> Record:
    return results.parse(path, text)


def record(path: Path) -> Record:
    """Return a record, parsed again when its file has changed."""
    return _parsed(path, path.read_text(encoding="utf-8") if path.is_file() else "")


def short(value: Any) -> str:  # noqa: ANN401 -- whatever JSON holds
    """Write a value as a reader wants it: numbers with four digits, lists flat."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value:.4g}"
    if isinstance(value, list):
        while len(value) > 1 and all(isinstance(one, list) and len(one) == 1 for one in value):
            value = [one[0] for one in value]  # a column
        if value and all(isinstance(one, str) for one in value):
            return ", ".join(value)
        return f"[{', '.join(short(one) for one in value)}]"
    return str(value)


def told(outcome: Outcome | None) -> str:
    """Write an outcome in one line; of an error its type, and the metric it was chosen for."""
    if outcome is None:
        return NOT_RUN
    if "error" in outcome:
        return str(outcome["error"])
    parts = []
    if "value" in outcome:
        shape = outcome.get("shape")
        parts.append(short(outcome["value"]) if shape != [] else f"{short(outcome['value'])} alone")
    if outcome.get("metric"):
        parts.append(short(outcome["metric"]))
    if "key" in outcome:
        parts.append(f"key {short(outcome['key'])}" if outcome["key"] else "no key")
    if "watches" in outcome:
        parts.append({"greater": "max", "less": "min"}.get(outcome["watches"], "none"))
    parts += [
        f"{name} {short(value)}"
        if name in {"list", "last", "loss", "dtype", "warned"}
        else short(value)
        for name, value in outcome.items()
        if name not in {"value", "metric", "key", "shape", "watches"}
    ]
    return ", ".join(parts)


def ordered() -> dict[str, list[Environment]]:
    """Return lineage -> its environments in order, with tf-keras at the end of tf.keras."""
    found: dict[str, list[Environment]] = defaultdict(list)
    for one in environments.load().values():
        found[CONTINUES.get(one.lineage, one.lineage)].append(one)
    return found


def label(one: Environment) -> str:
    """Name one environment for a reader."""
    if one.lineage == BACKEND:
        return f"Keras {one.release} on {BACKENDS[one.backend]}"
    return f"{environments.lineages()[one.lineage]['title']} {one.release}"


def ranges(members: set[str]) -> list[str]:
    """Name some environments as ranges within their lineages."""
    found = []
    for line in ordered().values():
        inside = itertools.groupby(line, key=lambda one: one.id in members)
        for group in [list(run) for belongs, run in inside if belongs]:
            first, last = group[0], group[-1]
            if first.lineage == BACKEND:
                names = ", ".join(BACKENDS[one.backend] for one in group)
                found.append(f"Keras {first.release} on {names}")
            elif len(group) == 1:
                found.append(label(first))
            elif last.lineage == first.lineage:
                found.append(f"{label(first)} to {last.release}")
            else:
                found.append(f"{label(first)} to {label(last)}")
    return found


def known(name: str) -> cases.Case:
    """Return a case.

    Raises:
        ProblemError: there is none of that name, or no environment has run it yet.

    """
    declared = cases.load()
    if name not in declared:
        raise ProblemError(f"no case {name!r} in {shown(cases.CASES)}")
    if name not in record(results.VERSIONS).found:
        raise ProblemError(f"case {name!r} has not been run on any release: make versions")
    return declared[name]


def by_version(names: tuple[str, ...]) -> str:
    """Return the table of some cases: a line for each set of releases that answer alike."""
    heads = [known(name)["title"] for name in names]
    found = record(results.VERSIONS).found
    together: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in environments.load():
        together[tuple(told(found[name].get(one)) for name in names)].add(one)
    last = sorted(together, key=lambda says: set(says) == {NOT_RUN})  # stable: the rest in order
    lines = [["; ".join(ranges(together[says])), *says] for says in last]
    return table(",".join(names), [["Releases", *heads], *lines])


def table(source: str, lines: list[list[str]]) -> str:
    """Return lines as a table that says where it is from; the first line is its head."""
    head, *body = [[html.escape(part) for part in line] for line in lines]

    def row(parts: list[str], tag: str) -> str:
        first, *rest = parts
        cells = [f"<th>{first}</th>", *(f"<{tag}>{part}</{tag}>" for part in rest)]
        return f"<tr>{' '.join(cells)}</tr>"

    # Blanks between cells, or the search takes a row for one word.
    return (
        f'<div class="recorded" data-recorded="versions:{html.escape(source)}" tabindex="0" '
        f'role="group" aria-label="Table"><table class="recorded-table"><thead>{row(head, "th")}'
        f"</thead> <tbody>{' '.join(row(parts, 'td') for parts in body)}</tbody></table></div>"
    )


def command(names: tuple[str, ...], env: str = "") -> str:
    """Return the command that runs some cases again, on every release or on some."""
    return f"make versions {f'ENV={env} ' if env else ''}CASE={','.join(names)}"


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
            return f"in {label(self.after)}"
        return f"between {label(self.before)} and {label(self.after)}"


def neighbours(before: Environment, after: Environment, line: list[Environment]) -> bool:
    """Tell whether one release came right after another: nothing declared or left out between."""
    since = environments.lineages()[after.lineage].get("complete_from", "")
    if not since or environments.numbers(before.release) < environments.numbers(since):
        return False
    return line.index(after) == line.index(before) + 1


def changes(names: Iterable[str] | None = None) -> list[Change]:
    """Return the changes of some cases, or of all, within the lineages that have a history."""
    found = record(results.VERSIONS).found
    listed = []
    for line in ordered().values():
        if len(line) < 2 or line[0].lineage == BACKEND:
            continue
        for name in names or cases.load():
            answered = [one for one in line if one.id in found.get(name, {})]
            for before, after in itertools.pairwise(answered):
                was, became = told(found[name][before.id]), told(found[name][after.id])
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
    known(name)
    members = {one.id for one in ordered().get(lineage, [])}
    found = [one.when() for one in changes([name]) if one.after.id in members]
    if not found:
        raise ProblemError(f"the answer to {name!r} never changed in {lineage!r}")
    return ", and ".join(found)


def timeline() -> str:
    """Return every change of every case, by the release that brought it."""
    titles = {name: case["title"] for name, case in cases.load().items()}
    parts = []
    for (before, after), group in itertools.groupby(
        changes(), key=lambda one: (one.before, one.after)
    ):
        listed = list(group)
        lines = [["Case", label(before), label(after)]]
        lines += [[f"{titles[one.case]} ({one.case})", one.was, one.became] for one in listed]
        parts.append(
            f'<details><summary data-recorded="versions:{after.id}">{html.escape(listed[0].when())}: '
            f"{len(listed)} of {len(titles)} cases</summary>{table(after.id, lines)}</details>"
        )
    return "\n".join(parts)


def unchanged() -> list[str]:
    """Return the cases that every environment answers alike."""
    found = record(results.VERSIONS).found
    return [
        name
        for name in cases.load()
        if len({told(outcome) for outcome in found.get(name, {}).values()}) == 1
    ]


def always() -> str:
    """Return the cases that every environment answers alike, as a table."""
    known_cases, found = cases.load(), record(results.VERSIONS).found
    lines = [
        [known_cases[name]["title"], told(next(iter(found[name].values())))] for name in unchanged()
    ]
    return table("unchanged", [["Case", "Everywhere"], *lines])


def backends() -> str:
    """Return the cases on which the backends of the newest Keras differ."""
    line = [one for one in environments.load().values() if one.lineage == BACKEND]
    newest = [one for one in environments.load().values() if one.release == line[0].release]
    known_cases, found = cases.load(), record(results.VERSIONS).found
    lines = [["Case", *(BACKENDS[one.backend] for one in newest)]]
    for name, case in known_cases.items():
        says = [told(found.get(name, {}).get(one.id)) for one in newest]
        if len(set(says)) > 1:
            lines.append([f"{case['title']} ({name})", *says])
    return table("backends", lines)
