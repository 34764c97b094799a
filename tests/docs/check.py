"""Every rule that a page has to keep: `make check` says at once all that pages break.

A problem names the file, the line, the rule and the remedy.
"""

import ast
import builtins
import contextlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mkdocs.utils import meta

from generator.common import DOCS, ProblemError, read, shown
from generator.record import recordings, running
from generator.render import pages, verbs
from generator.render.sheet import CALL, Call, Sheet, calls
from generator.sweep import answers

SECTIONS = {
    "pitfalls": {
        "in-short": "In short",
        "do-this-instead": "Do this instead",
        "see-it": "See it",
        "what-keras-computes": "Why",
        "by-version": "By version",
        "asked-before": "Asked before",
    },
    "metrics": {
        "in-short": "In short",
        "signature": "Use it",
        "pitfalls": "Pitfalls",
        "what-keras-computes": "The formula",
        "shapes": "Shapes and dtypes",
        "edge-values": "Edge values",
        "bad-input": "Bad input",
        "spellings": "Function, class, string",
        "by-version": "By version",
        "asked-before": "Asked before",
        "source": "Source",
    },
}
OPTIONAL = {"by-version", "asked-before"}
SHOW = {
    "pitfalls": ("do-this-instead", "see-it", "what-keras-computes"),
    "metrics": ("signature", "what-keras-computes"),
}
# Words: of prose to the end of "Do this instead", of prose, and with what is shown unfolded.
LINE = 45  # of In short
LONGEST = {"answer": 220, "prose": 700, "whole": 1100}
DATE = re.compile(
    r"(?i)\b(since|until|up to|before|between|older|changed)\b|\bKeras 3\b|\breleases\("
)
HEADING = re.compile(r"(#+) (.+?)(?: \{ #([\w-]+) \})?")
# Names that hold a number, and say nothing that a run could have printed.
NAMES = re.compile(r"\b(Keras [23]|TensorFlow [12]|Python 3|CC BY 4\.0|SHA-256)\b")
NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d.,]*%?(?!\w)")
# A constant is short. A long decimal in code style is a result that somebody typed.
RESULT = re.compile(r"\d\.\d{3,}")
EVERYWHERE = re.compile(
    r"\b(in|on|for|by) (all|every|each|any) (releases?|versions?|backends?)\b"
    r"|\bthe same (in|on) (all|every|each)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\{\{ (releases|sweep)\(")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
OWN_MARKUP = re.compile(r"```|^(    |\t)\S|<pre|<script|data-recorded|data-quoted")
THREAD = re.compile(r"- \[.+\]\(https://[^)]+\) \S.+")
KERAS_LINE = re.compile(r"github\.com/keras-team/(tf-)?keras/blob/")


@dataclass(frozen=True)
class Problem:
    """A rule that a page breaks."""

    path: Path
    line: int
    rule: str
    remedy: str

    def __str__(self) -> str:
        """Return all of it in one line."""
        return f"{shown(self.path)}:{self.line}: {self.rule.rstrip('.')}. {self.remedy}".strip()


@dataclass(frozen=True)
class Draft:
    """A page as it is written."""

    path: Path

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """Its lines below the front matter and without comments, numbered as in the file."""
        lines = COMMENT.sub(lambda one: "\n" * one[0].count("\n"), read(self.path)).split("\n")
        start = lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0
        return list(enumerate(lines[start:], start + 1))

    @property
    def kind(self) -> str:
        """The folder that says which template it is on; none for pages of their own kind."""
        folder = self.path.parent.name
        return folder if folder in SECTIONS and self.path.name != "index.md" else ""

    @cached_property
    def headings(self) -> list[tuple[int, str, str, str]]:
        """Line, level, text and id of each heading."""
        found = ((number, HEADING.fullmatch(line)) for number, line in self.lines)
        return [(number, match[1], match[2], match[3] or "") for number, match in found if match]

    def section(self, name: str) -> list[tuple[int, str]]:
        """Return the lines of a section of the template."""
        inside, found = False, []
        for number, line in self.lines:
            heading = HEADING.fullmatch(line)
            if heading and heading[1] == "##":
                inside = heading[3] == name
            elif inside and line.strip():
                found.append((number, line))
        return found


def readable(line: str) -> list[Call]:
    """Return the calls of a line; none where one is broken, which is told by itself."""
    try:
        return list(calls(line))
    except ProblemError:
        return []


def runs(line: str) -> Iterator[tuple[recordings.Output, str, str, str]]:
    """Yield each run and output of a line: what is recorded, its snippet, cell and part.

    Of a cell that is not there, which is told by itself, nothing is recorded.
    """
    for call in readable(line):
        if call.verb in {"run", "output"}:
            name, cell, part = (*call.arguments, "", "", "")[:3]
            recorded = recordings.Output("")
            with contextlib.suppress(ProblemError):
                recorded = recordings.load(name).cell(cell)
            yield recorded, name, cell, part if call.verb == "run" else "output"


Found = Iterator[tuple[int, str, str]]


