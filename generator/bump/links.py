"""Links of the pages to lines of Keras' source: raised to the release that is installed."""

import importlib
import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

from generator.files import write

# As tests/docs/test_template.py wants them.
LINK = re.compile(
    r"\[`(?P<line>[^`]+)`\]\(https://github\.com/keras-team/(?P<repository>keras|tf-keras)"
    r"/blob/v(?P<release>[0-9.]+)/(?P<path>\S+)#L(?P<number>\d+)\)"
)


def source(repository: str, path: str) -> list[str]:
    """Return the lines of a file of the Keras or tf-keras that is installed."""
    found = importlib.util.find_spec(repository.replace("-", "_"))
    if found is None or found.origin is None:
        return []
    file = Path(found.origin).parent.parent / path
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def raised(
    text: str, newest: dict[str, str], lines: Callable[[str, str], list[str]] = source
) -> str:
    """Return a page whose links name the newest release.

    A line is followed to where it stands now. One that is gone, or stands there several times and
    no longer at its place, is for a person to find; its link stays.

    Args:
        text: the page.
        newest: repository -> its release that is installed.
        lines: returns the lines of a file of a repository, as installed.

    """

    def answer(match: re.Match[str]) -> str:
        now = newest[match["repository"]]
        if match["release"] == now:
            return match[0]
        stripped = [line.strip() for line in lines(match["repository"], match["path"])]
        places = [number for number, line in enumerate(stripped, 1) if line == match["line"]]
        if int(match["number"]) in places:
            places = [int(match["number"])]
        if len(places) != 1:
            return match[0]
        start = match[0].rpartition("/blob/v")[0]
        return f"{start}/blob/v{now}/{match['path']}#L{places[0]})"

    return LINK.sub(answer, text)


def raise_all(docs: Path, newest: dict[str, str]) -> None:
    """Raise the links of all pages."""
    importlib.invalidate_caches()  # the packages have just been replaced
    for page in sorted(docs.rglob("*.md")):
        write(page, raised(page.read_text(encoding="utf-8"), newest))
