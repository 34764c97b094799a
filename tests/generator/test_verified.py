import pytest

from generator import recordings, verified


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(verified, "SNIPPETS", tmp_path)
    monkeypatch.setattr(verified, "LOCK", tmp_path / "lock.txt")
    monkeypatch.setattr(recordings, "path_of", lambda name: tmp_path / f"{name}.ipynb")
    (tmp_path / "data").mkdir()
    (tmp_path / "lock.txt").write_text("keras==3")
    return tmp_path


def test_a_fresh_clone_has_confirmed_nothing(place):
    assert verified.read(place / "note.json") == {}


def test_a_broken_note_is_as_good_as_none(place):
    (place / "note.json").write_text("{")
    assert verified.read(place / "note.json") == {}


def test_what_was_confirmed_stays_so_until_something_it_depends_on_changes(place, write):
    note = place / "note.json"
    snippet = write("# %% a\nprint(1)")
    verified.add(snippet, note)
    assert verified.read(note) == {"example": verified.key("example", snippet.text)}
    for changed in ("lock.txt", "example.ipynb", "data/new.csv"):
        before = verified.key("example", snippet.text)
        (place / changed).write_text("changed")
        assert verified.key("example", snippet.text) != before
    assert verified.key("example", "print(2)") != verified.key("example", snippet.text)
