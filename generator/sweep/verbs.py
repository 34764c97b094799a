"""What pages call: `releases`, what releases answer to cases, and `sweep`, a view of all of it."""

from collections.abc import Callable

from generator.common import ProblemError, shown
from generator.sweep import answers, cases, history, results, selection
from generator.sweep.history import Place, ranges

WITHIN = "a table stands alone on its line"


def releases(*names: str, by: str = "", place: Place, **fact: str) -> str:
    """Return what releases answer to some cases, as a table, or a fact about one within a sentence.

    A table has a row by release or by answer. A fact is one of: `answer`, a pattern, for the releases
    that answer so; `since`, a lineage, for when the answer changed in it; `error`, an environment, for
    its message. A ProblemError says that there is no such case or answer, or that none has run it.
    """
    if not names or (len(names) > 1 and fact):
        raise ProblemError(f"names {len(names) or 'no'} cases of {shown(cases.CASES)}")
    mark = f"versions:{','.join(names)}"
    for kind, wanted in fact.items():
        if kind not in FACTS:
            raise ProblemError(f"no fact {kind!r}; there are: {', '.join(FACTS)}")
        said = FACTS[kind](names[0], wanted)
        return place.text(mark, said, "code" if kind == "error" else "span")
    if by not in TABLES:
        raise ProblemError(f"a row is by release or answer, not by {by!r}")
    if not place.alone:
        raise ProblemError(WITHIN)
    command = answers.again(answers.witnesses(names), names)
    return f"{place.table(mark, TABLES[by](*names))}\n\n{command}"


def sweep(view: str, *arguments: str, place: Place) -> str:
    """Return a view of the whole sweep, or a figure of it; a ProblemError says which there are."""
    if view in FIGURES:
        return place.text(f"versions:{view.partition(' ')[0]}", str(FIGURES[view]()))
    if view not in VIEWS:
        raise ProblemError(f"no view {view!r}; there are: {', '.join([*VIEWS, *FIGURES])}")
    if not place.alone:
        raise ProblemError(WITHIN)
    return VIEWS[view](place, *arguments)


def _by_release(*names: str) -> list[list[str]]:
    said = {one: tuple(answers.to(name)[one] for name in names) for one in answers.to(names[0])}
    by_answers = answers.alike(said)
    last = sorted(by_answers, key=lambda row: set(row) == {answers.NOT_RUN})  # stable
    heads = ["Releases", *(cases.load()[name]["title"] for name in names)]
    return [heads, *([ranges(by_answers[row]), *row] for row in last)]


def _by_answer(*patterns: str) -> list[list[str]]:
    """Return a row for each answer to each case, the most common one last."""
    table = [["Case", "Answer", "Releases"]]
    for name in answers.fitting(patterns):
        by_answer = answers.alike(answers.to(name))
        most = max(reversed(by_answer), key=lambda answer: len(by_answer[answer]))
        rest = [(answer, ranges(who)) for answer, who in by_answer.items() if answer != most]
        rows = [*rest, (most, "all others" if rest else "all")]
        table += [["", *row] for row in rows]
        table[-len(rows)][0] = cases.load()[name]["title"]
    return table


FACTS: dict[str, Callable[[str, str], str]] = {
    "answer": lambda name, wanted: ranges(answers.giving(name, wanted)),
    "since": history.since,
    "error": answers.message,
}
TABLES: dict[str, Callable[..., list[list[str]]]] = {"": _by_release, "answer": _by_answer}
VIEWS: dict[str, Callable[..., str]] = {
    "timeline": history.timeline,
    "eras": history.eras,
    "unchanged": history.unchanged,
    "differences": history.differences,
    "selection": selection.whole,
    "spellings": selection.spellings,
}
FIGURES = {"cases": lambda: len(answers.everything()), "environments": lambda: len(results.ran())}
VERBS: dict[str, Callable[..., str]] = {"releases": releases, "sweep": sweep}
