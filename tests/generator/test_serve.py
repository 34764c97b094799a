"""`make serve`: an open page shows what was saved, without being asked."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from generator import ledger
from generator.paths import ROOT

LOG = "serve.log"
RELOADER = re.compile(r"<script>\s*var livereload.*?</script>", re.DOTALL)
EPOCH = re.compile(r"livereload\(([0-9]+), [0-9]+\);")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve a copy of the project; return its folder and the address."""
    folder = tmp_path_factory.mktemp("served")
    for name in ("docs", "generator", "snippets"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    with (
        (folder / LOG).open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address],
            cwd=folder,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": f"http://{address}/"},
            stdout=log,
            stderr=log,
        ) as server,
    ):
        while "Serving on" not in (folder / LOG).read_text():
            assert server.poll() is None, (folder / LOG).read_text()
            time.sleep(0.1)
        yield folder, f"http://{address}/"
        server.kill()


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


def get(address):
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 -- our own server
        return answer.read().decode()


def everything(address):
    """Return address -> what is served there, for all of the site."""
    places = [*ledger.read(), "search/search_index.json"]
    places += [f"notebooks/{path.stem}/{path.name}" for path in (ROOT / "docs").rglob("*.ipynb")]
    return {place: RELOADER.sub("", get(address + place)) for place in places}


def builds(folder):
    """Count the builds of everything."""
    return (folder / LOG).read_text().count("Building documentation...")


def test_the_pages_of_a_saved_snippet_are_those_of_a_build_of_everything(served):
    folder, address = served
    before = builds(folder)
    change(folder / "snippets" / "accuracy.py", '"class numbers",', '"numbers of classes",')
    end = time.monotonic() + 120
    while "numbers of classes" not in get(address):
        assert time.monotonic() < end
        time.sleep(0.1)
    refreshed = everything(address)
    shown = [place for place, text in refreshed.items() if "numbers of classes" in text]
    assert {"", "notebooks/accuracy/", "search/search_index.json"} <= set(shown)
    assert builds(folder) == before

    epoch = EPOCH.search(get(address))[1]
    os.utime(folder / "docs" / "index.md")
    assert get(f"{address}livereload/{epoch}/1") > epoch
    assert everything(address) == refreshed
    assert builds(folder) == before + 1
