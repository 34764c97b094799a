"""The cases: read from `snippets/versions/cases/*.toml`."""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from generator.errors import ProblemError
from generator.paths import shown
from generator.versions.environments import FOLDER

CASES = FOLDER / "cases"

Case = dict[str, Any]


def load(folder: Path = CASES) -> dict[str, Case]:
    """Return id -> case, with shared data put in.

    A file may hold `[data.<name>]` tables; a case that says `data = "<name>"` gets their fields,
    where it has none of its own.

    Raises:
        ProblemError: two cases have one id, or a case names data that are not there.

    """
    found: dict[str, Case] = {}
    for path in sorted(folder.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in content["case"]:
            name = case.pop("data", None)
            if name is not None and name not in content.get("data", {}):
                raise ProblemError(f"{shown(path)}: {case['id']}: no data {name!r}")
            if case["id"] in found:
                raise ProblemError(f"{shown(path)}: a second case {case['id']!r}")
            found[case["id"]] = (content["data"][name] if name else {}) | case
    return found


def asked(case: Case) -> Case:
    """Return what the probe needs of a case, without what only readers and tests need."""
    return {name: value for name, value in case.items() if name not in {"title", "tells", "agrees"}}


def key(case: Case) -> str:
    """Return a hash of all that decides what a case does."""
    return hashlib.sha256(json.dumps(asked(case), sort_keys=True).encode()).hexdigest()[:12]
