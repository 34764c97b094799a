"""Tables made from what the sweep found: text and HTML, nothing that Keras computes."""

import functools
import html
import itertools
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import ProblemError
from generator.paths import shown
from generator.versions import cases, environments, results
from generator.versions.environments import BACKEND, Environment
from generator.versions.results import Outcome, Record

NOT_RUN = "not run"
LINEAGES = {"tf-keras": "tf.keras"}
"""tf-keras goes on where tf.keras ended."""


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
        found[LINEAGES.get(one.lineage, one.lineage)].append(one)
    return found


def label(one: Environment, titles: dict[str, str]) -> str:
    """Name one environment for a reader."""
    if one.lineage == BACKEND:
        return f"Keras {one.release} on {BACKENDS[one.backend]}"
    return f"{titles[one.lineage]} {one.release}"


BACKENDS = {"jax": "JAX", "torch": "PyTorch", "numpy": "NumPy", "tensorflow": "TensorFlow"}


def ranges(members: set[str], lineages: dict[str, list[Environment]]) -> list[str]:
    """Name some environments as ranges within their lineages."""
    titles = environments.titles()
    found = []
    for line in lineages.values():
        inside = itertools.groupby(line, key=lambda one: one.id in members)
        for group in [list(run) for belongs, run in inside if belongs]:
            if group[0].lineage == BACKEND:
                found += [label(one, titles) for one in group]
            elif len(group) == 1:
                found.append(label(group[0], titles))
            elif group[-1].lineage != group[0].lineage:
                found.append(f"{label(group[0], titles)} to {label(group[-1], titles)}")
            else:
                found.append(f"{label(group[0], titles)} to {group[-1].release}")
    return found


@dataclass(frozen=True)
class Row:
    """Environments that answer alike, and what they say to each case."""

    where: list[str]
    says: tuple[str, ...]


def rows(names: tuple[str, ...]) -> list[Row]:
    """Return the rows of a table of some cases, in the order in which answers first appeared."""
    found = record(results.VERSIONS)
    lineages = ordered()
    together: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in itertools.chain.from_iterable(lineages.values()):
        together[tuple(told(found.found[name].get(one.id)) for name in names)].add(one.id)
    return [Row(ranges(members, lineages), says) for says, members in together.items()]


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
    """Return the table of some cases: one line for each set of releases that answer alike."""
    heads = [known(name)["title"] for name in names]
    body = "".join(
        f"<tr><td>{'<br>'.join(html.escape(where) for where in row.where)}</td> "
        + " ".join(f"<td>{html.escape(says)}</td>" for says in row.says)
        + "</tr> "
        for row in rows(names)
    )
    head = " ".join(f'<th scope="col">{html.escape(one)}</th>' for one in ["Releases", *heads])
    return recorded(
        ",".join(names),
        f'<table class="recorded-table"><thead><tr>{head}</tr></thead> <tbody>{body}</tbody></table>',
    )


def recorded(names: str, inside: str) -> str:
    """Mark HTML as coming from the sweep."""
    return (
        f'<div class="recorded" data-recorded="versions:{html.escape(names)}" tabindex="0" '
        f'role="group" aria-label="Table">{inside}</div>'
    )


def command(names: tuple[str, ...]) -> str:
    """Return the command that runs some cases again, on every release."""
    return f"make versions CASE={','.join(names)}"


@dataclass(frozen=True)
class Change:
    """A case whose answer differs between two releases that follow each other in a lineage."""

    before: Environment
    after: Environment
    case: str
    was: str
    became: str


def changes() -> list[Change]:
    """Return every change of every case within the lineages, in the order of the lineages."""
    found = record(results.VERSIONS).found
    listed = []
    for lineage, line in ordered().items():
        if lineage in {BACKEND, "loop"}:
            continue
        for name in cases.load():
            answered = [one for one in line if one.id in found.get(name, {})]
            for before, after in itertools.pairwise(answered):
                was, became = told(found[name][before.id]), told(found[name][after.id])
                if was != became:
                    listed.append(Change(before, after, name, was, became))
    order = {one.id: number for number, one in enumerate(environments.load().values())}
    return sorted(listed, key=lambda one: order[one.after.id])


def unchanged() -> list[str]:
    """Return the cases that every environment answers alike."""
    found = record(results.VERSIONS).found
    return [
        name
        for name in cases.load()
        if len({told(outcome) for outcome in found.get(name, {}).values()}) == 1
    ]


def dump() -> str:
    """Return all changes as text, for a person who writes about them."""
    return json.dumps(
        [[one.before.id, one.after.id, one.case, one.was, one.became] for one in changes()],
        indent=0,
    )
