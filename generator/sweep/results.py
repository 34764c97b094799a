"""What the sweep found: `versions.json`, `selection.json` and `selection-product.json`, in docs/data.

Environments stand in order; a case lists its distinct outcomes, and for each environment the number
of its outcome, or null where it has not been run. A case is a line: a change is read as a diff.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import common
from generator.common import DATA, once, read_json
from generator.sweep import cases, environments
from generator.sweep.cases import Case, Cases
from generator.sweep.environments import Environment

VERSIONS, SELECTION = DATA / "versions.json", DATA / "selection.json"
PRODUCT = DATA / "selection-product.json"

Outcome = dict[str, Any]
Outcomes = dict[str, Outcome]
Made = dict[str, str]  # the versions of what ran; or `failed`, and why


def environment_key(environment: Environment) -> str:
    """Return a hash of the environment, and of what of the probe every case goes through."""
    text = environment.declared() + "".join(common.read(cases.PROBE / one) for one in cases.SHARED)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def same(one: Outcome | None, other: Outcome | None) -> bool:
    """Tell whether two outcomes are alike, whatever the words of an error.

    In a graph both the loss and the metric may fail, and which of them is heard is chance.
    """
    wordless = [found and found | {"message": ""} for found in (one, other)]
    return wordless[0] == wordless[1]


@dataclass
class Record:
    """Results of some cases on many environments."""

    path: Path
    environments: dict[str, Made] = field(default_factory=dict)  # with a `key` each
    keys: dict[str, str] = field(default_factory=dict)  # of the cases
    found: dict[str, Outcomes] = field(default_factory=dict)  # case -> environment -> outcome

    def current(self, environment: Environment) -> bool:
        """Tell whether an environment has run as it is declared now."""
        made = self.environments.get(environment.id, {})
        return made.get("key") == environment_key(environment) and "failed" not in made

    def outcome(self, environment: Environment, case: Case) -> Outcome | None:
        """Return what an environment answered to a case as it is now."""
        same_case = self.keys.get(case["id"]) == cases.key(case)
        return self.found[case["id"]].get(environment.id) if same_case else None

    def take(self, one: Environment, made: Made, outcomes: Outcomes, wanted: Cases) -> None:
        """Take over what an environment gave; where it failed, what is current outlives that."""
        if "failed" not in made or not self.current(one):
            key = environment_key(one)
            if self.environments.get(one.id, {}).get("key") != key:
                for found in self.found.values():
                    found.pop(one.id, None)
            self.environments[one.id] = {"key": key, **made}
        for name in outcomes.keys() & wanted.keys():
            if self.keys.get(name) != (key := cases.key(wanted[name])):
                self.keys[name], self.found[name] = key, {}
            self.found[name][one.id] = outcomes[name]
        declared = environments.load()
        self.environments = _in_order(self.environments, declared)
        kept = _in_order(self.found, sorted(wanted))
        self.found = {name: _in_order(found, declared) for name, found in kept.items()}
        self.keys = _in_order(self.keys, self.found)
        common.write(self.path, self.text())

    def text(self) -> str:
        """Return the file's content: a line for each environment and for each case."""
        listed = self.environments.items()
        head = [f"  {json.dumps(k)}: {json.dumps(v, sort_keys=True)}" for k, v in listed]
        body = []
        for name, found in self.found.items():
            told = list(found.values())
            distinct = [one for at, one in enumerate(told) if one not in told[:at]]
            found_in_order = map(found.get, self.environments)
            numbers = [None if one is None else distinct.index(one) for one in found_in_order]
            entry = {"key": self.keys[name], "outcomes": distinct, "by_environment": numbers}
            body.append(f"  {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}")
        lines = ['{\n"environments": {', ",\n".join(head), '},\n"cases": {', ",\n".join(body), "}}"]
        return "\n".join(lines) + "\n"


def _in_order[T](found: dict[str, T], names: Iterable[str]) -> dict[str, T]:
    return {name: found[name] for name in names if name in found}


@once
def read(path: Path) -> Record:
    """Return a record; an empty one where there is no file yet. Only the sweep changes it."""
    data = read_json(path) if path.is_file() else {"environments": {}, "cases": {}}
    record = Record(path, data["environments"])
    for name, entry in data["cases"].items():
        answered = zip(record.environments, entry["by_environment"], strict=True)
        found = {one: entry["outcomes"][number] for one, number in answered if number is not None}
        record.keys[name], record.found[name] = entry["key"], found
    return record


@once
def ran() -> list[str]:
    """Return the environments that could be run."""
    return [name for name, made in read(VERSIONS).environments.items() if "failed" not in made]


def wanted(environment: Environment) -> list[tuple[Record, Cases]]:
    """Return each record with the cases that an environment has to have in it."""
    product = cases.product(environment.id)
    everywhere = [(read(VERSIONS), cases.load()), (read(SELECTION), cases.reduced())]
    return [*everywhere, (read(PRODUCT), product)] if product else everywhere


def stale(environment: Environment) -> Cases:
    """Return the cases of an environment that have no current result."""
    found: Cases = {}
    for record, asked in wanted(environment):
        current = record.outcome if record.current(environment) else lambda *_: None
        found |= {name: one for name, one in asked.items() if current(environment, one) is None}
    return found
