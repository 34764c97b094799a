"""What this clone has confirmed stays so until something that it depends on changes."""

import dataclasses

import pytest

from generator.record import recordings, running


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "SNIPPETS", tmp_path)
    monkeypatch.setattr(running, "LOCK", tmp_path / "lock.txt")
    monkeypatch.setattr(running, "NOTE", tmp_path / "note.json")
    monkeypatch.setattr(recordings, "path_of", lambda name: tmp_path / f"{name}.ipynb")
    (tmp_path / "data").mkdir()
    (tmp_path / "lock.txt").write_text("keras==3")
    return tmp_path


def test_what_was_recorded_is_confirmed_until_something_it_depends_on_changes(place, snippet_of):
    snippet = snippet_of("# %% a\nprint(1)")
    assert running.confirmed() == {}, "a fresh clone has confirmed nothing"
    assert running.run([snippet], record=True) == []
    assert running.confirmed() == {"example": running.key(snippet)}
    for changed in ("lock.txt", "example.ipynb", "data/new.csv"):
        before = running.key(snippet)
        (place / changed).write_text("changed")
        assert running.key(snippet) != before
    assert running.key(dataclasses.replace(snippet, text="print(2)")) != running.key(snippet)
