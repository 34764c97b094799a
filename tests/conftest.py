"""What the tests share: the built site, a server for it, a browser, snippets for one test."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.common import ROOT
from generator.execute import snippets
from tests.browser import window

# Addresses other than the ones that mkdocs.yml falls back to, below a folder as on GitHub Pages.
SITE_URL = "https://example.org/reference/"
REPO_URL = "https://github.com/example/reference"
LONGEST = ["sweep", "recordings", "branches", "copied", "accessible", "mutations"]  # test_*.py


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="run the slow checks in full")


def pytest_collection_modifyitems(config, items):
    """Leave the slow checks to `make verify`, and begin with the files that take longest."""
    items.sort(key=lambda item: [*LONGEST, item.path.stem[5:]].index(item.path.stem[5:]))
    if not config.getoption("--full"):
        slow = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.fixture(scope="session")
def site(tmp_path_factory, testrun_uid):
    """Build the site once for both cores, in a folder named as its address ends; return the folder."""
    folder = tmp_path_factory.getbasetemp().parent / testrun_uid / "reference"
    folder.parent.mkdir(exist_ok=True)
    code = f"from pathlib import Path; from generator.render import build; print(*build.render(Path({str(folder)!r})), sep=chr(10))"
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.is_dir():
            return folder
        done = subprocess.run(  # a process of its own: MkDocs reads settings from the environment
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode or done.stdout.strip():
        pytest.fail(done.stdout + done.stderr, pytrace=False)
    return folder


@pytest.fixture(scope="session")
def home(site):
    """Publish the site below /reference/ and return the address of its home page."""
    with window.serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Start a browser."""
    with window.started() as one:
        yield one


@pytest.fixture
def snippet_of(tmp_path):
    """Return a function that writes a snippet and parses it."""

    def write_snippet(*cells: str, name: str = "example"):
        text = "\n\n".join(["# %% [markdown]\n# # Title", *cells]) + "\n"
        Path(tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        return snippets.load(name, tmp_path)

    return write_snippet
