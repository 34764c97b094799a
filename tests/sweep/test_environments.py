"""The environments that are declared, and what decides what they compute."""

import dataclasses
import itertools
import re

import pytest

from generator.common import LOCK, ProblemError, read
from generator.sweep import environments, installing, results

DECLARED = environments.load()
NEWEST = environments.newest()


def test_keras_3_is_declared_without_a_gap():
    """Releases are numbered without gaps, so a missing one shows between its neighbours."""
    releases = [one.release for one in DECLARED.values() if one.lineage == "keras"]
    numbers = [environments.numbers(one) for one in releases if one[0] == "3"]
    assert numbers[0] == (3, 0, 0)
    for (_, minor, patch), following in itertools.pairwise(numbers):
        assert following in {(3, minor, patch + 1), (3, minor + 1, 0)}


@pytest.mark.parametrize("lineage", ["keras", "tf-keras", "loop"])
def test_the_newest_is_what_the_lock_names_and_written_nowhere_else(lineage):
    one = environments.newest(lineage)
    assert f"\n{one.module.replace('_', '-')}=={one.release} " in read(LOCK)
    assert (one.base, one.over) == (environments.PROJECT, "")
    assert f'"{one.release}"' not in read(environments.DECLARED)


def test_each_backend_runs_the_newest_keras():
    for one in DECLARED.values():
        if one.lineage == environments.BACKEND:
            assert environments.pinned(one.pins, "keras") == {"keras": NEWEST.release}


def test_every_declared_environment_has_answered_every_case():
    # One with a card waits for whoever has it.
    waiting = {name: len(results.stale(one)) for name, one in DECLARED.items() if not one.card}
    assert not {name: count for name, count in waiting.items() if count}, "make versions"


@pytest.mark.parametrize(
    ("name", "was", "stale"),
    [
        (NEWEST.id, "mkdocs==", False),  # it only builds the site
        (NEWEST.id, "numpy==", True),
        (NEWEST.id, "keras==", True),
        ("keras-3.14.1", "keras==", False),  # it brings its own
        (environments.newest("tf-keras").id, "keras==", False),
        ("keras-2.0.4", "tensorflow==", True),
    ],
)
def test_a_package_makes_results_stale_only_where_it_decides_them(name, was, stale, tmp_path):
    one, pins = DECLARED[name], tmp_path / "pins.txt"
    text = re.sub(rf"^{was}", f"{was}9", read(one.pins), flags=re.MULTILINE)
    assert text != read(one.pins)
    pins.write_text(text, encoding="utf-8")
    assert (dataclasses.replace(one, pins=pins).declared() != one.declared()) == stale


def test_every_package_of_a_base_is_pinned_and_no_address_is_named():
    for pins in {one.pins for one in DECLARED.values()} - {LOCK}:
        for line in read(pins).splitlines():
            assert re.match(r"[\w.\[\]-]+==[\w.+!-]+( ; .*)?$", line), pins


def test_keras_gets_no_settings_of_who_runs_it(monkeypatch, tmp_path):
    for name in ("KERAS_HOME", "KERAS_BACKEND", "PYTHONPATH"):
        monkeypatch.setenv(name, "mine")
    for name in (NEWEST.id, "keras-3.14.1", f"{NEWEST.id}-torch"):
        kept = DECLARED[name].variables(tmp_path)
        assert kept["KERAS_HOME"] == kept["HOME"] == str(tmp_path)
        assert kept["KERAS_BACKEND"] == DECLARED[name].backend
        assert kept.get("PYTHONPATH") != "mine"


def test_a_card_is_asked_only_by_name_and_where_it_is():
    assert [one for one in DECLARED.values() if not one.card] == environments.fitting("")
    card = environments.fitting("*-h100")[0]
    with pytest.raises(ProblemError):
        installing.install(dataclasses.replace(card, card="no such card"))
