"""What a saved file makes `make serve` build: pages of a snippet, everything, or nothing."""

import dataclasses
from types import SimpleNamespace

import pytest

from generator import served
from generator.paths import DOCS, NOTEBOOKS, ROOT, SNIPPETS

SNIPPET = SNIPPETS / "regression-mse.py"


@pytest.fixture(autouse=True)
def state(monkeypatch):
    """Stand right after a build of everything."""
    fresh = served.State(inputs=served.inputs(), site=object(), complete=True)
    monkeypatch.setattr(served, "state", fresh)
    return fresh


@pytest.fixture
def server(monkeypatch):
    """Return a server that `served` is attached to, and what it was made to do."""
    done = []

    def refresh(_, names):
        done.append(names)
        return bool(names)

    monkeypatch.setattr(served, "refresh", refresh)
    made = SimpleNamespace(done=done, _visible_epoch=1, _wanted_epoch=2)
    made.watch = made.unwatch = lambda _: None
    made.set_app = lambda answer: setattr(made, "answer", answer)
    made.mount_path = "/here/"
    made.serve_request = lambda *_: [b"page"]
    config = SimpleNamespace(docs_dir=str(DOCS), config_file_path=str(ROOT / "mkdocs.yml"))
    served.attach(made, config, lambda: done.append("everything"))
    return made


def touch(state, *paths):
    """Let files look as if they were saved after the last build."""
    for path in paths:
        state.inputs[path] -= 1


def test_a_snippet_alone(server, state):
    touch(state, SNIPPET)
    server.builder()
    assert server.done == [["regression-mse"]]
    assert server._wanted_epoch == 2


def test_nothing_new_reloads_no_browser(server):
    server.builder()
    assert server.done == [[]]
    assert server._wanted_epoch == server._visible_epoch == 1


@pytest.mark.parametrize(
    "path",
    [
        DOCS / "index.md",
        NOTEBOOKS / "regression-mse.ipynb",
        ROOT / "generator" / "hooks.py",
        ROOT / "mkdocs.yml",
        SNIPPETS / "ruff.toml",
    ],
    ids=lambda path: path.name,
)
def test_anything_else_builds_everything(server, state, path):
    touch(state, SNIPPET, path)
    server.builder()
    assert server.done == ["everything"]


@pytest.mark.parametrize(
    ("address", "waits"),
    [
        ("pitfalls/regression-mse/", False),
        ("assets/stylesheets/main.css", False),
        ("metrics/accuracy/", True),
        ("search/search_index.json", True),
    ],
)
def test_what_was_built_first_is_given_before_the_rest_is_built(
    server, state, monkeypatch, address, waits
):
    waited = []
    state.first = {"pitfalls/regression-mse/"}
    monkeypatch.setattr(served, "finish", lambda: waited.append(True))
    answer = server.answer
    assert answer({"PATH_INFO": f"/here/{address}"}, None) == [b"page"]
    assert bool(waited) is waits


def test_a_new_snippet_builds_everything(server, state):
    del state.inputs[SNIPPET], state.inputs[NOTEBOOKS / "regression-mse.ipynb"]
    server.builder()
    assert server.done == ["everything"]


def test_a_snippet_that_is_gone_builds_everything(server, state):
    state.inputs[SNIPPETS / "gone.py"] = 1
    server.builder()
    assert server.done == ["everything"]


@pytest.mark.parametrize("change", [{"complete": False}, {"site": None}])
def test_after_a_build_that_failed_everything_is_built(server, state, change, monkeypatch):
    monkeypatch.setattr(served, "state", dataclasses.replace(state, **change))
    touch(state, SNIPPET)
    server.builder()
    assert server.done == ["everything"]


def test_files_of_editors_do_not_count(tmp_path, monkeypatch):
    monkeypatch.setattr(served, "ROOT", tmp_path)
    for name in ("a.py", ".a.py.swp", "a.py~", "a.ipynb.part", "__pycache__/a.pyc"):
        path = tmp_path / "snippets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert set(served.inputs()) == {tmp_path / "snippets" / "a.py"}


def test_a_snippet_that_goes_wrong_leaves_its_pages(state, monkeypatch, caplog):
    monkeypatch.setattr(served.live, "record", lambda names: ([], [f"{names[0]}: wrong"]))
    assert not served.refresh(state.site, ["regression-mse"])
    assert "regression-mse: wrong" in caplog.text
    assert state.complete
