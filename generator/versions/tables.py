"""Tables made from what the sweep found: text and HTML, nothing that Keras computes."""

import fnmatch
import functools
import itertools
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.errors import ProblemError
from generator.paths import shown
from generator.table import render
from generator.versions import cases, environments, results
from generator.versions.environments import BACKEND, PROJECT, Environment
from generator.versions.results import Outcome, Record

NOT_RUN = "not run"
NO_NAME = "no such name"
NO_TRAINING = "no training"
NO_TENSORFLOW = "without TensorFlow"
NOT_THERE = {
    NO_NAME: re.compile(r"^module '[\w.]+' has no attribute"),
    "no such argument": re.compile(r"unexpected keyword argument"),
    NO_TRAINING: re.compile(r"not implemented for NumPy backend"),
    NO_TENSORFLOW: re.compile(r"^No module named 'tensorflow'"),
}
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
    """Write a value as a reader wants it: numbers with four digits, a column in one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value:.4g}"
    if isinstance(value, list) and value:
        if len(value) > 1 and all(isinstance(one, list) and len(one) == 1 for one in value):
            return f"{short([one[0] for one in value])} in a column"
        if all(isinstance(one, str) for one in value):
            return ", ".join(value)
        return f"[{', '.join(short(one) for one in value)}]"
    return str(value) if value != [] else "nothing"


def told(outcome: Outcome | None) -> str:
    """Write an outcome in one line; of an error its type, or that the name is not there."""
    if outcome is None:
        return NOT_RUN
    if "error" in outcome:
        return _missing(outcome) or str(outcome["error"])
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


def message(name: str, environment: str) -> str:
    """Return the message of the error that an environment answered to a case.

    Raises:
        ProblemError: there is no such case or environment, or it answered no error.

    """
    known(name)
    outcome = record(results.VERSIONS).found[name].get(environment, {})
    if "message" not in outcome:
        raise ProblemError(f"{environment!r} answered no error to {name!r}")
    return str(outcome["message"])


def _missing(outcome: Outcome) -> str:
    """Say that what a case asks for is not there yet, or no more; nothing if the error is another."""
    missing = (said for said, sign in NOT_THERE.items() if sign.search(outcome.get("message", "")))
    return next(missing, "")


def ordered() -> dict[str, list[Environment]]:
    """Return lineage -> its environments in order, with tf-keras at the end of tf.keras."""
    found: dict[str, list[Environment]] = defaultdict(list)
    for one in environments.load().values():
        found[CONTINUES.get(one.lineage, one.lineage)].append(one)
    return found


def label(one: Environment) -> str:
    """Name one environment for a reader."""
    if one.lineage == BACKEND:
        return _with_backend(one)
    return f"{environments.lineages()[one.lineage]['title']} {one.release}"


def _with_backend(one: Environment) -> str:
    return f"Keras {one.release} on {BACKENDS[one.backend]}"


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


def answers(*patterns: str) -> str:
    """Return the table of some cases with each answer and who gives it; the most common one last.

    A pattern such as `top-k-*` stands for the cases whose answer ever changed.

    Raises:
        ProblemError: there is no such case, or no environment has run it yet.

    """
    lines = [["Case", "Answer", "Releases"]]
    for name in _fitting(patterns):
        title, found = known(name)["title"], record(results.VERSIONS).found[name]
        by_answer: dict[str, set[str]] = defaultdict(set)
        for one in environments.load():
            by_answer[told(found.get(one))].add(one)
        *rest, most = sorted(by_answer, key=lambda says: len(by_answer[says]))
        rest.sort(key=list(by_answer).index)
        lines += [
            [title if says == (rest or [most])[0] else "", says, "; ".join(ranges(by_answer[says]))]
            for says in rest
        ]
        lines.append(["" if rest else title, most, "all others" if rest else "all"])
    return table(",".join(patterns), lines)


def changing(name: str) -> bool:
    """Tell whether a case is answered in more than one way, where what it asks for exists."""
    said = {told(one) for one in record(results.VERSIONS).found.get(name, {}).values()}
    return len(said - NOT_THERE.keys()) > 1


def _fitting(patterns: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        names = [pattern]
        if "*" in pattern:
            names = [
                one for one in cases.load() if fnmatch.fnmatchcase(one, pattern) and changing(one)
            ]
        found += [one for one in names if one not in found]
    return found


def table(source: str, lines: list[list[str]]) -> str:
    """Return lines as a table that says which part of the sweep it is from."""
    return render(f"versions:{source}", lines)


def command(names: tuple[str, ...] = (), env: Iterable[str] = ()) -> str:
    """Return the command that runs some cases again, or all, on some environments, or on all."""
    parts = {"ENV": ",".join(env), "CASE": ",".join(names)}
    given = [f"{name}={shlex.quote(text)}" for name, text in parts.items() if text]
    return " ".join(["make versions", *given])


def witnesses(patterns: tuple[str, ...]) -> list[str]:
    """Return few environments that give each answer to some cases, the easiest to install."""
    found = record(results.VERSIONS).found
    declared = environments.load()
    # What is here anyway; else the newer, the easier.
    here = [one.id for one in declared.values() if one.base.name == PROJECT and not one.over]
    easiest = [*here, *(one for one in reversed(declared) if one not in here)]
    chosen: set[str] = set()
    for name in _fitting(patterns):
        says = {one: told(found[name][one]) for one in easiest if one in found[name]}
        for answer in dict.fromkeys(says.values()):
            if not any(says.get(one) == answer for one in chosen):
                chosen.add(next(one for one in says if says[one] == answer))
    return [one for one in declared if one in chosen]


def differences(*lineages: str) -> str:
    """Return the cases that the newest releases of some lineages answer differently, as a table.

    A backend that cannot train, or has no TensorFlow to make datasets with, differs not by that.

    Raises:
        ProblemError: there is no such lineage.

    """
    line = [one for name in lineages for one in _newest(name)]
    found = record(results.VERSIONS).found
    lines = [["Case", *map(_with_backend if BACKEND in lineages else label, line)]]
    for name, case in cases.load().items():
        says = [told(found.get(name, {}).get(one.id)) for one in line]
        if len(set(says) - {NO_TRAINING, NO_TENSORFLOW}) > 1:
            lines.append([f"{case['title']} ({name})", *says])
    asked = command(env=[one.id for one in line])
    return f"{table(f'differences:{",".join(lineages)}', lines)}\n\n{again(asked)}"


def again(asked: str) -> str:
    """Return the line below a table: the command that gives it again."""
    return f"Run it yourself: `{asked}`\n{{: .command }}"


def _newest(lineage: str) -> list[Environment]:
    """Return the newest environment of a lineage; all backends of the newest Keras."""
    if lineage not in environments.lineages():
        raise ProblemError(f"no lineage {lineage!r} in {shown(environments.DECLARED)}")
    if lineage == BACKEND:
        return [one for one in environments.load().values() if one.lineage == BACKEND]
    return [environments.newest(lineage)]
