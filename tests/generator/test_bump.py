"""The bump: what it raises, what it writes, what it reports. uv and Keras are played by a test."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from generator import recordings
from generator.bump import __main__ as bump
from generator.bump import commands, edits, links, newest, plan, report
from generator.bump.edits import Raise
from generator.child import CellRun, Run
from generator.errors import ProblemError
from generator.files import write as write_file
from generator.paths import ROOT
from generator.versions import environments, results
from generator.versions.environments import numbers

# Of the real files, so these tests hold after a bump, too.
PYPROJECT = (ROOT / edits.PYPROJECT).read_text(encoding="utf-8")
ENVIRONMENTS = (ROOT / edits.ENVIRONMENTS).read_text(encoding="utf-8")
DECLARED = tomllib.loads(ENVIRONMENTS)
FORMER = edits.pins(PYPROJECT)
PROJECT = [one["release"] for one in DECLARED["environment"]["keras"] if one["base"] == "project"]
RELEASES = [one["release"] for one in DECLARED["environment"]["keras"] if one["release"][0] == "3"]


def following(release):
    """Return the next minor release."""
    major, minor, _ = numbers(release)
    return f"{major}.{minor + 1}.0"


KERAS, TENSORFLOW = following(FORMER["keras"]), following(FORMER["tensorflow"])
NEWER_KERAS = FORMER | {"keras": KERAS}
NEWER_BOTH = {"keras": KERAS, "tensorflow": TENSORFLOW, "tf-keras": TENSORFLOW}
NEWER_TENSORFLOW = NEWER_BOTH | {"keras": FORMER["keras"]}
NEW_BASE = "tensorflow-former"
PACKAGES = (f"tensorflow=={FORMER['tensorflow']}", f"keras=={FORMER['keras']}")


def to_new_base(found, undeclared):
    return Raise(found, undeclared, NEW_BASE, PACKAGES, "3.13")


def lines_changed(before, after):
    """Return the lines that went and the lines that came, without what only moved."""
    old, new = before.split("\n"), after.split("\n")
    return [one for one in old if one not in new], [one for one in new if one not in old]


# What is edited


def test_pins_are_raised_and_nothing_else():
    made = edits.pyproject(PYPROJECT, NEWER_BOTH)
    assert edits.pins(made) == NEWER_BOTH
    gone, come = lines_changed(PYPROJECT, made)
    assert len(gone) == len(come) == 3
    assert edits.pyproject(made, FORMER) == PYPROJECT


def test_a_comment_behind_a_pin_stays_in_its_column():
    text = '  "keras==3.9.0",     # one\n  "tensorflow==2.9.0", # two\n  "tf-keras==2.9.0",\n'
    found = {"keras": "3.10.0", "tensorflow": "2.10.0", "tf-keras": "2.10.0"}
    made = edits.pyproject(text, found)
    assert made.splitlines()[0] == '  "keras==3.10.0",    # one'
    assert made.splitlines()[1] == '  "tensorflow==2.10.0",  # two'
    assert made.splitlines()[2] == '  "tf-keras==2.10.0",'


def test_bounds_take_the_place_of_pins_for_the_question():
    made = edits.loosened(PYPROJECT)
    for name, release in FORMER.items():
        assert f'"{name}>={release}"' in made
    assert len(lines_changed(PYPROJECT, made)[0]) == 3


def test_a_pin_that_is_not_there_is_named():
    with pytest.raises(ProblemError, match=r'pyproject.toml: no line `"tf-keras==…",`'):
        edits.pins(PYPROJECT.replace("tf-keras==", "tf-keras>="))


def test_a_newer_keras_takes_the_place_of_the_former_which_lies_over_the_project():
    made = edits.environments(ENVIRONMENTS, Raise(NEWER_KERAS, [KERAS]))
    keras = tomllib.loads(made)["environment"]["keras"]
    assert keras[-2:] == [
        {"release": FORMER["keras"], "base": "project", "over": "keras"},
        {"release": KERAS, "base": "project"},
    ]
    gone, come = lines_changed(ENVIRONMENTS, made)
    # The former newest, two bases, three backends; the newest comes in addition.
    assert (len(gone), len(come)) == (6, 7)


def test_the_bases_of_other_backends_get_the_newest_keras_and_no_other_base_does():
    made = tomllib.loads(edits.environments(ENVIRONMENTS, Raise(NEWER_KERAS, [KERAS])))["base"]
    with_newest = {
        name for name, one in made.items() if f"keras=={KERAS}" in one.get("packages", [])
    }
    assert with_newest == {"jax", "torch"}
    assert {name for name, one in made.items() if one != DECLARED["base"][name]} == with_newest


def test_a_newer_tensorflow_leaves_the_former_releases_a_base_of_the_former_one():
    made = edits.environments(ENVIRONMENTS, to_new_base(NEWER_BOTH, [KERAS]))
    data = tomllib.loads(made)
    keras = data["environment"]["keras"]
    assert keras[-1] == {"release": KERAS, "base": "project"}
    moved = [one for one in keras if one["base"] == NEW_BASE]
    assert [one["release"] for one in moved] == PROJECT
    assert {one["over"] for one in moved} == {"keras"}
    assert data["base"][NEW_BASE] == {"python": "3.13", "packages": list(PACKAGES)}
    bases = [name for name in data["base"] if name.startswith("tensorflow-")]
    assert bases[-1] == NEW_BASE
    for lineage in ("tf-keras", "loop"):
        assert data["environment"][lineage] == [{"release": TENSORFLOW, "base": "project"}]


def test_a_newer_tensorflow_alone_keeps_the_newest_keras_in_the_project():
    made = edits.environments(ENVIRONMENTS, to_new_base(NEWER_TENSORFLOW, []))
    keras = tomllib.loads(made)["environment"]["keras"]
    assert keras[-1] == {"release": FORMER["keras"], "base": "project"}
    assert [one["release"] for one in keras if one["base"] == NEW_BASE] == PROJECT[:-1]


def test_releases_in_between_and_late_patches_get_their_place_and_the_base_before_it():
    major, minor, patch = numbers(FORMER["keras"])
    between = f"{major}.{minor}.{patch + 1}"
    oldest = next(one for one in DECLARED["environment"]["keras"] if one["release"] == "3.3.3")
    late = "3.3.4"
    made = edits.environments(ENVIRONMENTS, to_new_base(NEWER_BOTH, [late, between, KERAS]))
    keras = {one["release"]: one for one in tomllib.loads(made)["environment"]["keras"]}
    order = list(keras)
    assert order[order.index("3.3.3") + 1] == late
    assert keras[late] == oldest | {"release": late}
    assert order[-3:] == [FORMER["keras"], between, KERAS]
    assert keras[between] == {"release": between, "base": NEW_BASE, "over": "keras"}


def test_editing_twice_changes_nothing_more():
    for wanted in (Raise(NEWER_KERAS, [KERAS]), to_new_base(NEWER_BOTH, [KERAS])):
        once = edits.environments(ENVIRONMENTS, wanted)
        assert edits.environments(once, Raise(wanted.newest, [])) == once
    assert edits.environments(ENVIRONMENTS, Raise(FORMER, [])) == ENVIRONMENTS


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("keras = [", "keras=[", r"environments.toml: no line `keras = \["),
        ('  { release = "3.0.1", ', '  { release="3.0.1", ', r"environments.toml:\d+: not `\{ rel"),
        (f'"scipy", "keras=={FORMER["keras"]}"', '"scipy"', r"toml:\d+: not one \"keras=="),
        ("[base.jax]", "[base.jaxed]", r"no line `\[base.jax\]`"),
        ('release = "3.0.1"', 'release = "3.9.9"', "raise it by hand"),
    ],
)
def test_a_line_that_is_not_as_expected_is_named(old, new, said):
    assert old in ENVIRONMENTS, "the test has to follow the file"
    text = ENVIRONMENTS.replace(old, new, 1)
    with pytest.raises(ProblemError, match=said):
        edits.environments(text, Raise(NEWER_KERAS, [KERAS]))


def test_the_grid_names_the_newest_releases():
    text = (ROOT / edits.GRID).read_text(encoding="utf-8")
    made = edits.grid(text, NEWER_BOTH)
    assert tomllib.loads(made)["full"] == [f"keras-{KERAS}", f"loop-{TENSORFLOW}"]
    assert len(lines_changed(text, made)[0]) == 1
    with pytest.raises(ProblemError, match=r"grid.toml: no line `full = \["):
        edits.grid("", NEWER_BOTH)


def test_links_follow_their_line_to_the_newest_release():
    link = "[`{}`](https://github.com/keras-team/keras/blob/v{}/keras/src/a.py#L{})"
    page = "\n".join(link.format(one, "1.0", 2) for one in ("stays", "moved", "twice", "gone"))
    source = ["", "stays", "twice", "  moved", "twice"]
    made = links.raised(page, {"keras": "1.1"}, lambda *_: source)
    assert made.split("\n") == [
        link.format("stays", "1.1", 2),
        link.format("moved", "1.1", 4),
        link.format("twice", "1.0", 2),
        link.format("gone", "1.0", 2),
    ]
    assert links.raised(page, {"keras": "1.0"}, lambda *_: []) == page


def test_links_of_the_pages_are_those_of_the_installed_source():
    """So that following them is no guess: nothing is raised to the release that is named already."""
    for page in sorted((ROOT / "docs" / "metrics").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        older = text.replace(f"/blob/v{FORMER['keras']}/", "/blob/v0.0.0/")
        assert links.raised(older, FORMER) == text


# What is asked


def test_the_lock_is_made_as_make_lock_makes_it():
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", "")
    makes = re.search(r"^LOCK := \$\(UV\) (.+)$", text, re.MULTILINE)[1].split()
    ours = [*newest.COMPILE, *newest.LOCKED, "--generate-hashes", *newest.GROUPS]
    assert sorted(makes) == sorted([*ours, "--output-file", "requirements.txt"])


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        ("keras==3.0.0\ntensorflow==2.0.0\n", "no release of tf-keras"),
        ("keras==3.0.0rc1\n", "3.0.0rc1 of keras; one final"),
        ("keras==3.0.0 ; a\nkeras==3.1.0 ; b\n", "3.0.0 and 3.1.0 of keras"),
    ],
)
def test_only_one_final_release_of_each_will_do(lock, said):
    with pytest.raises(ProblemError, match=said):
        newest.pinned(lock)


def test_the_real_lock_holds_the_pins():
    assert newest.pinned((ROOT / "requirements.txt").read_text(encoding="utf-8")) == FORMER


def test_a_program_is_given_its_input_and_its_last_words_are_told(tmp_path, monkeypatch):
    monkeypatch.setenv("MAKEFLAGS", "-j8")
    program = "import os, sys; print(sys.stdin.read(), os.environ.get('MAKEFLAGS'))"
    assert commands.ask([sys.executable, "-c", program], tmp_path, "in") == "in None\n"
    with pytest.raises(ProblemError, match=r"failed:\nat …$"):
        commands.ask([sys.executable, "-c", "exit('at https://example.org/x')"], tmp_path)
    with pytest.raises(ProblemError, match="no-such-program"):
        commands.run(["no-such-program"], tmp_path)


# All of it, on a small project


class World:
    """Plays uv, make and Keras: what there is to be had, and what it prints."""

    def __init__(self, root, write):
        self.root = root
        self.write = write
        self.found = dict(FORMER)
        self.released = list(RELEASES)
        self.printed = "1"
        self.value = 0.5
        self.commands = []
        self.failing = {}
        self.record()
        self.sweep()

    def run(self, command, folder, given=None, *, live=False):
        self.commands.append(command)
        name = next(
            one
            for one in ("--upgrade-package", "--no-deps", "--constraint", "make", "generator",
                        "generator.versions")
            if one in command
        )  # fmt: skip
        answer = {
            "--upgrade-package": self.lock,
            "--no-deps": self.newest,
            "--constraint": lambda *_: "numpy==1.0\n",
            "generator": lambda *_: self.record(),
            "generator.versions": lambda *_: self.sweep(),
        }.get(name, lambda *_: "")
        assert live == (name == "generator.versions")
        failure = self.failing.get(name, "")
        if isinstance(failure, BaseException):
            raise failure
        said = "" if failure else answer(folder, given) or ""
        return subprocess.CompletedProcess(command, int(bool(failure)), said, failure)

    def lock(self, folder, _):
        asked = (folder / "pyproject.toml").read_text(encoding="utf-8")
        assert '"keras>=' in asked
        text = (folder / "requirements.txt").read_text(encoding="utf-8")
        for name, release in self.found.items():
            text = re.sub(rf"^{name}==[^ ]+", f"{name}=={release}", text, flags=re.MULTILINE)
        (folder / "requirements.txt").write_text(text, encoding="utf-8")

    def newest(self, _, given):
        since, until = re.match(r"keras>=([\d.]+),<=([\d.]+)", given).groups()
        excluded = re.findall(r"!=([\d.]+)", given)
        fitting = [
            one
            for one in self.released
            if numbers(since) <= numbers(one) <= numbers(until) and one not in excluded
        ]
        return f"keras=={max(fitting, key=numbers)}\n"

    def record(self):
        """Record two snippets, of which one prints what Keras prints now."""
        versions = {"keras": self.found["keras"], "numpy": "2"}
        for name, printed in (("one", self.printed), ("two", "always")):
            snippet = self.write("# %% a\nprint(0)", "# %% b\nprint(1)", name=name)
            runs = [CellRun("a", stdout="a\n"), CellRun("b", stdout=f"b\n{printed}\n")]
            recordings.save(snippet, Run(runs, versions), self.root / report.NOTEBOOKS)

    def sweep(self):
        """Record a case that the project's releases answer as Keras does now, and one of the grid."""
        declared = environments.load(self.root / edits.ENVIRONMENTS)
        lock = (self.root / "requirements.txt").read_text(encoding="utf-8")
        for path, names in zip(
            report.RECORDS, (("case", "other"), ("N | N",), ("N | N,1",)), strict=True
        ):
            record = results.read(self.root / path)
            for name, one in declared.items():
                newest_ones = one.base.name in {"project", "jax", "torch"} and not one.over
                key = str(hash((name, one.base.name, newest_ones and lock)))
                if record.environments.get(name, {}).get("key") == key:
                    continue
                versions = {"keras": one.release, "numpy": "2"}
                record.environments[name] = {"key": key, **versions}
                for case in names:
                    value = self.value if newest_ones and case == "case" else 0.5
                    record.found.setdefault(case, {})[name] = {"value": value, "metric": "m"}
            record.keys = dict.fromkeys(record.found, "0" * 12)
            record.forget(list(declared), set(record.found))
            record.save()


