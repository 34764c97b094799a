"""The files that a bump edits: what is raised, and that nothing else is."""

import tomllib

import pytest

from generator.bump import edits
from generator.bump.edits import Raise
from generator.errors import ProblemError
from generator.paths import ROOT
from generator.versions.environments import numbers
from tests.bump.releases import (
    DECLARED,
    ENVIRONMENTS,
    FORMER,
    KERAS,
    NEW_BASE,
    NEWER_BOTH,
    NEWER_KERAS,
    NEWER_TENSORFLOW,
    PACKAGES,
    PROJECT,
    PYPROJECT,
    TENSORFLOW,
)


def to_new_base(found, undeclared):
    return Raise(found, undeclared, NEW_BASE, PACKAGES, "3.13")


def lines_changed(before, after):
    """Return the lines that went and the lines that came, without what only moved."""
    old, new = before.split("\n"), after.split("\n")
    return [one for one in old if one not in new], [one for one in new if one not in old]


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
