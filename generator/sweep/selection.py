"""The selection table: what `'accuracy'` becomes for each shape of labels with each of output."""

import html

from generator.sweep import environments, results
from generator.sweep.answers import alike
from generator.sweep.cases import axes, pairs
from generator.sweep.history import Place, ranges
from generator.sweep.results import Outcome

Choices = dict[tuple[str, ...], str]
"""Labels, output and loss, or only labels and output -> the metric, where a release got so far."""


def outcome(environment: str, *cell: str) -> Outcome:
    """Return what an environment answered to a cell of the grid; nothing where it has not run it."""
    name = " | ".join(cell if len(cell) == 4 else (*cell, axes()["spellings"][0]))
    reduced, product = (results.read(one).found for one in (results.SELECTION, results.PRODUCT))
    return reduced.get(name, product.get(name, {})).get(environment, {})


def _together(choices: dict[str, Choices]) -> list[tuple[list[str], Choices]]:
    """Return names with what they choose, put together where nothing that is known differs."""
    found: list[tuple[list[str], Choices]] = []
    for name, chosen in choices.items():
        for names, known in found:
            if all(known.get(where, metric) == metric for where, metric in chosen.items()):
                names.append(name)
                known.update(chosen)
                break
        else:
            found.append(([name], dict(chosen)))
    return found


def groups() -> list[tuple[list[str], Choices]]:
    """Return the releases that choose alike, and what they choose."""
    cells = [(*pair, loss) for pair in pairs() for loss in axes()["losses"]]
    ran = results.read(results.SELECTION).environments
    chosen = {one: {cell: outcome(one, *cell).get("metric") for cell in cells} for one in ran}
    return _together({one: {k: str(v) for k, v in it.items() if v} for one, it in chosen.items()})


def _rows(members: list[str], chosen: Choices) -> list[list[str]]:
    losses = {loss: loss.removesuffix("_crossentropy") for loss in axes()["losses"]}
    by_loss: dict[str, Choices] = {loss: {} for loss in losses}
    for (labels, output, loss), metric in chosen.items():
        by_loss[loss][labels, output] = metric
    columns = _together(by_loss)
    newest = environments.newest().id
    shown = newest if newest in members else members[-1]
    heads = [f"With {', '.join(losses[one] for one in names)}" for names, _ in columns]
    if len(columns) == 1:
        heads = ["With any loss"]
    rows = [["Labels", "Output", *heads, f"A number, in {environments.load()[shown].label}, with"]]
    for pair in pairs():
        names = [known.get(pair, "not known") for _, known in columns]
        numbers = []
        for loss, short in losses.items():
            fit = [one for one in members if "error" not in (outcome(one, *pair, loss) or "error")]
            if fit:  # in brackets where only other releases give one
                numbers.append(short if shown in fit else f"({short})")
        rows.append([*map(_shape, pair), *names, ", ".join(numbers) or "none"])
    return rows


def _shape(sizes: str) -> str:
    return f"({sizes.replace(',', ',\N{NO-BREAK SPACE}')})" if "," in sizes else f"({sizes},)"


def whole(place: Place) -> str:
    """Return the selection table of each group, that of the newest Keras first and open."""
    newest, parts = environments.newest().id, list[str]()
    for members, chosen in sorted(groups(), key=lambda group: newest not in group[0]):
        opened = "" if parts else " open"
        table = place.table(f"versions:selection:{members[-1]}", _rows(members, chosen))
        mark, names = 'data-recorded="versions:selection"', html.escape(ranges(members))
        summary = f"<summary {mark}>{names}</summary>"
        parts.append(f'<details class="info"{opened}>{summary}{table}</details>')
    return "\n".join(parts)


def spelled(environment: str, spelling: str, loss: str) -> str:
    """Return what a spelling becomes on a release: the same as the first one, or which names."""
    found = [outcome(environment, *pair, loss, spelling) for pair in pairs()]
    first = [outcome(environment, *pair, loss) for pair in pairs()]
    if all(map(results.same, found, first)):
        return f"as {axes()['spellings'][0]}"
    return ", ".join(sorted({str(one.get("metric") or one.get("error")) for one in found}))


def spellings(place: Place, lineage: str = "") -> str:
    """Return what the other spellings become by release; or by loss, on the newest of a lineage."""
    others = axes()["spellings"][1:]

    def said(environment: str, loss: str) -> tuple[str, ...]:
        return tuple(spelled(environment, one, loss) for one in others)

    if lineage:
        newest = environments.newest(lineage).id
        rows = [[loss, *said(newest, loss)] for loss in axes()["losses"]]
    else:
        ran = results.read(results.SELECTION).environments
        by_answer = alike({one: said(one, axes()["one_loss"]) for one in ran})
        rows = [[ranges(who), *what] for what, who in by_answer.items()]
    heads = ["Loss" if lineage else "Releases", *map("'{}'".format, others)]
    return place.table("versions:selection:spellings", [heads, *rows])