@pytest.fixture
def project(tmp_path):
    """Copy the real files that a bump edits, and write one page."""
    root = tmp_path / "project"
    for name in (edits.PYPROJECT, "requirements.txt", ".python-version", edits.ENVIRONMENTS,
                 edits.GRID):  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "snippets/versions/pins", root / "snippets/versions/pins")
    page = (
        'Prose.\n\nSee {{ output("one", "b") }} and {{ code("one", "b") }}\n\n'
        '{{ table("two", "b") }}\n\n{{ versions("other", "case") }}\n\n{{ pitfalls() }}\n'
    )
    write_file(root / "docs" / "pitfalls" / "page.md", page)
    write_file(root / "docs" / "history.md", '{{ timeline("keras") }}\n\n{{ answers("c*") }}\n')
    return root


@pytest.fixture
def world(project, write, monkeypatch):
    made = World(project, write)
    monkeypatch.setattr(commands, "run", made.run)
    return made


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


def test_outcomes_that_read_alike_are_told_by_what_differs():
    one, other = ({"error": "ValueError", "message": message} for message in "ab")
    assert report.change("case", one, other) == report.Change(
        "case", '{"message": "a"}', '{"message": "b"}', shown=False
    )
    assert report.change("case", None, other).was == "not run"
    answered = report.Answers("r", "x", "y", 2, [report.change("case", one, other)])
    said = "\n".join(report._answered([answered]))
    assert "### y after x: 1 of 2 cases of r answered otherwise" in said
    assert "The last 1 only in what no page shows" in said


def test_bars_in_the_names_of_cases_do_not_end_a_column():
    assert report.rows(["case"], [["N | K"]])[-2] == r"| N \| K |"


def test_links_that_could_not_be_raised_are_listed(world, project):
    link = "[`x`](https://github.com/keras-team/keras/blob/v0.1/keras/src/no_such.py#L1)"
    write_file(project / "docs" / "metrics" / "page.md", link)
    world.found = NEWER_KERAS
    world.released.append(KERAS)
    assert bump.bump(project) == []
    assert f"- docs/metrics/page.md: {link}" in told(project)
