"""What a measurement says: a line of the table, with its goal where it has one."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    seconds: float | None = None
    """Median wall time."""
    value: float | None = None
    """A ratio, or what `unit` says."""
    unit: str = "times"
    goal: str = ""
    met: bool | None = None
    """None where there is no goal."""
    of: str = ""
    """Which of several, where the same is measured of each."""


def at_least(what: str, value: float, goal: float) -> Row:
    """Return a line that is met from the goal upwards."""
    return Row(what, value=value, goal=f"at least {goal:g}", met=value >= goal)


def at_most(what: str, value: float, goal: float) -> Row:
    """Return a line that is met from the goal downwards."""
    return Row(what, value=value, goal=f"at most {goal:g}", met=value <= goal)


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median over rounds of ours by theirs; the two were measured in turns."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def floor(import_seconds: float, body_seconds: Sequence[float], cores: int) -> float:
    """Return the least wall time in seconds: one import, then bodies packed without a gap."""
    return import_seconds + sum(body_seconds) / cores
