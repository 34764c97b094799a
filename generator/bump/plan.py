"""What a bump has to write: worked out in whole before the first file is touched."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.bump import edits, newest
from generator.bump.edits import Raise
from generator.files import write
from generator.versions.environments import BACKEND


@dataclass(frozen=True)
class Plan:
    """The newest releases, and the files that do not name them yet."""

    newest: dict[str, str]
    texts: dict[Path, str | None]
    """File -> what it has to hold; none where it has to go. In the order in which to write them."""
    lock: str


def work_out(root: Path) -> Plan:
    """Ask uv for the newest releases, and work out what they change.

    The pins come last: whoever is interrupted before them finds, the next time, that there is
    something newer still.
    """
    lock = newest.lock(root)
    found = newest.pinned(lock)
    text = (root / edits.ENVIRONMENTS).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    declared = [one["release"] for one in data["environment"]["keras"]]
    since = data["lineage"]["keras"]["complete_from"]
    undeclared = newest.undeclared(root, declared, since, found["keras"])
    project = (root / edits.PYPROJECT).read_text(encoding="utf-8")
    wanted = _raise(root, data, edits.pins(project), found, undeclared)

    texts: dict[Path, str | None] = {}
    environments = edits.environments(text, wanted)
    pins = root / edits.ENVIRONMENTS.replace("environments.toml", "pins")
    if f'base = "{wanted.base}"' in environments and wanted.base not in data["base"]:
        texts[pins / f"{wanted.base}.txt"] = newest.base_pins(
            root, list(wanted.packages), wanted.python
        )
    # A new Keras may need other packages. The sweep pins what is not pinned.
    former = {one["base"]: one["release"] for one in data["environment"][BACKEND]}
    texts |= {pins / f"{base}.txt": None for base, one in former.items() if one != found["keras"]}
    texts[root / edits.GRID] = edits.grid((root / edits.GRID).read_text(encoding="utf-8"), found)
    texts[root / edits.ENVIRONMENTS] = environments
    texts[root / edits.PYPROJECT] = edits.pyproject(project, found)
    return Plan(found, {path: one for path, one in texts.items() if _read(path) != one}, lock)


def _raise(
    root: Path,
    data: dict[str, Any],
    former: dict[str, str],
    found: dict[str, str],
    undeclared: list[str],
) -> Raise:
    """Say where releases go that lay over the project: a newer TensorFlow takes their place."""
    if former["tensorflow"] == found["tensorflow"]:
        return Raise(found, undeclared)
    packages = tuple(f"{name}=={former[name]}" for name in ("tensorflow", "keras"))
    base = f"tensorflow-{former['tensorflow'].rpartition('.')[0]}"
    if data["base"].get(base, {}).get("packages", list(packages)) != list(packages):
        base = f"tensorflow-{former['tensorflow']}"  # an earlier patch release has that name
    python = (root / ".python-version").read_text(encoding="utf-8").strip()
    return Raise(found, undeclared, base, packages, python)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def carry_out(plan: Plan, root: Path) -> None:
    """Write the files, then the lock."""
    for path, text in plan.texts.items():
        if text is None:
            path.unlink(missing_ok=True)
        else:
            write(path, text)
    write(root / "requirements.txt", plan.lock)
