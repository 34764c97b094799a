"""What docs/data/bugs.json tells is so: by the record of the sweep, and by a run of each script."""

import pytest

from generator.common import DATA, DOCS, read, read_json
from generator.execute import server
from generator.sweep import answers
from generator.sweep.history import ranges

BUGS = read_json(DATA / "bugs.json")
HERE = {bug["id"]: bug for bug in BUGS if "tensorflow" in bug["backends"]}


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug["id"])
def test_a_bug_is_on_its_page_and_in_the_releases_of_the_record(bug):
    assert f"{{ #{bug['id']} }}" in read(DOCS / "versions" / "bugs.md")
    assert bug["releases"] == ranges(answers.giving(bug["case"], bug["answer"]))


def test_each_script_prints_what_keras_computes_and_nobody_expects(snippet_of):
    cells = {name: "# %% bug\n" + "\n".join(bug["script"]) for name, bug in HERE.items()}
    printed = {}
    for snippet, run in server.run_all([snippet_of(one, name=it) for it, one in cells.items()]):
        cell = run.cells[0]
        printed[snippet.name] = cell.error[0] if cell.error else cell.stdout.strip()
    assert printed == {name: bug["computed"] for name, bug in HERE.items()}
    assert all(bug["computed"] != bug["expected"] for bug in BUGS)
