"""A build counts only where it was forced and happened, and its peer builds without our machinery."""

import pytest
from mkdocs.config import load_config

from generator.bench import building, projects
from generator.errors import ProblemError
from generator.paths import ROOT


def test_touching_replaces_the_last_mark(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Title\n\nText.\n")

    building.touch(page, f"{building.MARK} ours 0.")
    building.touch(page, f"{building.MARK} ours 1.")

    assert page.read_text() == "# Title\n\nText.\n\nTouched in round ours 1.\n"


def test_a_skipped_build_is_refused(tmp_path):
    built = tmp_path / "index.html"
    built.write_text("<p>Touched in round ours 0.</p>")

    building.require_mark(built, "Touched in round ours 0.")
    with pytest.raises(ProblemError, match="not built"):
        building.require_mark(built, "Touched in round ours 1.")
    with pytest.raises(ProblemError, match="not built"):
        building.require_mark(tmp_path / "missing.html", "Touched in round ours 0.")


def test_the_largest_page_is_touched(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.md").write_text("x" * 100)
    (tmp_path / "small.md").write_text("x")
    (tmp_path / "sub" / "large.md").write_text("xx")

    assert building.largest_page(tmp_path).as_posix() == "sub/large.md"


def test_nothing_to_touch(tmp_path):
    with pytest.raises(ProblemError, match="write one"):
        building.largest_page(tmp_path)


def test_plain_material_has_our_settings_and_none_of_our_machinery(tmp_path):
    folder = projects.plain_project(tmp_path / "plain", ROOT / "mkdocs.yml")

    plain = load_config(str(folder / "mkdocs.yml"))
    ours = load_config(str(ROOT / "mkdocs.yml"))

    assert dict(plain.hooks) == {}
    assert list(plain.plugins) == ["material/search"]
    assert plain.theme.custom_dir == str(folder / "empty")
    assert plain.nav == ours.nav
    assert plain.markdown_extensions == ours.markdown_extensions
    assert plain.theme["features"] == ours.theme["features"]


def test_a_copy_of_the_project_is_compiled(tmp_path):
    copy = projects.site_project(tmp_path / "copy")

    assert list((copy / "generator" / "__pycache__").glob("execute.*.pyc"))
    assert (copy / "docs" / "index.md").is_file()
    assert not (copy / "site").exists()
