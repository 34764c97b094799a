"""Build the site whole: into a folder of its own first, put in place when it is right."""

import contextlib
import json
import logging
import os
import shutil
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from generator.common import CACHE, ROOT, SITE, ProblemError, read, write
from generator.render import addresses, finish, pages

FRESH = CACHE / "site"


def render(folder: Path) -> list[str]:
    """Let MkDocs write the site into a folder, emptied first; say why not, as after a warning."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.basicConfig(format="%(message)s")
    try:
        # Addresses in mkdocs.yml are from the project's root.
        with contextlib.chdir(ROOT):
            config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True)
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
    except (MkDocsException, ProblemError) as error:
        return [str(error)]
    for page in folder.rglob("*.html"):
        write(page, finish.secured(read(page)))
    return []


def site(*, record: bool = False) -> list[str]:
    """Build the site and return what is wrong, if anything; the old site stays if anything is.

    Args:
        record: add addresses to the ledger that the site has and the ledger has not.
    """
    if problems := render(FRESH):
        return problems
    built, redirects, ledger = addresses.collect(FRESH), pages.redirects(), addresses.published()
    if problems := addresses.lost(built, redirects, ledger):
        return problems
    if record:
        noted = addresses.noted(built, redirects, ledger)
        write(addresses.PATH, json.dumps(noted, indent=1) + "\n")
    shutil.rmtree(SITE, ignore_errors=True)
    FRESH.rename(SITE)
    return []
