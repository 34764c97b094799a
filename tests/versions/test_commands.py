"""What people type: the commands that the pages print are found."""

import re

import pytest

from generator.errors import ProblemError
from generator.paths import DOCS
from generator.versions import __main__ as command
from generator.versions import environments, grid, sweep
from generator.versions.__main__ import chosen

COMMAND = re.compile(r"`make versions ENV=(\S+) CASE='?([^'`]+)'?`")
PRINTED = [
    match.groups()
    for path in sorted((DOCS / "versions").glob("*.md"))
    for match in COMMAND.finditer(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("env", "case"), PRINTED)
def test_a_command_on_a_page_finds_its_environments_and_cases(env, case):
    work = chosen(env, case, stale=False)
    assert [one.id for one, _ in work] == env.split(",")
    assert all(wanted for _, wanted in work)


def test_pages_print_commands():
    assert PRINTED


def test_a_cell_of_the_product_is_found_where_it_was_run():
    newest = environments.newest().id
    cell = next(iter(grid.product(newest)))
    assert [list(wanted) for _, wanted in chosen(newest, cell, stale=False)] == [[cell]]
    with pytest.raises(
        ProblemError, match=r"no case fits 'no-such'; they are in .*selection\.json"
    ):
        chosen(newest, "no-such", stale=False)


def test_environments_that_are_compared_show_where_they_differ(capsys):
    same, other = {"value": 1.0}, {"value": 0.5}
    done = [
        sweep.Summary("keras-2.0.4", {"a": same, "b": same, "c": same}),
        sweep.Summary("keras-2.3.1", {"a": same, "b": other}),
    ]
    command.compare(done)
    assert capsys.readouterr().err == "b\n  keras-2.0.4: 1\n  keras-2.3.1: 0.5\n"
