"""The question for the newest releases, and the answers that will do."""

import re

import pytest

from generator.bump import newest
from generator.errors import ProblemError
from generator.paths import ROOT
from tests.bump.releases import (
    FORMER,
)


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
