"""A bump: what is declared, and what the report says has changed since the last commit."""

import shutil

import pytest

from generator import bump
from generator.common import LOCK, ROOT, forget
from generator.sweep import environments, results
from tests.project import change


@pytest.fixture
def before(tmp_path):
    """Return a copy of what is compared, as if it were the last commit."""
    for name in ("docs/notebooks", "docs/data", "snippets/versions"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(LOCK, tmp_path)
    return tmp_path


def test_where_nothing_changed_the_report_says_so(before):
    assert bump.report(before, []).count("\n\nNothing.\n") == 5


def test_a_changed_cell_and_a_changed_case_are_named_with_the_pages_that_show_them(before):
    change(before / "docs/notebooks/regression-mse.ipynb", "accuracy: 0.6000", "accuracy: 0.7000")
    newest = environments.newest().id
    was = results.read(before / "docs/data/versions.json")
    was.found["regression-mse"][newest] = {"value": 0.125, "metric": "binary_accuracy"}
    said = bump.report(before, ["the sweep failed"])
    forget()
    for part in (
        "- the sweep failed",
        "regression-mse: reported\n\n~~~diff",
        "-accuracy: 0.7000\n+accuracy: 0.6000",
        f"- regression-mse: {newest}: 0.125, binary_accuracy; {newest}: ",
        '`{{ run("regression-mse", "reported") }}`',
        '`{{ releases("regression-mse") }}`',
        '`{{ sweep("unchanged") }}`',
    ):
        assert part in said
    assert "dropout" not in said.partition("# Pages to read")[2].partition("# What")[0]


def test_releases_up_to_the_newest_are_declared_once(before, monkeypatch):
    declared = before / "snippets/versions/environments.toml"
    monkeypatch.setattr(environments, "DECLARED", declared)
    monkeypatch.setattr(bump, "released", lambda: ["9.1.0", "9.0.1", "9.0.0", "3.15.1"])
    for _ in range(2):  # a bump that was interrupted is called again
        bump.declare("9.0.0", "9.1.0")
    lines = declared.read_text(encoding="utf-8").splitlines()
    at = lines.index(bump.AS_LOCKED.rstrip("\n"))
    over = '", base = "project", over = "keras" },'
    assert lines[at - 2 : at] == [
        f'  {{ release = "9.0.0{over}',
        f'  {{ release = "9.0.1{over}',
    ]
    assert sum("9.0." in line for line in lines) == 2
