"""What people type: the commands that the pages print are found."""

import json
import re

import pytest

from generator.common import DOCS, ProblemError, output_of, read
from generator.sweep import cases, command, environments
from generator.sweep.sweep import Summary


def test_the_commands_on_pages_find_their_environments_and_cases():
    text = "".join(map(read, (DOCS / "versions").glob("*.md")))
    printed = re.findall(r"`make versions ENV=(\S+) CASE='?([^'`]+)'?`", text)
    assert printed
    for env, case in printed:
        work = command.chosen(env, case, stale=False)
        assert [one.id for one, _ in work] == env.split(",")
        asked = output_of("make", "--dry-run", "versions", f"ENV={env}", f"CASE={case}")
        assert f"--env '{env}' --case '{case}'" in asked


def test_a_cell_of_the_product_is_found_where_it_was_run():
    newest = environments.newest().id
    cell = next(iter(cases.product(newest)))
    assert [list(wanted) for _, wanted in command.chosen(newest, cell, stale=False)] == [[cell]]
    with pytest.raises(ProblemError, match=r"no case fits 'no'; they are in snippets"):
        command.chosen(newest, "no", stale=False)


def test_environments_that_are_compared_show_where_they_differ():
    same, other = {"value": 1.0}, {"value": 0.5}
    one = Summary("one", {"a": same, "b": same, "c": same})
    two = Summary("two", {"a": same, "b": other})
    assert command.compared([one, two]) == ["b", "  one: 1", "  two: 0.5"]


def test_the_workflow_gets_each_environment_and_a_container_for_the_oldest_pythons(capsys):
    command.matrix()
    listed = {one["id"]: one["container"] for one in json.loads(capsys.readouterr().out)}
    assert list(listed) == [name for name, one in environments.load().items() if not one.card]
    assert (listed["keras-2.0.4"], listed[environments.newest().id]) == ("python:3.6", "")