def front_matter(draft: Draft) -> Found:
    if not draft.kind:
        return
    try:
        pages.read(draft.path)
    except ProblemError as error:
        for said in str(error).splitlines():
            yield 1, said.partition(": ")[2], "See docs/data/pitfalls.schema.json"


def calls_are_answered(draft: Draft) -> Found:
    sheet = Sheet(draft.path)
    for number, line in draft.lines:
        try:
            for call in calls(line):
                verbs.answer(call, sheet)
        except ProblemError as error:
            if not str(error).startswith("docs/pitfalls/"):  # that page says so itself
                yield number, str(error), "The verbs are listed in generator/render/verbs.py"


def sections(draft: Draft) -> Found:
    if not draft.kind:
        return
    wanted = SECTIONS[draft.kind]
    found = {name: (number, text) for number, level, text, name in draft.headings if level == "##"}
    order = " · ".join(wanted.values())
    for name, text in wanted.items():
        if name not in found.keys() | OPTIONAL:
            yield 1, f"no section {text!r}", f"Put in `## {text} {{ #{name} }}`: {order}"
    for name, (number, text) in found.items():
        if name not in wanted:
            yield number, f"{text!r} is no section of this template", "Make it `###`, or delete it"
        elif text != wanted[name]:
            yield number, f"the section is called {wanted[name]!r}", "Take that name"
    if [name for name in found if name in wanted] != [name for name in wanted if name in found]:
        yield 1, "sections are not in the order of the template", order


def headings_have_ids(draft: Draft) -> Found:
    seen = Counter(name for *_, name in draft.headings)
    text = "\n".join(line for _, line in draft.lines)
    for number, level, words_, name in draft.headings:
        if not name:
            yield number, "a heading without an id", f"Write `{level} {words_} {{ #some-id }}`"
        elif seen[name] > 1:
            yield number, f"the id {name!r} is given {seen[name]} times", "Give each its own"
    for name in meta.get_data(read(draft.path))[1].get("answers") or []:
        if (given := f"{{ #{name} }}") not in text:
            yield 1, f"no section answers {name!r}", f"Give a heading or a link the id: {given}"


def in_short(draft: Draft) -> Found:
    begin = [f"- **{word}:**" for word in ("Computed", "Misleading", "Instead")]
    lines = [*draft.section("in-short"), *[(1, "")] * 3]
    for begins, (number, line) in zip(begin if draft.kind else (), lines, strict=False):
        if not line.startswith(begins):
            yield number, "In short is not its three lines", f"Begin this one `{begins}`"
        if draft.kind == "pitfalls" and (count := words(line)) > LINE:
            yield number, f"{count} words in a line, of at most {LINE}", "Say the answer only"


def words(text: str) -> int:
    """Count words as a reader does: not marks, and an id or an address is none."""
    text = re.sub(r"\{:? ?[#.][^}]*\}|\]\([^)]*\)", " ", CALL.sub("0", text))
    return len(re.findall(r"\w\S*", text))


def is_short(draft: Draft) -> Found:
    counts, part = Counter(), ""
    for _, line in draft.lines if draft.kind == "pitfalls" else ():
        heading = HEADING.fullmatch(line)
        part = heading[2] if heading and heading[1] == "##" else part
        if CALL.fullmatch(line.strip()):
            for recorded, _, _, only in runs(line):
                counts["whole"] += words(recorded.source) if only != "output" else 0
                counts["whole"] += words(recorded.text) if only != "code" else 0
            continue
        counts["whole"] += words(line)
        if not line.startswith("|"):
            counts["prose"] += words(line)
            counts["answer"] += words(line) if part in {"In short", "Do this instead"} else 0
    for name, count in counts.items():
        if count > LONGEST[name]:
            remedy = "Fold it, or move it to the recorded run, the metric's page or one of its own"
            yield 1, f"{count} words ({name}), of at most {LONGEST[name]}", remedy


def rules_are_dated(draft: Draft) -> Found:
    """What was once otherwise says when: by its words, and by rows that name each release once."""
    given, at = defaultdict(Counter), {}  # of each case: release -> its rows; the first of them
    for number, line in draft.lines:
        for call in readable(line) if line.startswith("|") else ():
            if call.verb == "releases" and "answer" in call.options:
                with contextlib.suppress(ProblemError):  # told by itself
                    case = call.arguments[0]
                    row = answers.giving(case, call.options["answer"])
                    given[case].update(row)
                    at.setdefault(case, number)
    for case, rows in given.items():
        for who, said in answers.to(case).items():
            if said != answers.NOT_RUN and rows[who] != 1:
                what = f"{who} ({said}) stands in {rows[who]} rows of {case!r}"
                yield at[case], what, "Let each answer to the case be in one row"
                break
    for number, line in draft.section("in-short")[:1] if given else ():
        if not DATE.search(line):
            yield number, "a rule without its date", "Say since when, as the rows below say"


