"""Where everything lives."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DATA = DOCS / "data"
NOTEBOOKS = DOCS / "notebooks"
SNIPPETS = ROOT / "snippets"
CACHE = ROOT / ".cache"
SITE = ROOT / "site"
LOCK = ROOT / "requirements.txt"


def shown(path: Path) -> str:
    """Return a path as a message should name it: from the project's root, where it is below it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
