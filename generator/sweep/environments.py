"""The environments of the sweep, as `snippets/versions/environments.toml` declares them."""

import fnmatch
import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.common import CACHE, LOCK, SNIPPETS, ProblemError, once, read, read_toml, shown

FOLDER = SNIPPETS / "versions"
DECLARED = FOLDER / "environments.toml"
INSTALLED = CACHE / "versions"
PROJECT, BACKEND, AS_LOCKED = "project", "backend", "as locked"
BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch", "numpy": "NumPy"}


@dataclass(frozen=True)
class Environment:
    """One release of Keras: where it stands in its lineage, what it lies on, how it is run."""

    id: str  # what people type: `ENV=keras-2.2.4`
    label: str  # what readers see
    lineage: str
    release: str
    module: str
    base: str  # an installation that several environments may share
    folders: tuple[Path, Path]  # where the base is installed, and where the release over it
    pins: Path  # of every package of the base
    interpreter: str
    over: str = ""  # a package whose release lies in a folder over the base
    loop: str = ""
    backend: str = "tensorflow"
    continues: str = ""  # the lineage that this one goes on with
    complete_from: str = ""  # the release from which on none of the lineage is left out
    python: str = ""  # its release, such as `3.7`; empty for the project's own environment
    packages: tuple[str, ...] = ()
    installer: str = "uv"
    card: str = ""  # runs only where this graphics card is, on what is installed there

    def variables(self, home: Path) -> dict[str, str]:
        """Return the variables that it runs with; Keras reads or writes settings in `home`."""
        own = {"KERAS_BACKEND": self.backend, "KERAS_HOME": str(home), "HOME": str(home)}
        own |= {"PYTHONPATH": str(self.folders[1])} if self.over else {}
        own |= {} if self.card else {"CUDA_VISIBLE_DEVICES": "-1"}
        return {k: text for k, text in os.environ.items() if not k.startswith("PYTHON")} | own

    def declared(self) -> str:
        """Return all that decides what it computes, for its hash."""
        pins = read(self.pins, "")
        if self.base == PROJECT:
            # A release over the project brings its own Keras; the rest of the lock is for the site.
            own = () if self.over else (self.module.replace("_", "-"),)
            pins = json.dumps([pinned(self.pins, one) for one in (*own, "tensorflow", "numpy")])
        parts = (self.id, self.module, self.over, self.loop, self.backend, self.python)
        return "\n".join([*parts, pins])


def pinned(pins: Path, package: str) -> dict[str, str]:
    """Return the release of a package that a file of pins names, if it does."""
    match = re.search(rf"^{package}==(\S+)", read(pins, ""), re.MULTILINE)
    return {package: match[1]} if match else {}


@once
def load(path: Path = DECLARED, lock: Path = LOCK) -> dict[str, Environment]:
    """Return id -> environment, in the order of the file; "as locked" is the release in the lock.

    A ProblemError says that a base, a lineage or a locked release is missing, or one there twice.
    """
    data, found = read_toml(path), {}
    listed = [(name, one) for name, line in data["environment"].items() for one in line]
    for lineage, entry in listed:
        try:
            fields = data["lineage"][lineage] | data["base"][entry["base"]] | entry
            one = _environment(lineage, fields, lock, path.parent / "pins")
        except KeyError as error:
            missing = f"nothing is called {error}, here or in {shown(lock)}"
            raise ProblemError(f"{shown(path)}: {lineage}: {missing}") from error
        if one.id in found:
            raise ProblemError(
                f"{shown(path)}: {one.id} is there twice; keep the {AS_LOCKED!r} one"
            )
        found[one.id] = one
    return found


def _environment(lineage: str, fields: dict[str, Any], lock: Path, pins: Path) -> Environment:
    def locked(package: str) -> str:
        return pinned(lock, package)[package]

    release, base, backend = fields["release"], fields["base"], fields.get("backend")
    if release == AS_LOCKED:
        release = locked(fields["module"].replace("_", "-"))
    card, over = fields.get("card"), fields.get("over", "")
    named = ["keras", release, backend] if backend else [lineage, release]
    on = f" on {BACKENDS[backend]}" if backend else ""
    here = base == PROJECT or card
    packages = [one.partition(f" {AS_LOCKED}") for one in fields.get("packages", ())]
    return Environment(
        **fields
        | {
            "id": "-".join([*named, base] if card else named),
            "label": ", ".join(filter(None, [f"{fields.pop('title')} {release}{on}", card])),
            "lineage": lineage,
            "release": release,
            "packages": tuple(f"{one}=={locked(one)}" if it else one for one, it, _ in packages),
            "folders": (INSTALLED / base, INSTALLED / f"{over}-{release}"),
            "pins": lock if base == PROJECT else pins / f"{base}.txt",
            "interpreter": sys.executable if here else f"{INSTALLED / base}/bin/python",
        }
    )


def fits(name: str, patterns: str) -> bool:
    """Tell whether a name is given, or fits a pattern; commas separate, `*` stands for any."""
    known = patterns in ("", name)  # the ids of the grid hold commas themselves
    return known or any(fnmatch.fnmatchcase(name, one) for one in patterns.split(","))


def fitting(patterns: str) -> list[Environment]:
    """Return the environments that fit, with cards if asked for; a ProblemError says which there are."""
    every = load().values()
    found = [one for one in every if fits(one.id, patterns) and (patterns or not one.card)]
    if not found:
        raise ProblemError(f"no environment fits {patterns!r}; there are: {', '.join(load())}")
    return found


def newest(lineage: str = "keras") -> Environment:
    """Return the newest environment of a lineage; a ProblemError says that there is none."""
    if found := [one for one in load().values() if one.lineage == lineage]:
        return found[-1]
    raise ProblemError(f"no lineage {lineage!r} in {shown(DECLARED)}")


def numbers(release: str) -> tuple[int, ...]:
    """Return a release as numbers that can be compared."""
    return tuple(int(part) for part in release.split("."))
