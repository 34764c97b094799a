"""The programs that a bump runs."""

import sys

import pytest

from generator.bump import commands
from generator.errors import ProblemError


def test_a_program_is_given_its_input_and_its_last_words_are_told(tmp_path, monkeypatch):
    monkeypatch.setenv("MAKEFLAGS", "-j8")
    program = "import os, sys; print(sys.stdin.read(), os.environ.get('MAKEFLAGS'))"
    assert commands.ask([sys.executable, "-c", program], tmp_path, "in") == "in None\n"
    with pytest.raises(ProblemError, match=r"failed:\nat …$"):
        commands.ask([sys.executable, "-c", "exit('at https://example.org/x')"], tmp_path)
    with pytest.raises(ProblemError, match="no-such-program"):
        commands.run(["no-such-program"], tmp_path)