def sections_show_runs(draft: Draft) -> Found:
    for name in SHOW.get(draft.kind, ()):
        lines = [*draft.section(name), (1, "")]
        shown_here = [run for _, line in lines for run in runs(line)]
        for part in ("code", "output"):
            if not {"", part} & {run[-1] for run in shown_here}:
                yield lines[0][0], f"#{name} shows no {part}", 'Put in {{ run("snippet", "cell") }}'
        code = [recorded.source for recorded, *_, part in shown_here if part != "output"]
        asserted = any("assert " in one and "np." in one for one in code)
        if name == "what-keras-computes" and all(code) and not asserted:
            remedy = "Show a cell that computes it with np and asserts that it is Keras' number"
            yield lines[0][0], "the number is not recomputed with a visible assert", remedy


def what_code_needs_is_declared(draft: Draft) -> Found:
    """What a reader copies runs; `make verify` copies it, this only looks at names."""
    for number, line in draft.lines:
        for recorded, name, cell, part in runs(line):
            before = [recordings.load(name).cells[one].source for one in recorded.after]
            code = "\n".join([*before, recorded.source] if part != "output" else [])
            nodes = list(ast.walk(ast.parse(code)))
            names = [node for node in nodes if isinstance(node, ast.Name)]
            bound = {getattr(one, kind, "") for one in nodes for kind in ("name", "asname", "arg")}
            bound |= {node.id for node in names if not isinstance(node.ctx, ast.Load)}
            for lacking in {node.id for node in names} - bound - set(dir(builtins)) - {"__file__"}:
                remedy = f'Write `# %% {cell} after="…"`, the cell that gives it'
                yield number, f"cell {cell!r} of snippets/{name}.py lacks {lacking!r}", remedy


def every_recording_is_shown(draft: Draft) -> Found:
    """A snippet that no page shows is one that nobody reads."""
    text = "".join(map(read, DOCS.rglob("*.md")))
    for name in recordings.names() if draft.kind else ():
        ours = f"{name}-".startswith(f"{draft.path.stem}-")
        if ours and f'("{name}", ' not in text:
            yield 1, f"snippets/{name}.py is not shown", "Show a cell of it, or delete it"


def asked_before(draft: Draft) -> Found:
    for number, line in draft.section("asked-before") if draft.kind else ():
        if not THREAD.fullmatch(line):
            yield (
                number,
                "not a thread",
                "Write `- [title](https://…) What was asked, in a sentence`",
            )


def numbers(draft: Draft) -> Found:
    """No number that a run did not print, nobody is quoted for, and is no constant."""
    for number, line in draft.lines:
        prose = CALL.sub("", line)
        prose = re.sub(r"\[.+?\]\(https?://[^)]*\)", "", prose)  # the title of a thread
        prose = re.sub(r"\]\([^)]*\)|\{:? ?[#.][^}]*\}|</?\w[^>]*>", " ", prose)
        typed = [one for code in re.findall(r"`[^`]*`", prose) for one in RESULT.findall(code)]
        typed += NUMBER.findall(NAMES.sub("", re.sub(r"`[^`]*`", "", prose)))
        for one in typed:
            remedy = 'Let a run say it, {{ output("snippet", "cell") }}, or quote it'
            if one.strip(".,") in {"0", "1"}:
                remedy = f"A label or a constant stands in code style: `{one.strip('.,')}`"
            yield number, f"the number {one} is typed", remedy


def claims_about_everything(draft: Draft) -> Found:
    """What is the same everywhere is a result; it comes from a verb that counts."""
    for place, (number, line) in enumerate(draft.lines):
        counted = any(COUNTED.search(text) for _, text in draft.lines[place : place + 3])
        if (said := EVERYWHERE.search(line)) and not counted:
            remedy = "Name what was run, or let {{ releases(…) }} or {{ sweep(…) }} say it"
            yield number, f"{said[0]!r} is a result that nothing printed", remedy


def nothing_of_its_own(draft: Draft) -> Found:
    for number, line in draft.lines:
        if found := OWN_MARKUP.search(line):
            yield number, f"{found[0].strip()!r} on a page", "Code and output come from a snippet"
        if KERAS_LINE.search(line):
            yield number, "a typed link to a line of Keras", 'Write {{ source("the line itself") }}'
    text = read(draft.path)
    for found in COMMENT.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, "a comment is left", "Follow and delete it"


# Every function above that finds problems.
RULES = [
    rule for rule in list(vars().values()) if Found in getattr(rule, "__annotations__", {}).values()
]


def problems(path: Path) -> list[Problem]:
    """Return all that a page breaks, in the order of its lines."""
    draft = Draft(path)
    found = [Problem(path, *one) for rule in RULES for one in rule(draft)]
    return sorted(found, key=lambda one: one.line)


if __name__ == "__main__":
    said = [str(one) for page in sorted(DOCS.rglob("*.md")) for one in problems(page)]
    said += [one for found in running.outdated().values() for one in found]
    sys.stdout.write("\n".join([*said, f"{len(said)} problems on pages\n"]))
    sys.exit(bool(said))
