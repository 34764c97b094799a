"""Build the site whole: into a folder of its own first, put in place when it is right."""

import os
import shutil
import subprocess
import sys

from generator import ledger, pages
from generator.paths import CACHE, ROOT, SITE, shown


def site(*, record: bool = False) -> list[str]:
    """Build the site and return what is wrong, if anything; the old site stays if anything is.

    Args:
        record: add addresses to the ledger that the site has and the ledger has not.

    """
    fresh = CACHE / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(fresh)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        text=True,
        capture_output=True,
        check=False,
    )
    said = (done.stdout + done.stderr).strip()
    if done.returncode or said:
        return [said or f"mkdocs ended with exit code {done.returncode}"]
    if record:
        ledger.add(ledger.collect(fresh), pages.redirects())
    problems = ledger.lost(ledger.collect(fresh), pages.redirects())
    if problems:
        return problems
    shutil.rmtree(SITE, ignore_errors=True)
    fresh.rename(SITE)
    sys.stdout.write(
        f"The site is in {shown(SITE)}/. Read it with: "
        f"{shown(ROOT / '.venv/bin/python')} -m http.server --directory {shown(SITE)} 8000\n"
    )
    return []
