"""The selection table: what `'accuracy'` becomes for each shape of labels with each of output."""

import html
from collections import defaultdict
from dataclasses import dataclass

from generator.versions import environments, results, tables
from generator.versions.axes import axes, cell_id, pairs
from generator.versions.environments import Environment
from generator.versions.results import Record


@dataclass
class Group:
    """Releases that choose alike, wherever what they chose is known."""

    members: list[str]
    chosen: dict[str, str]
    """Cell of the grid -> name of the metric; a cell in which no release got so far is left out."""


def agree(one: dict[str, str], other: dict[str, str]) -> bool:
    """Tell whether nothing is known to differ."""
    return all(other.get(key, value) == value for key, value in one.items())


def groups(record: Record) -> list[Group]:
    """Return the releases, put together where they choose alike."""
    cells = [
        cell_id(*pair, loss, axes()["spellings"][0])
        for pair in pairs()
        for loss in axes()["losses"]
    ]
    found: list[Group] = []
    for environment in record.environments:
        outcomes = {cell: record.found.get(cell, {}).get(environment, {}) for cell in cells}
        chosen = {cell: str(one["metric"]) for cell, one in outcomes.items() if one.get("metric")}
        for group in found:
            if agree(group.chosen, chosen):
                group.members.append(environment)
                group.chosen |= chosen
                break
        else:
            found.append(Group([environment], chosen))
    return found


def columns(group: Group) -> list[tuple[list[str], dict[str, str]]]:
    """Return the losses, put together where they lead to one choice, and pair -> what it is."""
    found: list[tuple[list[str], dict[str, str]]] = []
    for loss in axes()["losses"]:
        cells = {pair: cell_id(*pair, loss, axes()["spellings"][0]) for pair in pairs()}
        chosen = {
            " | ".join(pair): group.chosen[cell]
            for pair, cell in cells.items()
            if cell in group.chosen
        }
        for losses, known in found:
            if agree(known, chosen):
                losses.append(loss)
                known.update(chosen)
                break
        else:
            found.append(([loss], chosen))
    return found


def short(loss: str) -> str:
    """Name a loss in a table."""
    return loss.removesuffix("_crossentropy")


def shape(sizes: str) -> str:
    """Write a shape as NumPy does, on one line."""
    parts = sizes.split(",")
    return f"({parts[0]},)" if len(parts) == 1 else f"({',\N{NO-BREAK SPACE}'.join(parts)})"


def shown_for(group: Group) -> Environment:
    """Return the environment whose numbers a table shows: the newest Keras, or the last of all."""
    newest = environments.newest()
    return newest if newest.id in group.members else environments.load()[group.members[-1]]


def numbers(record: Record, group: Group, pair: tuple[str, str]) -> str:
    """Say with which losses a number comes out; in brackets where only other releases give one."""
    said = []
    for loss in axes()["losses"]:
        found = record.found.get(cell_id(*pair, loss, axes()["spellings"][0]), {})
        fit = {one for one in group.members if "error" not in found.get(one, {"error": ""})}
        if fit:
            said.append(short(loss) if shown_for(group).id in fit else f"({short(loss)})")
    return ", ".join(said) or "none"


def lines(record: Record, group: Group) -> list[list[str]]:
    """Return the rows of the table of one group, with its head."""
    made = columns(group)
    heads = [f"With {', '.join(map(short, losses))}" for losses, _ in made]
    if len(made) == 1:
        heads = ["With any loss"]
    heads.append(f"A number, in {tables.label(shown_for(group))}, with")
    return [["Labels", "Output", *heads]] + [
        [
            *map(shape, pair),
            *(chosen.get(" | ".join(pair), "not known") for _, chosen in made),
            numbers(record, group, pair),
        ]
        for pair in pairs()
    ]


def whole() -> str:
    """Return the selection table of each group, that of the newest Keras first and open."""
    record, newest = tables.record(results.SELECTION), environments.newest().id
    parts: list[str] = []
    for group in sorted(groups(record), key=lambda one: newest not in one.members):
        names = html.escape("; ".join(tables.ranges(set(group.members))))
        made = tables.table(f"selection:{group.members[-1]}", lines(record, group))
        opened = "" if parts else " open"
        parts.append(
            f'<details class="info"{opened}><summary data-recorded="versions:selection">{names}</summary>'
            f"{made}</details>"
        )
    return "\n".join(parts)


def spelled(record: Record, environment: str, spelling: str, loss: str) -> str:
    """Say what a spelling becomes on a release: the same as the first one, or which names."""
    first = axes()["spellings"][0]
    found = []
    for pair in pairs():
        one, other = (
            record.found.get(cell_id(*pair, loss, name), {}).get(environment, {})
            for name in (spelling, first)
        )
        found.append((str(one.get("metric") or one.get("error")), results.same(one, other)))
    if all(alike for _, alike in found):
        return f"as {first}"
    return ", ".join(sorted({name for name, _ in found}))


def spellings() -> str:
    """Return what the other spellings become with one loss, by release."""
    record, loss = tables.record(results.SELECTION), str(axes()["one_loss"])
    together: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for environment in record.environments:
        said = [spelled(record, environment, one, loss) for one in axes()["spellings"][1:]]
        together[tuple(said)].add(environment)
    return _spellings(
        "Releases",
        [["; ".join(tables.ranges(members)), *said] for said, members in together.items()],
    )


def spellings_by_loss(lineage: str) -> str:
    """Return what the other spellings become by loss, on the newest release of a lineage.

    Only of Keras and of the loop is the whole product run.
    """
    environment = environments.newest(lineage).id
    record = tables.record(results.SELECTION)
    whole_product = Record(record.path, found=record.found | tables.record(results.PRODUCT).found)
    return _spellings(
        "Loss",
        [
            [
                loss,
                *(
                    spelled(whole_product, environment, one, loss)
                    for one in axes()["spellings"][1:]
                ),
            ]
            for loss in axes()["losses"]
        ],
    )


def _spellings(head: str, made: list[list[str]]) -> str:
    heads = [head, *(f"'{one}'" for one in axes()["spellings"][1:])]
    return tables.table("selection:spellings", [heads, *made])
