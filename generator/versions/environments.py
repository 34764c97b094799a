"""The environments of the sweep: read, installed when they are needed, deleted afterwards."""

import fnmatch
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import ProblemError
from generator.files import write
from generator.paths import CACHE, LOCK, SNIPPETS, shown

FOLDER = SNIPPETS / "versions"
DECLARED = FOLDER / "environments.toml"
PINS = FOLDER / "pins"
INSTALLED = CACHE / "versions"
UV = CACHE / "uv" / "bin" / "uv"
PROJECT = "project"
INSTALL_SECONDS = 1500
BACKEND = "backend"
UNDER_KERAS = ("tensorflow", "numpy")
"""What of the project's lock decides, beside Keras, what it computes; the rest serves the site."""
CONTAINERS = {"3.6", "3.7"}
"""Pythons that uv does not have."""


@dataclass(frozen=True)
class Base:
    """An installation that several environments may share."""

    name: str
    python: str = ""
    """Release of Python, such as `3.7`; empty for the project's own environment."""
    packages: tuple[str, ...] = ()
    installer: str = "uv"

    @property
    def pins(self) -> Path:
        """The file that pins every package of it."""
        return LOCK if self.name == PROJECT else PINS / f"{self.name}.txt"

    @property
    def folder(self) -> Path:
        """Where it is installed."""
        return INSTALLED / self.name

    @property
    def interpreter(self) -> str:
        """The Python that runs it."""
        return sys.executable if self.name == PROJECT else str(self.folder / "bin" / "python")


@dataclass(frozen=True)
class Environment:
    """One release of Keras, where it stands in its lineage, and how it is run."""

    lineage: str
    release: str
    base: Base
    module: str
    over: str = ""
    """A package whose release lies in a folder over the base."""
    loop: str = ""
    backend: str = "tensorflow"

    @property
    def id(self) -> str:
        """The name that people type: `ENV=keras-2.2.4`."""
        if self.lineage == BACKEND:
            return f"keras-{self.release}-{self.backend}"
        return f"{self.lineage}-{self.release}"

    @property
    def folder(self) -> Path:
        """Where the release over the base lies."""
        return INSTALLED / f"{self.over}-{self.release}"

    def pinned(self, package: str) -> dict[str, str]:
        """Return the release of a package that the pins name, if they do."""
        pins = self.base.pins.read_text(encoding="utf-8") if self.base.pins.is_file() else ""
        match = re.search(rf"^{package}==(\S+)", pins, re.MULTILINE)
        return {package: match[1]} if match else {}

    def variables(self, home: Path) -> dict[str, str]:
        """Return the variables of the process environment that it runs in.

        Keras reads a file of settings in the home folder, or writes one: it gets a folder as home.
        """
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        kept |= {"KERAS_BACKEND": self.backend, "HOME": str(home)}
        if self.over:
            kept["PYTHONPATH"] = str(self.folder)
        return kept

    def declared(self) -> str:
        """Return all that decides what it computes, for its hash."""
        pins = self.base.pins.read_text(encoding="utf-8") if self.base.pins.is_file() else ""
        if self.base.name == PROJECT:
            # A release that lies over the project brings its own Keras.
            own = () if self.over else (self.module.replace("_", "-"),)
            found = [self.pinned(package) for package in (*own, *UNDER_KERAS)]
            pins = json.dumps(found)
        parts = (self.id, self.module, self.over, self.loop, self.backend, self.base.python)
        return "\n".join([*parts, pins])


def load(path: Path = DECLARED) -> dict[str, Environment]:
    """Return id -> environment, in the order of the file. Shared: to be read, not changed.

    Raises:
        ProblemError: an environment names a base or a lineage that is not there.

    """
    return _load(path, path.read_text(encoding="utf-8"))


# Pages ask for them again and again; the text in the key keeps this right.
@functools.lru_cache(maxsize=4)
def _load(path: Path, text: str) -> dict[str, Environment]:
    data = _parsed(text)
    found: dict[str, Environment] = {}
    for lineage, entries in data["environment"].items():
        for entry in entries:
            try:
                base = data["base"][entry["base"]]
                line = data["lineage"][lineage]
            except KeyError as error:
                raise ProblemError(
                    f"{shown(path)}: {lineage}: nothing is called {error}"
                ) from error
            packages = tuple(base.get("packages", ()))
            installer = base.get("installer", "uv")
            one = Environment(
                lineage,
                entry["release"],
                Base(entry["base"], base.get("python", ""), packages, installer),
                line["module"],
                entry.get("over", ""),
                line.get("loop", ""),
                entry.get("backend", "tensorflow"),
            )
            found[one.id] = one
    return found


def fits(name: str, patterns: str) -> bool:
    """Tell whether a name is given, or fits a pattern; commas separate, `*` stands for any."""
    # The ids of the grid hold commas themselves.
    return patterns in ("", name) or any(
        fnmatch.fnmatchcase(name, one) for one in patterns.split(",")
    )


