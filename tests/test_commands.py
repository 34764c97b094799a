"""The commands, on a project of three pages: a message where something is wrong, and no damage."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests import project as small

KERAS = ("keras", "tensorflow", "tf_keras")
PAGE, SNIPPET = "docs/pitfalls/some-word.md", "snippets/some-word.py"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Return a project with its recordings made."""
    made = small.make(tmp_path_factory.mktemp("recorded") / "with a blank")
    code, said = small.command(made, "run", "--record")
    assert code == 0, said
    assert "2/2" in said
    return made


@pytest.fixture
def project(recorded, tmp_path):
    return shutil.copytree(recorded, tmp_path / "with a blank")


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_site_is_built_from_recordings_without_keras(project):
    code, said = small.command(project, "build", "--record", without=KERAS)
    assert code == 0, said
    assert "The site is in site/" in said
    assert list((project / "site").glob("KA*/index.html"))
    page = (project / "site" / "pitfalls" / "some-word" / "index.html").read_text("utf-8")
    assert "0.5000" in page
    assert "pitfalls/some-word/" in (project / "docs/data/addresses.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (PAGE, '"reported") }}', '"nothing") }}', [f"{PAGE}:", "no cell 'nothing'"]),
        (PAGE, "code: KA", "cod: KA", [f"{PAGE}:1: front matter: 'code' is a required property"]),
        (PAGE, "Nothing.", "[x](../metrics/some-metric.md#no-id)", [PAGE[5:], "#no-id"]),
        (SNIPPET, '"half")', '"two")', [f"{SNIPPET}:", "cell 'formula' is not", "make record"]),
        ("docs/data/addresses.json", '"in-short"', '"long-gone"', ["lost the ids long-gone"]),
        ("docs/notebooks/some-word.ipynb", "{", "", ["some-word.ipynb: not a recording"]),
        ("docs/data/quotations.json", "[", "", ["docs/data/quotations.json:", "not JSON"]),
    ],
)
def test_a_build_that_goes_wrong_says_where_and_leaves_the_old_site(project, file, old, new, said):
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the old site")
    ledger = project / "docs" / "data" / "addresses.json"
    ledger.write_text('{"pitfalls/some-word/": ["in-short"]}')
    quoted = '{{ quote("nobody", "x") }}' if "quotations" in file else ""
    small.change(project / "docs" / "index.md", "# Home", f"{quoted}\n\n# Home")
    small.change(project / file, old, new)
    code, printed = small.command(project, "build")
    assert code == 1
    for part in said:
        assert part in printed
    assert "Traceback" not in printed
    assert files(project / "site") == {project / "site" / "index.html": b"the old site"}


def test_runs_that_go_wrong_are_named_and_the_others_finish(project):
    notebooks, snippets = project / "docs" / "notebooks", project / "snippets"
    small.change(notebooks / "some-word.ipynb", "0.5000", "0.7000")
    endless = small.SNIPPET.replace('print("half")', "import time; time.sleep(60)")
    (snippets / "some-word-endless.py").write_text(endless)
    broken = small.SNIPPET.replace("import numpy", "import nunpy")
    (snippets / "some-word-broken.py").write_text(broken)
    before = files(notebooks)
    small.change(snippets / "some-metric.py", "# # Some", "# # Some more")
    code, printed = small.command(project, "run", "--seconds", "5")
    assert code == 1
    for part in (
        "cell 'reported' prints something else than recorded",
        "-0.7000\n+0.5000",
        "some-word-endless.py: stopped: it ran longer than 5 seconds",
        "cell 'setup' raised ModuleNotFoundError",
        "cell 'text-0' is not what docs/notebooks/some-metric.ipynb recorded",
        "4/4",
    ):
        assert part in printed
    assert files(notebooks) == before

    # What is confirmed does not run again; what is recorded anew is confirmed.
    for count in ("2/2", "0/0"):
        code, printed = small.command(project, "run", "some-word", "some-metric", "--record")
        assert code == 0, printed
        assert count in printed
    assert "0.5000" in (notebooks / "some-word.ipynb").read_text()


def test_an_unknown_snippet_is_named(project):
    code, printed = small.command(project, "run", "nowhere")
    assert code == 1
    assert "snippets/nowhere.py: no such snippet" in printed


def test_a_saved_snippet_is_run_and_the_pages_that_show_it_are_built(project):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    serve = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--livereload", "-a", address]
    log = project / "log"
    with log.open("w") as sink:
        server = subprocess.Popen(serve, cwd=project, stdout=sink, stderr=sink)
    page = f"http://{address}/pitfalls/some-word/"

    def until(address, text):
        for _ in range(400):
            try:
                with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 -- our own
                    if text in answer.read().decode():
                        return
            except OSError:
                assert server.poll() is None, log.read_text()
            time.sleep(0.2)
        pytest.fail(f"{address} does not show {text}\n{log.read_text()}")

    try:
        until(page, "0.5000")
        snippet = project / "snippets" / "some-word.py"
        small.change(snippet, 'print(f"{np.mean([0.0, 1.0]):.4f}")', 'print("saved")')
        until(page, "saved")
        until(f"http://{address}/notebooks/some-word/", "saved")
        small.change(snippet, 'print("saved")', "print(no_such_name)")
        until(page, "saved")  # what fails is reported, and the page stays
        small.change(snippet, "print(no_such_name)", 'print("mended")')
        until(page, "mended")
        small.change(project / "docs" / "index.md", "# Home", "# Just saved")
        until(f"http://{address}/", "Just saved")
        until(f"http://{address}/search/pages.json", "pitfalls/some-word/")
    finally:
        server.kill()
        server.wait()
