"""Build the site whole: into a folder of its own first, put in place when it is right."""

import contextlib
import io
import os
import shutil
import sys
from pathlib import Path

from mkdocs.__main__ import cli

from generator import ledger, pages
from generator.paths import CACHE, ROOT, SITE, shown


def render(folder: Path) -> list[str]:
    """Let MkDocs write the site into a folder, and return its warnings and errors.

    In this process, as what MkDocs needs has mostly been imported and read here by now. Not with
    --quiet: MkDocs then does not count warnings either, and --strict lets them pass.

    Args:
        folder: where to write; emptied first.

    """
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    said, code = io.StringIO(), None
    with (
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        try:
            cli.main(["build", "--strict", "--site-dir", str(folder)], prog_name="mkdocs")
        except SystemExit as end:  # how a command of MkDocs always ends
            code = end.code
        except Exception as error:
            error.add_note("\n".join(wrong(said.getvalue())))  # which page it was
            raise
    if not code:
        return []
    return wrong(said.getvalue()) or [f"mkdocs ended with exit code {code} and said nothing"]


def wrong(said: str) -> list[str]:
    """Return the lines that tell of more than progress."""
    return [line for line in said.splitlines() if line and not line.startswith("INFO ")]


def site(*, record: bool = False) -> list[str]:
    """Build the site and return what is wrong, if anything; the old site stays if anything is.

    Args:
        record: add addresses to the ledger that the site has and the ledger has not.

    """
    fresh = CACHE / "site"
    if problems := render(fresh):
        return problems
    if record:
        ledger.add(ledger.collect(fresh), pages.redirects())
    if problems := ledger.lost(ledger.collect(fresh), pages.redirects()):
        return problems
    shutil.rmtree(SITE, ignore_errors=True)
    fresh.rename(SITE)
    sys.stdout.write(
        f"The site is in {shown(SITE)}/. Read it with: "
        f"{shown(ROOT / '.venv/bin/python')} -m http.server --directory {shown(SITE)} 8000\n"
    )
    return []
