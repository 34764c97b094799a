import pytest

from generator import snippets
from generator.errors import ProblemError


def test_cells_have_names_kinds_lines_and_declarations(write):
    snippet = write("# %% first\nx = 1", '# %% second raises="ValueError" warns=true\nint("x")')
    assert snippet.title == "Title"
    assert [(cell.name, cell.kind) for cell in snippet.cells] == [
        ("text-0", "markdown"),
        ("first", "code"),
        ("second", "code"),
    ]
    first, second = snippet.code_cells
    assert (first.raises, first.warns, second.raises, second.warns) == (
        None,
        False,
        "ValueError",
        True,
    )
    assert snippet.text.splitlines()[second.line - 1] == 'int("x")'


def test_imports_are_top_level_modules(write):
    snippet = write("# %% a\nimport numpy as np\nfrom keras.src import ops\nimport os.path")
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
        ("# %% [markdown]\n# # T\n\n# %% a rises=1\nx = 1\n", "unknown cell option rises"),
        ("# %% [markdown]\n# # T\n\n# %% a\nx = 1\n# %% b\n", "below this cell belongs one blank"),
        ("# %% [markdown]\n# # T\n\n# %% a\nx = = 1\n", "invalid syntax"),
    ],
)
def test_wrong_snippets_are_refused_with_file_line_and_reason(tmp_path, text, said):
    (tmp_path / "wrong.py").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as error:
        snippets.load("wrong", tmp_path)
    assert said in str(error.value)
    assert "wrong.py:" in str(error.value)


def test_unknown_snippet_names_the_known_ones(write, tmp_path):
    write("# %% a\nx = 1")
    with pytest.raises(ProblemError, match=r"no such snippet\. There are: example"):
        snippets.load("other", tmp_path)
