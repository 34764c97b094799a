"""The cases: read from `snippets/versions/cases/*.toml`."""

import functools
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
    where it has none of its own. The cases are kept and shared: they are to be read, not changed.

    Raises:
        ProblemError: two cases have one id, or a case names data that are not there.

    """
    paths = sorted(folder.glob("*.toml"))
    return _load(tuple((path, path.read_text(encoding="utf-8")) for path in paths))


# Pages ask for them again and again; the text in the key keeps this right.
@functools.lru_cache(maxsize=4)
def _load(files: tuple[tuple[Path, str], ...]) -> dict[str, Case]:
    found: dict[str, Case] = {}
    for path, text in files:
        content = tomllib.loads(text)
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
