"""The generated scripts are snippets like the real ones, and different from each other."""

import pytest

from generator import snippets
from generator.bench import scripts


@pytest.mark.parametrize("family", [*scripts.FAMILIES, scripts.LIGHT])
@pytest.mark.parametrize("number", [1, 2, 3, 12])
def test_every_variant_is_a_snippet(tmp_path, family, number):
    scripts.write(tmp_path, {family: scripts.variant(family, number)})

    snippet = snippets.load(family, tmp_path)

    assert snippet.imports() == {"keras", "numpy"}
    assert len(snippet.code_cells) >= 3
    assert "$" not in snippet.text
    assert "print(" in snippet.text


def test_every_template_takes_part():
    assert {path.stem for path in scripts.BODIES.iterdir()} == {*scripts.FAMILIES, scripts.LIGHT}


@pytest.mark.parametrize("families", [scripts.FAMILIES, (scripts.LIGHT,)])
def test_generated_snippets_differ(families):
    texts = scripts.generated(500, families)

    assert len(texts) == 500
    assert len(set(texts.values())) == 500


@pytest.fixture
def real(tmp_path):
    folder = tmp_path / "real"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "some.csv").write_text("1\n")
    scripts.write(folder, {"b": "# b\n", "a": "# a\n", "c": "# c\n"})
    return folder


def test_generated_snippets_fill_up_the_real_ones(tmp_path, real):
    names = scripts.assemble(tmp_path / "made", 5, real=real)

    assert names[:3] == ["a", "b", "c"]
    assert snippets.names(tmp_path / "made") == sorted(names)
    assert len(names) == 5
    assert (tmp_path / "made" / "a.py").read_text() == "# a\n"
    assert (tmp_path / "made" / "data" / "some.csv").is_file()


def test_more_real_snippets_than_asked_for(tmp_path, real):
    assert scripts.assemble(tmp_path / "made", 2, real=real) == ["a", "b"]


def test_light_snippets_are_all_generated(tmp_path, real):
    names = scripts.assemble_light(tmp_path / "made", 3, real=real)

    assert names == [f"generated-light-{number}" for number in (1, 2, 3)]
    assert snippets.names(tmp_path / "made") == names
    assert (tmp_path / "made" / "data" / "some.csv").is_file()


def test_the_real_snippets_can_be_measured(tmp_path):
    names = scripts.assemble(tmp_path, 24)

    assert len({snippets.load(name, tmp_path).text for name in names}) == 24