def fitting(patterns: str) -> list[Environment]:
    """Return the declared environments that fit.

    Raises:
        ProblemError: none does, and which there are.

    """
    found = [one for name, one in load().items() if fits(name, patterns)]
    if not found:
        raise ProblemError(f"no environment fits {patterns!r}; there are: {', '.join(load())}")
    return found


def newest(lineage: str = "keras") -> Environment:
    """Return the newest environment of a lineage."""
    return [one for one in load().values() if one.lineage == lineage][-1]


def lineages() -> dict[str, dict[str, str]]:
    """Return lineage -> its title for readers, and from which release on none is left out."""
    found: dict[str, dict[str, str]] = _parsed(DECLARED.read_text(encoding="utf-8"))["lineage"]
    return found


@functools.lru_cache(maxsize=4)
def _parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def numbers(release: str) -> tuple[int, ...]:
    """Return a release as numbers that can be compared."""
    return tuple(int(part) for part in release.split("."))


def install(environment: Environment) -> None:
    """Install what is not there yet.

    Raises:
        ProblemError: with the last words of the installer.

    """
    base = environment.base
    if base.name != PROJECT and not (base.folder / "done").is_file():
        shutil.rmtree(base.folder, ignore_errors=True)
        _install_base(base)
        (base.folder / "done").touch()
    if environment.over and not (environment.folder / "done").is_file():
        shutil.rmtree(environment.folder, ignore_errors=True)
        wanted = f"{environment.over}=={environment.release}"
        uv("pip", "install", "--no-deps", "--python", base.interpreter, "--target",
            str(environment.folder), wanted)  # fmt: skip
        (environment.folder / "done").touch()


def _install_base(base: Base) -> None:
    python = interpreter(base.python)
    if base.installer == "pip":
        _install_with_pip(base, python)
        return
    if not base.pins.is_file():
        pin(base)
    uv("venv", "--quiet", "--python", python, str(base.folder))
    uv("pip", "install", "--quiet", "--no-cache", "--python", base.interpreter,
        "--requirement", str(base.pins))  # fmt: skip


def _install_with_pip(base: Base, python: str) -> None:
    """Install with pip, which takes builds that uv does not, and pin what it took."""
    _call([python, "-m", "venv", str(base.folder)])
    pip = [base.interpreter, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    pinned = base.pins.is_file()
    wanted = ["--requirement", str(base.pins)] if pinned else list(base.packages)
    _call([*pip, "install", "--no-cache-dir", *wanted])
    if not pinned:
        frozen = _call([*pip, "freeze"])
        # A build has a name of its own, such as 2.13.0+cpu, which is not to be had everywhere.
        write(base.pins, re.sub(r"\+\w+$", "", frozen, flags=re.MULTILINE))


def pin(base: Base) -> None:
    """Write the file that pins every package of a base; no hashes, no addresses."""
    base.pins.parent.mkdir(exist_ok=True)
    wanted = base.pins.with_suffix(".in")
    wanted.write_text("\n".join(base.packages) + "\n", encoding="utf-8")
    part = base.pins.with_suffix(".part")
    try:
        uv("pip", "compile", "--quiet", "--no-header", "--no-annotate", "--python",
            interpreter(base.python), "--output-file", str(part), str(wanted))  # fmt: skip
        part.replace(base.pins)
    finally:
        wanted.unlink()
        part.unlink(missing_ok=True)


def interpreter(release: str) -> str:
    """Return the path of a Python of some release: uv's, pyenv's, or one on PATH.

    Raises:
        ProblemError: there is none, and how to get it.

    """
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for found in sorted((root / "versions").glob(f"{release}.*/bin/python")):
        return str(found)
    if on_path := shutil.which(f"python{release}"):
        return on_path
    try:
        return uv("python", "find", release).strip()
    except ProblemError:
        pass
    try:
        uv("python", "install", release)
        return uv("python", "find", release).strip()
    except ProblemError as error:
        raise ProblemError(
            f"no Python {release} here. pyenv install {release} brings one; so does a container "
            f"of the image python:{release}."
        ) from error


def remove(folders: list[Path]) -> None:
    """Delete installations."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def uv(*arguments: str) -> str:
    """Call uv, and return what it prints.

    Raises:
        ProblemError: with its last words.

    """
    return _call([str(UV), *arguments])


def _call(command: list[str]) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=kept, timeout=INSTALL_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProblemError(f"`{' '.join(command)}`: {error}") from error
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).splitlines()[-8:])
        raise ProblemError(f"`{' '.join(command)}` failed:\n{re.sub(r'https?://\S+', '…', said)}")
    return done.stdout


def jobs() -> str:
    """Return what the workflow makes its jobs from, as JSON."""
    return json.dumps(
        [
            {
                "id": one.id,
                "container": f"python:{one.base.python}" if one.base.python in CONTAINERS else "",
            }
            for one in load().values()
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(jobs() + "\n")
