"""A build forced by touching one Markdown page, against plain Material on the same pages.

The same pages: ours as our hooks expand them, and each recorded notebook as one Markdown page of
the same text, code and outputs. Plain Material builds them with the same theme, navigation and
Markdown extensions, without hooks, theme files of ours or mkdocs-jupyter. Addresses that only
redirect are files, not pages, and are left out there.
"""

import shutil
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.progress import Progress

from generator.bench import processes, projects
from generator.bench.rows import Row, at_most, median_ratio
from generator.errors import ProblemError

ROUNDS = 7
TIMES_PLAIN = 3
MARK = "Touched in round"
SITE = "--site-dir"

Build = Callable[[], float]


def measure(work: Path, bar: Progress) -> tuple[list[Row], dict[str, Any]]:
    """Return the lines of the table and all that was measured, times in seconds."""
    ours = projects.site_project(work / "ours")
    plain = projects.plain_project(work / "plain", ours / "mkdocs.yml")
    processes.timed(["-m", "generator.bench.expand", str(plain / "docs")], ours)
    bare = work / "bare"
    shutil.copytree(plain, bare)
    shutil.rmtree(bare / "docs" / "notebooks", ignore_errors=True)
    touched = largest_page(ours / "docs")
    shutil.rmtree(ours / ".cache", ignore_errors=True)
    first = processes.timed(["-m", "generator", "build"], ours)
    # Confirms every recording once, so that the rounds find nothing to run.
    processes.timed(["-m", "generator", "run"], ours)

    builds: dict[str, Callable[[], float]] = {
        "plain": lambda: processes.timed(["-m", "mkdocs", "build", "--quiet"], plain),
        "bare": lambda: processes.timed(["-m", "mkdocs", "build", "--quiet"], bare),
        "mkdocs": lambda: processes.timed(
            ["-m", "mkdocs", "build", "--quiet", "--strict", SITE, "site"], ours
        ),
        "docs": lambda: processes.timed(["-m", "generator", "build"], ours),
        "site": lambda: processes.timed(["-m", "generator", "site"], ours),
    }
    folders = {"plain": plain, "bare": bare, "mkdocs": ours, "docs": ours, "site": ours}
    found: dict[str, list[float]] = {name: [] for name in builds}
    task = bar.add_task("Building, ours and plain in turns", total=ROUNDS * len(builds))
    for round_number in range(ROUNDS):
        for name, build in builds.items():
            mark = f"{MARK} {name} {round_number}."
            touch(folders[name] / "docs" / touched, mark)
            found[name].append(build())
            require_mark(folders[name] / "site" / touched.with_suffix("") / "index.html", mark)
            bar.advance(task)

    pages = {name: len(list((folders[name] / "site").rglob("index.html"))) for name in folders}
    middle = {name: statistics.median(values) for name, values in found.items()}
    rows = [
        Row(f"plain Material, {pages['plain']} pages, notebooks as Markdown", middle["plain"]),
        Row(f"plain Material, {pages['bare']} pages, without the notebooks", middle["bare"]),
        Row(f"ours, `mkdocs build`, {pages['mkdocs']} pages and redirects", middle["mkdocs"]),
        Row("ours, `make docs`: index, build, check of addresses", middle["docs"]),
        Row("ours, `make site`: looks for stale recordings too", middle["site"]),
        Row("ours, the first build ever: every notebook rendered", first),
        at_most(
            "`mkdocs build` / plain, same pages",
            median_ratio(found["mkdocs"], found["plain"]),
            TIMES_PLAIN,
        ),
        at_most(
            "`make docs` / plain, same pages",
            median_ratio(found["docs"], found["plain"]),
            TIMES_PLAIN,
        ),
        at_most(
            "`make site` / plain, same pages",
            median_ratio(found["site"], found["plain"]),
            TIMES_PLAIN,
        ),
        Row(
            "`make docs` / plain without the notebooks",
            value=median_ratio(found["docs"], found["bare"]),
        ),
    ]
    return rows, {"touched": touched.as_posix(), "pages": pages, "first": first, **found}


def largest_page(docs: Path) -> Path:
    """Return the largest Markdown page, below the folder of pages: the most work."""
    pages = [page for page in docs.rglob("*.md") if page.name != "index.md"]
    if not pages:
        raise ProblemError("docs/ has no page beside the index pages; write one to measure with")
    return max(pages, key=lambda page: page.stat().st_size).relative_to(docs)


def touch(page: Path, mark: str) -> None:
    """Change a page: its time, and a last line that the built page must show."""
    kept = page.read_text(encoding="utf-8").partition(f"\n\n{MARK}")[0].rstrip("\n")
    page.write_text(f"{kept}\n\n{mark}\n", encoding="utf-8")


def require_mark(built: Path, mark: str) -> None:
    """Refuse a build that was skipped.

    Raises:
        ProblemError: the built page does not show what the page was touched with.

    """
    if not built.is_file() or mark not in built.read_text(encoding="utf-8"):
        raise ProblemError(f"{built.name} of {built.parent.name} does not show {mark!r}: not built")
