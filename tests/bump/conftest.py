"""A small project to bump. uv, make and Keras are played by `World`."""

import re
import shutil
import subprocess

import pytest

from generator import recordings
from generator.bump import commands, edits, report
from generator.child import CellRun, Run
from generator.files import write as write_file
from generator.paths import ROOT
from generator.versions import environments, results
from generator.versions.environments import numbers
from tests.bump.releases import (
    FORMER,
    RELEASES,
)


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
