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


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_saved_snippet_is_run_and_its_page_reloads_itself(served, browser):
    folder, address = served
    page = browser.new_page()
    page.goto(f"{address}pitfalls/regression-mse/")
    snippet = folder / "snippets" / "regression-mse.py"
    change(snippet, "[0.2], [0.7]", "[0.2], [0.3]")
    page.locator("[data-recorded='regression-mse:formula']", has_text="0.4000").wait_for()
    change(snippet, 'loss="mean_squared_error"', 'loss="no_such_loss"')
    page.wait_for_timeout(3000)  # what fails is reported, and the page stays
    assert "0.4000" in page.locator("[data-recorded='regression-mse:formula']").inner_text()
    change(snippet, 'loss="no_such_loss"', 'loss="mean_absolute_error"')
    page.locator("code", has_text="mean_absolute_error").first.wait_for()
    page.close()


def test_a_saved_page_reloads_itself_in_the_browser(served, browser):
    folder, address = served
    page = browser.new_page()
    page.goto(address)
    path = folder / "docs" / "index.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n\nJust saved.\n", encoding="utf-8")
    page.get_by_text("Just saved.").wait_for()
    page.close()
