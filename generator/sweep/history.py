"""How releases follow each other, what each changed, and what never did: Markdown for pages."""

import itertools
from collections.abc import Callable, Collection
from typing import Protocol

from generator.common import ProblemError, once, shown
from generator.sweep import answers, cases, environments, results
from generator.sweep.environments import BACKEND, BACKENDS, Environment, numbers


class Place(Protocol):
    """Where a call stands on its page, and how recorded text gets there.

    The functions take a mark and text as it is, and return a token for the Markdown. A table begins
    with its head; a row that begins with nothing goes on under the one above.
    """

    alone: bool  # the call has a line to itself
    table: Callable[[str, list[list[str]]], str]
    bars: Callable[[str, list[list[str]]], str]
    text: Callable[..., str]  # within a line; with a tag, `span` or `code`


@once
def lines() -> dict[str, list[Environment]]:
    """Return lineage -> its environments in order, and after them those of what continues it."""
    declared = environments.load().values()
    return answers.alike({one: one.continues or one.lineage for one in declared})


def ranges(members: Collection[str]) -> str:
    """Return the names of some environments, as ranges within their lineages."""
    found = []
    for line in lines().values():
        for inside, run in itertools.groupby(line, key=lambda one: one.id in members):
            first, *rest = run
            name = first.label
            if first.lineage == BACKEND:
                name = ", ".join([name, *(BACKENDS[one.backend] for one in rest)])
            elif rest:
                same = rest[-1].lineage == first.lineage
                name += f" to {rest[-1].release if same else rest[-1].label}"
            found += [name] if inside else []
    return "; ".join(found)


@once
def _steps(lineage: str) -> dict[str, tuple[Environment, bool]]:
    """Return each that ran -> the one that ran before, and whether no release lies between."""
    if lineage not in lines() or lineage == BACKEND:
        raise ProblemError(f"no lineage {lineage!r} of releases in {shown(environments.DECLARED)}")
    line, found = lines()[lineage], {}
    for before, after in itertools.pairwise(one for one in line if one.id in results.ran()):
        first = after.complete_from
        all_known = first and numbers(before.release) >= numbers(first)
        found[after.id] = before, bool(all_known) and line.index(after) == line.index(before) + 1
    return found


def since(name: str, lineage: str) -> str:
    """Return when the answer to a case changed in a lineage; a ProblemError says that it never did."""
    said, found = answers.to(name), []
    for one, (before, exact) in _steps(lineage).items():
        if said[before.id] != said[one]:
            after = environments.load()[one].label
            found.append(f"in {after}" if exact else f"between {before.label} and {after}")
    if not found:
        raise ProblemError(f"the answer to {name!r} never changed in {lineage!r}")
    return ", and ".join(found)


def eras(place: Place, name: str, *lineages: str) -> str:
    """Draw when the answer to a case changed: in each lineage a bar for those that answer alike."""
    rows = [["Releases", "place among the releases of that line", "to", "computed"]]
    for lineage in lineages:
        ran, at = [one.id for one in lines()[lineage] if one.id in results.ran()], 0
        for said, run in itertools.groupby(ran, key=answers.to(name).__getitem__):
            here = [*run]
            rows.append([ranges(here), str(at), str(at := at + len(here)), said])
    return f"{place.bars(f'versions:{name}', rows)}\n\n{answers.again(names=[name])}"


def timeline(place: Place, lineage: str, release: str = "") -> str:
    """Return what changed with each release of a lineage that begins like `release`, newest first.

    Each has a heading, so links to it stay; a ProblemError says that there is no such lineage.
    """
    steps, entries = _steps(lineage), []
    for one in lines()[lineage]:
        if one.release.startswith(release):
            head = f'### {one.label} {{ #{one.id} data-recorded="versions:{one.id}" }}'
            entries.append(f"{head}\n\n{_entry(place, one, steps.get(one.id))}")
    return "\n\n".join(reversed(entries))


def _entry(place: Place, after: Environment, step: tuple[Environment, bool] | None) -> str:
    mark, everything = f"versions:{after.id}", answers.everything()
    if after.id not in results.ran():
        made = results.read(results.VERSIONS).environments.get(after.id, {})
        return f"Not run: {place.text(mark, made.get('failed', answers.NOT_RUN))}"
    if step is None:
        return "The first release here."
    before, exact = step
    marked, command = f'{{: data-recorded="{mark}" }}', answers.again((before.id, after.id))
    changes = {name: (said[before.id], said[after.id]) for name, said in everything.items()}
    changes = {name: (was, became) for name, (was, became) in changes.items() if was != became}
    if not changes:
        return f"All cases as in {before.label}.\n{marked}\n\n{command}"
    # What arrives with a name says little; that the name arrives is a case of its own.
    listed = {name: change for name, change in changes.items() if change[0] != answers.NO_NAME}
    said = f"{len(listed)} of {len(cases.load())} cases changed since {before.label}."
    if not exact:
        said += " Releases between the two were not run."
    rows = [["; ".join(map(_titled, who)), *said] for said, who in answers.alike(listed).items()]
    table = [place.table(mark, [["Case", before.label, after.label], *rows])] if rows else []
    return "\n\n".join([f"{said}\n{marked}", *table, command])


def _titled(name: str) -> str:
    return f"{cases.load()[name]['title']} ({name})"


def unchanged(place: Place) -> str:
    """Return the cases that every environment answers alike, and how to ask the first again."""
    rows = [[_titled(name), *answers.distinct(name)] for name in answers.unchanged()]
    table = place.table("versions:unchanged", [["Case", "Everywhere"], *rows])
    return f"{table}\n\n{answers.again(names=answers.unchanged()[:1])}"


def differences(place: Place, *who: str) -> str:
    """Return the cases that some environments, or the newest of some lineages, answer differently.

    Those that differ alike share a row, the largest first; a backend without training or TensorFlow
    differs not by that, nor what has not run a case. A ProblemError says that there is no such lineage.
    """
    named = environments.load()
    # A pattern stands for an id with the release that the lock names.
    ids = [environments.fitting(name)[-1].id if "*" in name else name for name in who]
    line = [named.get(name) or environments.newest(name) for name in ids if name != BACKEND]
    line += lines()[BACKEND] if BACKEND in who else []
    on = " on TensorFlow" if BACKEND in who else ""
    rows = [["Case", *(one.label + on * (one.lineage != BACKEND) for one in line)]]
    apart = {answers.NO_TRAINING, answers.NO_TENSORFLOW, answers.NOT_RUN}
    every = {k: tuple(said[one.id] for one in line) for k, said in answers.everything().items()}
    for row, names in sorted(answers.alike(every).items(), key=lambda one: -len(one[1])):
        # That a name arrives is a case of its own.
        if len({*row} - apart) > 1 and row[0] != answers.NO_NAME:
            rows.append(["; ".join(map(_titled, names)), *row])
    table = place.table(f"versions:differences:{','.join(who)}", rows)
    return f"{table}\n\n{answers.again([one.id for one in line])}"
