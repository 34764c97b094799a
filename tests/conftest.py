"""What the tests share: the built site, a server for it, a browser, snippets for one test."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from generator import build, snippets
from generator.paths import ROOT
from tests.browser import install

# Addresses other than the ones that mkdocs.yml falls back to, below a folder as on GitHub Pages.
SITE_URL = "https://example.org/reference/"
REPO_URL = "https://github.com/example/reference"
BROWSER_ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="run the slow checks in full")


def pytest_collection_modifyitems(config, items):
    """Leave the slow checks to `make verify`."""
    if not config.getoption("--full"):
        slow = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Build the site once, in a folder named as its address ends, and return the folder."""
    folder = tmp_path_factory.mktemp("built") / "reference"
    # In a process of its own: MkDocs keeps the streams of the one that it runs in.
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail("\n".join(build.wrong(done.stdout + done.stderr)), pytrace=False)
    return folder


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as GitHub Pages does: silently, with 404.html for what is not there."""

    def log_message(self, *arguments):
        """Say nothing."""

    def send_error(self, code, *_):
        """Answer with the page that the site has for it."""
        page = Path(self.directory, "reference", "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="session")
def served(site):
    """Serve the site below /reference/ and return the address of its home page."""
    handler = functools.partial(Handler, directory=str(site.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/reference/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """Start a browser."""
    path = install.executable()
    if path is None:
        pytest.fail("no browser: run .venv/bin/python -m tests.browser.install", pytrace=False)
    # Chromium has no sandbox for root.
    arguments = [*BROWSER_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a snippet and parses it."""

    def write_snippet(*cells: str, name: str = "example"):
        text = "\n\n".join(["# %% [markdown]\n# # Title", *cells]) + "\n"
        Path(tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        return snippets.load(name, tmp_path)

    return write_snippet
