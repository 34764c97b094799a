"""What docs/data/bugs.json tells is so: by the record of the sweep, and by a run of each script."""

import pytest

from generator.common import DATA, DOCS, output_of, read, read_json
from generator.sweep import answers, environments, installing
from generator.sweep.history import ranges

BUGS = read_json(DATA / "bugs.json")
# An error does not keep the next script from being run.
TRIED = "try:\n    exec({!r}, {{}})\nexcept Exception as error:\n    print(type(error).__name__)"
NEWEST = environments.newest()
OTHERS = [one for one in environments.load().values() if one.lineage == environments.BACKEND]
MARKED = [NEWEST, *(pytest.param(one, marks=pytest.mark.full) for one in OTHERS)]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug["id"])
def test_a_bug_is_on_its_page_and_in_the_releases_of_the_record(bug):
    assert f"{{ #{bug['id']} }}" in read(DOCS / "versions" / "bugs.md")
    assert bug["releases"] == ranges(answers.giving(bug["case"], bug["answer"]))


@pytest.mark.parametrize("one", MARKED, ids=lambda one: one.backend)
def test_each_script_prints_what_keras_computes_and_nobody_expects(one, tmp_path):
    installing.install(one)
    here = [bug for bug in BUGS if one.backend in bug["backends"]]
    program = "\n".join(TRIED.format("\n".join(bug["script"])) for bug in here)
    printed = output_of(one.interpreter, "-c", program, **one.variables(tmp_path))
    assert printed.split() == [bug["computed"] for bug in here]
    assert all(bug["computed"] != bug["expected"] for bug in BUGS)
