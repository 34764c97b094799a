"""Build the site whole: into a folder of its own first, put in place when it is right."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from generator import ledger, pages
from generator.paths import CACHE, ROOT, SITE, shown


def render(folder: Path, **variables: str) -> list[str]:
    """Let MkDocs write the site into a folder, and return its warnings and errors.

    Not with --quiet: MkDocs then does not count warnings either, and --strict lets them pass.

    Args:
        folder: where to write; emptied first.
        variables: environment variables to set for the build, such as SITE_URL.

    """
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | variables | {"NO_MKDOCS_2_WARNING": "1"},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if not done.returncode:
        return []
    told = [line for line in done.stdout.splitlines() if line and not line.startswith("INFO ")]
    return told or [f"mkdocs ended with exit code {done.returncode} and said nothing"]


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
