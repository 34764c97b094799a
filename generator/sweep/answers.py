"""What releases answer to cases, in words: each outcome is worded once."""

import fnmatch
import itertools
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from generator.common import ProblemError, once, shown
from generator.sweep import cases, environments, results
from generator.sweep.environments import PROJECT
from generator.sweep.results import Outcome

NOT_RUN, NO_NAME = "not run", "no such name"
NO_TRAINING, NO_TENSORFLOW = "no training", "without TensorFlow"
# What a case asks for and a release does not have, and how its message says so.
NOT_THERE = {
    NO_NAME: re.compile(r"^module '[\w.]+' has no attribute"),
    "no such argument": re.compile(r"(unexpected|[Ii]nvalid|Unrecognized) keyword argument"),
    "another backend": re.compile(r"^asks for Keras 3 on"),
    "no bfloat16": re.compile(r"^no bfloat16 in NumPy"),
    NO_TRAINING: re.compile(r"not implemented for NumPy backend"),
    NO_TENSORFLOW: re.compile(r"^No module named 'tensorflow'"),
}
WITH_NAME = {"list", "last", "loss", "dtype", "warned"}


def worded(outcome: Outcome) -> str:
    """Return an outcome in one line; of an error its type, or that something is not there."""
    if "error" in outcome:
        message = outcome.get("message", "")
        missing = (said for said, sign in NOT_THERE.items() if sign.search(message))
        return next(missing, str(outcome["error"]))
    rest, parts = dict(outcome), []
    alone = " alone" if rest.pop("shape", None) == [] else ""
    if "value" in rest:
        parts.append(_short(rest.pop("value")) + alone)
    if metric := rest.pop("metric", ""):
        parts.append(_short(metric))
    if "key" in rest:
        key = rest.pop("key")
        parts.append(f"key {_short(key)}" if key else "no key")
    if "watches" in rest:
        parts.append({"greater": "max", "less": "min"}.get(rest.pop("watches"), "none"))
    parts += [f"{one} " * (one in WITH_NAME) + _short(value) for one, value in rest.items()]
    return ", ".join(parts)


def _short(value: Any) -> str:  # noqa: ANN401 -- whatever JSON holds
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value:.4g}"
    if isinstance(value, list) and value:
        if len(value) > 1 and all(isinstance(one, list) and len(one) == 1 for one in value):
            return f"{_short([one[0] for one in value])} in a column"
        if all(isinstance(one, str) for one in value):
            return ", ".join(value)
        return f"[{', '.join(map(_short, value))}]"
    return str(value) if value != [] else "nothing"


@once
def everything() -> dict[str, dict[str, str]]:
    """Return case -> environment -> its answer, for every case that was run, in declared order."""
    ran, not_run = results.read(results.VERSIONS).found, dict.fromkeys(environments.load(), NOT_RUN)
    found = {name: ran[name].items() for name in cases.load() if name in ran}
    return {
        name: not_run | {one: worded(outcome) for one, outcome in outcomes}
        for name, outcomes in found.items()
    }


def to(name: str) -> dict[str, str]:
    """Return environment, without a card -> its answer to a case; a ProblemError: none has run it."""
    if name not in cases.load():
        raise ProblemError(f"no case {name!r} in {shown(cases.CASES)}")
    if name not in everything():
        raise ProblemError(f"case {name!r} has not been run on any release: make versions")
    return {one.id: everything()[name][one.id] for one in environments.fitting("")}


def giving(name: str, wanted: str) -> list[str]:
    """Return who answers to a case as a pattern says, or as one of several, parted by `|`."""
    patterns = [one.strip().replace("[", "[[]") for one in wanted.split("|")]
    said = to(name).items()
    found = [who for who, one in said if any(fnmatch.fnmatchcase(one, fit) for fit in patterns)]
    if not found:
        known = "; ".join(sorted(set(to(name).values())))
        raise ProblemError(f"none answers {wanted!r} to {name!r}; there are: {known}")
    return found


def message(name: str, environment: str) -> str:
    """Return the message of an error; a ProblemError says that there was none."""
    outcome = results.read(results.VERSIONS).found[name].get(environment, {}) if to(name) else {}
    if "message" not in outcome:
        raise ProblemError(f"{environment!r} answered no error to {name!r}")
    return str(outcome["message"])


def distinct(name: str) -> set[str]:
    """Return the answers to a case of those that have what it asks for."""
    return set(to(name).values()) - {NOT_RUN, *NOT_THERE}


@once
def unchanged() -> list[str]:
    """Return the cases that every environment answers alike, where it has what they ask for."""
    return [name for name in everything() if len(distinct(name)) <= 1]


def fitting(patterns: Iterable[str]) -> list[str]:
    """Return the cases that are named; for a pattern such as `top-k-*` those that ever changed."""
    changing = [name for name in everything() if name not in unchanged()]
    found = (fnmatch.filter(changing, one) if "*" in one else [one] for one in patterns)
    return list(dict.fromkeys(itertools.chain.from_iterable(found)))


def alike[Who, T](said: Mapping[Who, T]) -> dict[T, list[Who]]:
    """Return answer -> who gives it."""
    found: dict[T, list[Who]] = defaultdict(list)
    for one, answer in said.items():
        found[answer].append(one)
    return dict(found)


def witnesses(patterns: Iterable[str]) -> list[str]:
    """Return few environments that give each answer to some cases, the easiest to install."""
    declared = {one.id: one for one in environments.fitting("")}
    # What is here anyway; else the newer, the easier.
    here = [name for name, one in declared.items() if one.base == PROJECT and not one.over]
    easiest = dict.fromkeys([*here, *reversed(declared)])
    chosen: set[str] = set()
    for name in fitting(patterns):
        for answer, who in alike({one: to(name)[one] for one in easiest}).items():
            if answer != NOT_RUN and chosen.isdisjoint(who):
                chosen.add(who[0])
    return [one for one in declared if one in chosen]


def again(env: Iterable[str] = (), names: Iterable[str] = ()) -> str:
    """Return the line below a table: the command that gives it again."""
    parts = {"ENV": ",".join(env), "CASE": ",".join(names)}
    given = [f"{name}={shlex.quote(text)}" for name, text in parts.items() if text]
    return f"Run it yourself: `{' '.join(['make versions', *given])}`\n{{: .command }}"
