"""Lines of Keras' source, found by their text, so that nobody types a number of a line."""

import ast
import importlib.metadata
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from generator.common import DATA, ProblemError, once, read, read_json, shown, write

PATH = DATA / "sources.json"
PACKAGES = ("keras", "tf_keras")


@dataclass(frozen=True)
class Source:
    """Where a line stands in the source of a release."""

    text: str
    within: str  # what tells its place: a function, a class and a method, or the package
    repository: str
    release: str
    path: str
    line: int  # from 1

    @property
    def url(self) -> str:
        """The address of the line."""
        start = f"https://github.com/keras-team/{self.repository}/blob/v{self.release}"
        return f"{start}/{self.path}#L{self.line}"


@once
def load() -> dict[tuple[str, str], Source]:
    """Return text and place -> what was recorded of it."""
    entries = read_json(PATH) if PATH.is_file() else []
    return {(raw["text"], raw["within"]): Source(**raw) for raw in entries}


@cache
def _files() -> dict[Path, str]:
    """Return the path of every file of the packages, from where they are installed -> its text."""
    found: dict[Path, str] = {}
    for package in PACKAGES:
        folder = Path(str(importlib.metadata.distribution(package).locate_file(package)))
        found |= {path.relative_to(folder.parent): read(path) for path in folder.rglob("*.py")}
    return found


def find(text: str, within: str = "") -> Source:
    """Find a line in the Keras or tf-keras that is installed; of several in one place, the first.

    Raises:
        ProblemError: it stands nowhere, or in several places, and in which.
    """
    places: dict[str, tuple[Path, int]] = {}
    for path, content in _files().items():
        for number, line in enumerate(content.splitlines() if text in content else (), 1):
            if line.strip() == text:
                module = path.with_suffix("").parts
                around = [
                    node.name
                    for node in ast.walk(ast.parse(content))  # from the outside
                    if isinstance(node, ast.FunctionDef | ast.ClassDef)
                    and node.lineno <= number <= (node.end_lineno or 0)
                ]
                name = ".".join([*module, *around])
                if not within or f".{within}." in f".{name}.":
                    places.setdefault(name, (path, number))
    if len(places) != 1:
        said = "\n  ".join(sorted(places)) or "nowhere"
        where = f" within {within!r}" if within else ""
        raise ProblemError(
            f"{text!r}{where} has to stand in one place of Keras. It is in:\n  {said}"
        )
    ((path, number),) = places.values()
    repository = path.parts[0].replace("_", "-")
    release = importlib.metadata.version(repository)
    return Source(text, within, repository, release, path.as_posix(), number)


def update(wanted: Mapping[tuple[str, str], str], *, record: bool) -> list[str]:
    """Find lines in what is installed, and record them or say which are not as recorded.

    `wanted` is text and place of each line -> where on a page it is asked for.
    """
    found, problems = [], []
    for (text, within), where in sorted(wanted.items()):
        try:
            found.append(asdict(find(text, within)))
        except ProblemError as error:
            problems.append(f"{where}: {error}")
    made = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    if record and not problems:
        write(PATH, made)
    elif not problems and read(PATH, "") != made:
        problems = [f"{shown(PATH)}: not the lines of the Keras that is installed: make record"]
    return problems
