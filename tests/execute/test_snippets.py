import pytest

from generator.common import ProblemError
from generator.execute import snippets


def test_cells_have_names_kinds_lines_and_declarations(snippet_of):
    snippet = snippet_of(
        "# %% first\nx = 1", '# %% second raises="ValueError" warns=true\nint("x")'
    )
    assert [(cell.name, cell.kind) for cell in snippet.cells] == [
        ("text-0", "markdown"),
        ("first", "code"),
        ("second", "code"),
    ]
    first, second = snippet.code_cells
    assert (first.raises, first.warns, second.raises, second.warns) == (
        "",
        False,
        "ValueError",
        True,
    )
    assert snippet.text.splitlines()[second.line - 1] == 'int("x")'


def test_imports_are_top_level_modules(snippet_of):
    snippet = snippet_of("# %% a\nimport numpy as np\nfrom keras.src import ops\nimport os.path")
    assert snippet.imports() == {"numpy", "keras", "os"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", "every line belongs to a cell"),
        ("x = 1\n# %% a\nx = 1\n", "every line belongs to a cell"),
        ("# %% a\nx = 1\n", "begin with a `# %% [markdown]` cell"),
        ("# %% [markdown]\n# # T\n\n# %%\nx = 1\n", "needs a name"),
        ("# %% [markdown]\n# # T\n\n# %% Not_A_Name\nx = 1\n", "needs a name"),
        ("# %% [markdown]\n# # T\n\n# %% a\nx = 1\n\n# %% a\nx = 2\n", "second cell is called 'a'"),
        ("# %% [markdown]\n# # T\n\n# %% a rises=1\nx = 1\n", "not an option of a cell: rises"),
        ("# %% [markdown]\n# # T\n\n# %% a\nx = 1\n# %% b\n", "below this cell belongs one blank"),
        ('# %% [markdown]\n# # T\n\n# %% a after="b"\nx = 1\n\n# %% b\n', "no cell b above"),
        ("# %% [markdown]\n# # T\n\n# %% a table=1\nx = 1\n", "not an option of a cell: table"),
        ("# %% [markdown]\n# # T\n\n# %% a\nx = = 1\n", "invalid syntax"),
    ],
)
def test_wrong_snippets_are_refused_with_file_line_and_reason(tmp_path, text, said):
    (tmp_path / "wrong.py").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as error:
        snippets.load("wrong", tmp_path)
    assert said in str(error.value)
    assert "wrong.py:" in str(error.value)


def test_unknown_snippet_names_the_known_ones(snippet_of, tmp_path):
    snippet_of("# %% a\nx = 1")
    with pytest.raises(ProblemError, match=r"no such snippet\. There are: example"):
        snippets.load("other", tmp_path)


def test_before_a_cell_come_setup_what_it_comes_after_and_what_that_needs(snippet_of):
    cells = ["# %% setup\na = 1", "# %% b\nb = a", "# %% c\nc = 1", '# %% d after="b"\nd = b']
    snippet = snippet_of(*cells, '# %% e after=["d", "c"]\nprint(d, c)')
    before = {cell.name: snippet.before(cell.name) for cell in snippet.code_cells}
    assert before["e"] == ("setup", "b", "c", "d")
    assert before["d"] == ("setup", "b")
    assert before["c"] == ("setup",)
    assert before["setup"] == ()


def test_a_file_that_is_not_utf8_is_named(tmp_path):
    (tmp_path / "latin.py").write_bytes("# %% [markdown]\n# # Café\n".encode("latin-1"))
    with pytest.raises(ProblemError, match=r"latin\.py: not UTF-8"):
        snippets.load("latin", tmp_path)
