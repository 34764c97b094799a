"""What the sweep found: `versions.json`, `selection.json` and `selection-product.json`, in docs/data.

All hold a record of the same form. Environments stand in order; a case lists its distinct
outcomes, and for each environment the number of its outcome, or null where it has not been run.

The files are large, the largest near a megabyte, and belong into the repository all the same. A
case is a line, so that a change of Keras is read as a diff; they are published for whoever wants to
compute with them; and `selection-product.json` is what proves that the grid may be reduced.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.files import write
from generator.paths import DATA
from generator.versions import cases
from generator.versions.cases import Case
from generator.versions.environments import FOLDER, Environment

PROBE = FOLDER / "probe.py"
VERSIONS = DATA / "versions.json"
SELECTION = DATA / "selection.json"
PRODUCT = DATA / "selection-product.json"

Outcome = dict[str, Any]


def environment_key(environment: Environment) -> str:
    """Return a hash of the environment and of the probe."""
    text = environment.declared() + PROBE.read_text(encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def same(one: Outcome | None, other: Outcome | None) -> bool:
    """Tell whether two outcomes are alike, whatever the words of an error.

    In a graph both the loss and the metric may fail, and which of them is heard is chance.
    """
    if one is None or other is None:
        return one is other
    return _wordless(one) == _wordless(other)


def _wordless(outcome: Outcome) -> Outcome:
    return {name: value for name, value in outcome.items() if name != "message"}


@dataclass
class Record:
    """Results of some cases on many environments."""

    path: Path
    environments: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Id -> key, and the versions of what ran, or why nothing did."""
    keys: dict[str, str] = field(default_factory=dict)
    """Case -> its key."""
    found: dict[str, dict[str, Outcome]] = field(default_factory=dict)
    """Case -> environment -> outcome."""

    def stale(self, environment: Environment, wanted: dict[str, Case]) -> list[str]:
        """Return the cases that have no current result on an environment."""
        known = self.environments.get(environment.id, {})
        if known.get("key") != environment_key(environment) or "failed" in known:
            return list(wanted)
        return [
            name
            for name, case in wanted.items()
            if self.keys.get(name) != cases.key(case)
            or environment.id not in self.found.get(name, {})
        ]

    def merge(
        self,
        environment: Environment,
        versions: dict[str, str],
        outcomes: dict[str, Outcome],
        wanted: dict[str, Case],
    ) -> None:
        """Take over what an environment gave, and forget what it no longer answers for."""
        known = self.environments.get(environment.id, {})
        key = environment_key(environment)
        if known.get("key") != key:
            for results in self.found.values():
                results.pop(environment.id, None)
        self.environments[environment.id] = {"key": key, **versions}
        for name, outcome in outcomes.items():
            case_key = cases.key(wanted[name])
            if self.keys.get(name) != case_key:
                self.found[name] = {}
            self.keys[name] = case_key
            self.found[name][environment.id] = outcome

    def fail(self, environment: Environment, reason: str) -> None:
        """Note why an environment has no results; those that are current it keeps."""
        known = self.environments.get(environment.id, {})
        if known.get("key") == environment_key(environment) and "failed" not in known:
            return
        for results in self.found.values():
            results.pop(environment.id, None)
        self.environments[environment.id] = {
            "key": environment_key(environment),
            "failed": reason,
        }

    def forget(self, environments: list[str], names: set[str]) -> None:
        """Drop environments and cases that are no longer declared, and keep the declared order."""
        self.environments = {
            name: self.environments[name] for name in environments if name in self.environments
        }
        self.found = {name: self.found[name] for name in sorted(names) if name in self.found}
        self.keys = {name: self.keys[name] for name in self.found}
        for name, results in self.found.items():
            self.found[name] = {one: results[one] for one in environments if one in results}

    def text(self) -> str:
        """Return the file's content: a line for each environment and for each case."""
        environments = self.environments.items()
        head = [f"  {json.dumps(k)}: {json.dumps(v, sort_keys=True)}" for k, v in environments]
        body = []
        for name, results in self.found.items():
            distinct: list[Outcome] = []
            numbers: list[int | None] = []
            for one in self.environments:
                outcome = results.get(one)
                if outcome is not None and outcome not in distinct:
                    distinct.append(outcome)
                numbers.append(None if outcome is None else distinct.index(outcome))
            entry = {"key": self.keys[name], "outcomes": distinct, "by_environment": numbers}
            body.append(f"  {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}")
        lines = ['{\n"environments": {', ",\n".join(head), '},\n"cases": {', ",\n".join(body), "}}"]
        return "\n".join(lines) + "\n"

    def save(self) -> None:
        """Write the file, whole or not at all."""
        write(self.path, self.text())


def read(path: Path) -> Record:
    """Read a record; an empty one where there is no file yet."""
    return parse(path, path.read_text(encoding="utf-8") if path.is_file() else "")


def parse(path: Path, text: str) -> Record:
    """Return the record that some text holds."""
    record = Record(path)
    if not text:
        return record
    data = json.loads(text)
    record.environments = data["environments"]
    order = list(record.environments)
    for name, entry in data["cases"].items():
        record.keys[name] = entry["key"]
        record.found[name] = {
            one: entry["outcomes"][number]
            for one, number in zip(order, entry["by_environment"], strict=True)
            if number is not None
        }
    return record
