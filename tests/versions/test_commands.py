"""What people type: the commands that the pages print are found."""

import re

import pytest

from generator.paths import DOCS
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
