"""Releases that a bump starts from, of the real files, and newer ones that are made up."""

import tomllib

from generator.bump import edits
from generator.paths import ROOT
from generator.versions.environments import numbers

# Of the real files, so the tests hold after a bump, too.
PYPROJECT = (ROOT / edits.PYPROJECT).read_text(encoding="utf-8")
ENVIRONMENTS = (ROOT / edits.ENVIRONMENTS).read_text(encoding="utf-8")
DECLARED = tomllib.loads(ENVIRONMENTS)
FORMER = edits.pins(PYPROJECT)
PROJECT = [one["release"] for one in DECLARED["environment"]["keras"] if one["base"] == "project"]
RELEASES = [one["release"] for one in DECLARED["environment"]["keras"] if one["release"][0] == "3"]


def following(release):
    """Return the next minor release."""
    major, minor, _ = numbers(release)
    return f"{major}.{minor + 1}.0"


KERAS, TENSORFLOW = following(FORMER["keras"]), following(FORMER["tensorflow"])
NEWER_KERAS = FORMER | {"keras": KERAS}
NEWER_BOTH = {"keras": KERAS, "tensorflow": TENSORFLOW, "tf-keras": TENSORFLOW}
NEWER_TENSORFLOW = NEWER_BOTH | {"keras": FORMER["keras"]}
NEW_BASE = "tensorflow-former"
PACKAGES = (f"tensorflow=={FORMER['tensorflow']}", f"keras=={FORMER['keras']}")
