"""A whole bump, on a small project: what it writes, runs and reports, and how it goes on."""

import shutil
import tomllib

import pytest

from generator.bump import __main__ as bump
from generator.bump import edits, plan, report
from generator.errors import ProblemError
from generator.files import write as write_file
from generator.versions import environments, results
from tests.bump.releases import (
    ENVIRONMENTS,
    FORMER,
    KERAS,
    NEWER_BOTH,
    NEWER_KERAS,
    NEWER_TENSORFLOW,
    PACKAGES,
    following,
)


def files(root):
    return {
        path.relative_to(root): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def told(project):
    return (project / bump.REPORT).read_text(encoding="utf-8")


def test_nothing_newer_changes_nothing_and_runs_nothing(world, project, capsys):
    before = files(project)
    assert bump.bump(project) == []
    said = capsys.readouterr().err
    assert f"Nothing is newer than keras {FORMER['keras']}, tensorflow" in said
    assert files(project) == before
    assert not (project / ".cache").exists()
    assert len(world.commands) == 2


def test_a_bump_that_prints_something_else_says_what_and_where(world, project, capsys):
    world.found = NEWER_KERAS
    world.released += [KERAS, following(KERAS)]  # the latter does not go with the rest
    world.printed, world.value = "2", 0.25
    assert bump.bump(project) == []
    assert "The report is in " in capsys.readouterr().err
    text = told(project)
    former, case = FORMER["keras"], "0.5, m | 0.25, m"
    assert text.startswith(f"# Bump to keras {KERAS}, tensorflow {FORMER['tensorflow']}, ")
    assert f"| the project | keras | {former} | {KERAS} |" in text
    assert f"| keras-{KERAS}-jax | keras | {former} | {KERAS} |" in text
    assert "1 of 2 recordings print something else." in text
    assert "### one: b\n\n```diff\n--- before\n+++ after\n@@ -1,2 +1,2 @@\n b\n-1\n+2\n```" in text
    assert (
        f"### keras-{KERAS} after keras-{former}: 1 of 2 cases of versions.json answered otherwise"
        f"\n\n| case | was | became |\n| --- | --- | --- |\n| case | {case} |" in text
    )
    assert f"- keras-{KERAS} after keras-{former}: 1 of selection.json" in text
    assert "- `docs/pitfalls/page.md`: one: b (line 3); case (line 7)" in text
    assert '- `docs/history.md`: timeline("keras") (line 1); case (line 3)' in text
    assert "To mend" not in text
    assert not (project / bump.STATE).exists()
    assert edits.pins((project / edits.PYPROJECT).read_text(encoding="utf-8")) == NEWER_KERAS
    assert not (project / "snippets/versions/pins/jax.txt").exists()  # the sweep pins it anew


def test_a_bump_that_changes_nothing_printed_says_so(world, project):
    world.found = NEWER_BOTH
    world.released.append(KERAS)
    bump.bump(project)
    text = told(project)
    assert "Nothing printed differently: 2 recordings." in text
    assert "Nothing answered differently:" in text
    assert "answered otherwise" not in text
    assert "No page shows a cell or a case that changed." in text
    assert f"- keras-{FORMER['keras']}, run again: 2 of versions.json" in text
    base = f"tensorflow-{FORMER['tensorflow']}"
    pins = [
        project / f"snippets/versions/pins/{one}.txt" for one in (base, base[: base.rindex(".")])
    ]
    assert [one.read_text(encoding="utf-8") for one in pins if one.is_file()] == ["numpy==1.0\n"]


def test_the_base_of_an_earlier_patch_release_keeps_its_name(world, project):
    minor = FORMER["tensorflow"].rpartition(".")[0]
    path = project / edits.ENVIRONMENTS
    earlier = (
        f'[base."tensorflow-{minor}"]\npython = "3.13"\npackages = ["tensorflow=={minor}"]\n\n'
    )
    path.write_text(ENVIRONMENTS.replace("[base.jax]", f"{earlier}[base.jax]"), encoding="utf-8")
    world.found = NEWER_TENSORFLOW
    plan.carry_out(plan.work_out(project), project)
    bases = tomllib.loads(path.read_text(encoding="utf-8"))["base"]
    assert bases[f"tensorflow-{minor}"]["packages"] == [f"tensorflow=={minor}"]
    assert bases[f"tensorflow-{FORMER['tensorflow']}"]["packages"] == list(PACKAGES)


def test_a_late_patch_of_an_older_keras_is_declared_and_run(world, project):
    world.released.append("3.3.4")
    bump.bump(project)
    assert "keras-3.3.4" in environments.load(project / edits.ENVIRONMENTS)
    assert "Nothing printed differently" in told(project)


@pytest.mark.parametrize("where", ["make", "generator", "generator.versions"])
def test_an_interrupted_bump_goes_on_and_reports_from_the_start(world, project, capsys, where):
    world.found = NEWER_KERAS
    world.released.append(KERAS)
    world.printed, world.value = "2", 0.25
    world.failing = {where: KeyboardInterrupt()}
    with pytest.raises(KeyboardInterrupt):
        bump.bump(project)
    assert not (project / bump.REPORT).exists()
    world.failing = {}
    bump.bump(project)
    said = capsys.readouterr().err
    assert "An earlier bump was not done: going on." in said
    assert "Nothing is newer" not in said
    assert "-1\n+2\n" in told(project)
    assert "1 of 2 cases of versions.json answered otherwise" in told(project)
    bump.bump(project)
    assert "Nothing is newer" in capsys.readouterr().err


@pytest.mark.parametrize("found", [NEWER_KERAS, NEWER_BOTH, NEWER_TENSORFLOW])
def test_an_interruption_between_two_files_is_made_good(world, project, tmp_path, found):
    """Whatever has been written already, planning again leads to the same files."""
    world.found = found
    world.released.append(KERAS)
    whole = plan.work_out(project)
    assert list(whole.texts)[-1] == project / edits.PYPROJECT
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    plan.carry_out(whole, project)
    for count in range(len(whole.texts)):
        part = tmp_path / f"part-{count}"
        shutil.copytree(copy, part)
        first = {part / path.relative_to(project): text for path, text in whole.texts.items()}
        some = dict(list(first.items())[:count])
        lock = (copy / "requirements.txt").read_text(encoding="utf-8")
        plan.carry_out(plan.Plan(found, some, lock), part)
        again = plan.work_out(part)
        assert again.texts
        plan.carry_out(again, part)
        assert files(part) == files(project)


def test_what_goes_wrong_is_in_the_report_and_the_bump_is_not_done(world, project, capsys):
    world.found = NEWER_KERAS
    world.released.append(KERAS)
    world.failing = {"generator": "snippets/one.py:4: cell 'b' raised KeyError\n"}
    sweep = world.sweep

    def failing():
        sweep()
        for path in report.RECORDS:
            record = results.read(project / path)
            record.environments[f"keras-{KERAS}-torch"] = {"key": "0", "failed": "no torch"}
            record.save()

    world.sweep = failing
    first, second, third = bump.bump(project)
    assert first.said == "snippets/one.py:4: cell 'b' raised KeyError\n"
    assert second.said == "one\ntwo"
    assert third.said == f"keras-{KERAS}-torch: no torch"
    text = told(project)
    assert "## To mend: snippets\n\n```text\nsnippets/one.py:4: cell 'b' raised KeyError" in text
    assert f"keras-{KERAS}-torch after" not in text
    assert (project / bump.STATE).is_dir()

    world.failing, world.sweep = {}, sweep
    assert bump.bump(project) == []
    assert "To mend" not in told(project)
    assert not (project / bump.STATE).exists()
    assert "going on" in capsys.readouterr().err


def test_a_lock_that_cannot_be_made_changes_nothing(world, project):
    world.failing = {"--upgrade-package": "No solution found"}
    before = files(project)
    with pytest.raises(ProblemError, match="No solution found"):
        bump.bump(project)
    assert files(project) == before


def test_links_that_could_not_be_raised_are_listed(world, project):
    link = "[`x`](https://github.com/keras-team/keras/blob/v0.1/keras/src/no_such.py#L1)"
    write_file(project / "docs" / "metrics" / "page.md", link)
    world.found = NEWER_KERAS
    world.released.append(KERAS)
    assert bump.bump(project) == []
    assert f"- docs/metrics/page.md: {link}" in told(project)
