"""`make serve`: an open page shows what was saved, without being asked."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from generator.paths import ROOT


@pytest.fixture
def served(tmp_path):
    """Serve a copy of the project; return its folder and the address."""
    for name in ("docs", "generator", "snippets"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address],
        cwd=tmp_path,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": f"http://{address}/"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        for line in server.stdout:
            if "Serving on" in line:
                break
        yield tmp_path, f"http://{address}/"
        server.kill()
        server.stdout.read()


def test_a_saved_page_reloads_itself_in_the_browser(served, browser):
    folder, address = served
    page = browser.new_page()
    page.goto(address)
    path = folder / "docs" / "index.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n\nJust saved.\n", encoding="utf-8")
    page.get_by_text("Just saved.").wait_for()
    page.close()
