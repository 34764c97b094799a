import pytest

from generator.common import ProblemError
from generator.execute import snippets


def test_cells_have_names_kinds_lines_and_declarations(snippet_of):
    raises = '# %% second raises="ValueError" warns=true\nint("x")'
    snippet = snippet_of("# %% first\nx = 1", raises)
    assert [(cell.name, cell.kind, cell.raises, cell.warns) for cell in snippet.cells] == [
        ("text-0", "markdown", "", False),
        ("first", "code", "", False),
        ("second", "code", "ValueError", True),
    ]
    assert snippet.text.splitlines()[snippet.cells[2].line - 1] == 'int("x")'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", "every line belongs to a cell"),
        ("x = 1\n# %% a\nx = 1\n", "every line belongs to a cell"),
        ("# %% a\nx = 1\n", "begin with a `# %% [markdown]` cell"),
        ("# %% [markdown]\n# # T\n\n# %% Not_A_Name\nx = 1\n", "needs a name"),
        ("# %% [markdown]\n# # T\n\n# %% a\nx = 1\n\n# %% a\nx = 2\n", "second cell is called 'a'"),
        ("# %% [markdown]\n# # T\n\n# %% a rises=1\nx = 1\n", "not an option of a cell: rises"),
        ("# %% [markdown]\n# # T\n\n# %% a\nx = 1\n# %% b\n", "below this cell belongs one blank"),
        ('# %% [markdown]\n# # T\n\n# %% a after="b"\nx = 1\n\n# %% b\n', "no cell b above"),
        ("# %% [markdown]\n# # T\n\n# %% a table=1\nx = 1\n", "not an option of a cell: table"),
        ("# %% [markdown]\n# # T\n\n# %% a\nx = = 1\n", "invalid syntax"),
        ("# %% [markdown]\n# # Café\n", "not UTF-8"),
    ],
)
def test_wrong_snippets_are_refused_with_file_line_and_reason(tmp_path, text, said):
    (tmp_path / "wrong.py").write_text(text, encoding="latin-1")  # ASCII, but for one
    with pytest.raises(ProblemError) as error:
        snippets.load("wrong", tmp_path)
    assert said in str(error.value)
    assert "wrong.py:" in str(error.value)
