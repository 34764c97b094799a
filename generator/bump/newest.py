"""What there is to bump to: uv is asked, and nothing in the project is changed."""

import re
import shutil
import tempfile
from pathlib import Path

from generator.bump import commands, edits
from generator.errors import ProblemError
from generator.versions.environments import numbers

# As `make lock` has it; a test compares.
COMPILE = ["pip", "compile", "--quiet", "--no-header", "--no-annotate"]
LOCKED = ["--universal", "--python-version", "3.12"]
GROUPS = ["--group", "docs", "--group", "run", "--group", "test"]
RELEASE = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def uv(root: Path) -> str:
    """Return the path of uv."""
    return str(root / ".cache" / "uv" / "bin" / "uv")


def lock(root: Path) -> str:
    """Return the lock with the newest Keras and TensorFlow, and all else as it is where it may be.

    The pins become lower bounds, in a copy, so what uv finds resolves with the rest of the project.
    """
    with tempfile.TemporaryDirectory(prefix="bump-") as name:
        folder = Path(name)
        text = (root / "pyproject.toml").read_text(encoding="utf-8")
        (folder / "pyproject.toml").write_text(edits.loosened(text), encoding="utf-8")
        made = folder / "requirements.txt"
        shutil.copy(root / "requirements.txt", made)
        upgraded = [part for name in edits.NAMES for part in ("--upgrade-package", name)]
        options = [*LOCKED, "--generate-hashes", *GROUPS, "--output-file", made.name, *upgraded]
        commands.ask([uv(root), *COMPILE, *options], folder)
        return made.read_text(encoding="utf-8")


def releases(text: str) -> dict[str, str]:
    """Return package -> release, of a lock or of the pins of a base."""
    return dict(RELEASE.findall(text))


def pinned(text: str) -> dict[str, str]:
    """Return the releases of Keras and TensorFlow in a lock.

    Raises:
        ProblemError: one is missing, has several releases, or one that is not final.

    """
    found: dict[str, str] = {}
    for name in edits.NAMES:
        several = sorted({release for one, release in RELEASE.findall(text) if one == name})
        if len(several) != 1 or not re.fullmatch(r"\d+(\.\d+)*", several[0]):
            said = " and ".join(several) or "no release"
            raise ProblemError(f"uv finds {said} of {name}; one final release is needed")
        found[name] = several[0]
    return found


def undeclared(root: Path, declared: list[str], since: str, until: str) -> list[str]:
    """Return the final releases of Keras that are not declared, oldest first.

    uv names the newest release that fits, so it is asked until only the first one is left.
    """
    known = [one for one in declared if numbers(since) < numbers(one) <= numbers(until)]
    found: list[str] = []
    while True:
        excluded = "".join(f",!={one}" for one in [*known, *found])
        wanted = f"keras>={since},<={until}{excluded}\n"
        said = commands.ask([uv(root), *COMPILE, *LOCKED, "--no-deps", "-"], root, wanted)
        newest = releases(said).get("keras", "")
        if newest == since:
            return sorted(found, key=numbers)
        if not newest or newest in found:
            raise ProblemError(f"uv was asked for {wanted.strip()} and said: {said.strip()}")
        found.append(newest)


def base_pins(root: Path, packages: list[str], python: str) -> str:
    """Return the pins of a new base, with the releases that the lock has.

    What ran in the project runs there with the same NumPy, so nothing but the place changes.
    """
    options = ["--python-version", python, "--constraint", "requirements.txt", "-"]
    wanted = "\n".join(packages) + "\n"
    return commands.ask([uv(root), *COMPILE, *options], root, wanted)
