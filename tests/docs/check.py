"""Every rule that a page has to keep: `make check` says at once all that pages break.

A problem names the file, the line, the rule and the remedy.
"""

import ast
import builtins
import contextlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

from mkdocs.utils import meta

from generator.common import DOCS, ProblemError, read, shown
from generator.record import recordings
from generator.render import pages, verbs
from generator.render.sheet import CALL, Call, Sheet, calls, every_call
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

    def runs(self, lines: list[tuple[int, str]]) -> list[tuple[str, str, str]]:
        """Return snippet, cell and part of each run and output that some lines show."""
        found = []
        for match in (one for _, line in lines for one in CALL.finditer(line)):
            if match[1] in {"run", "output"}:
                (call,) = calls(match[0])
                name, cell, *part = call.arguments
                found.append((name, cell, *part, "output" if match[1] == "output" else "")[:3])
        return found


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
    wanted = SECTIONS.get(draft.kind, {})
    found = [(number, name, text) for number, level, text, name in draft.headings if level == "##"]
    names = [name for _, name, _ in found]
    before = ""
    for name, text in wanted.items():
        if name not in names and name not in OPTIONAL:
            where = f"after {before!r}" if before else "first"
            yield 1, f"no section {text!r}", f"Put `## {text} {{ #{name} }}` {where}"
        before = text
    order = [name for name in names if name in wanted]
    for number, name, text in found if wanted else ():
        if name not in wanted:
            yield number, f"{text!r} is no section of this template", "Make it `###`, or delete it"
        elif text != wanted[name]:
            yield number, f"the section is called {wanted[name]!r}", "Take that name"
    if order != [name for name in wanted if name in order]:
        yield 1, "sections are not in the order of the template", " · ".join(wanted.values())


def headings_have_ids(draft: Draft) -> Found:
    seen = Counter(name for *_, name in draft.headings)
    text = "\n".join(line for _, line in draft.lines)
    for number, level, text_, name in draft.headings:
        if not name:
            yield number, "a heading without an id", f"Write `{level} {text_} {{ #some-id }}`"
        elif name != name.lower():
            yield number, f"{name} is the template's word", "Take a class from `answers`"
        elif seen[name] > 1:
            yield number, f"the id {name!r} is given {seen[name]} times", "Give each its own"
    front = meta.get_data(read(draft.path))[1]
    for name in front.get("answers") or []:
        if f"{{ #{name} }}" not in text:
            yield (
                1,
                f"no section answers {name!r}",
                f"Give a heading or a link the id: {{ #{name} }}",
            )


def in_short(draft: Draft) -> Found:
    lines = draft.section("in-short")[:3]
    wanted = ["- **Computed:**", "- **Misleading:**", "- **Instead:**"] if draft.kind else []
    for found, begins in zip_longest(lines, wanted):
        number, line = found or (1, "")
        if draft.kind and not (begins and line.startswith(begins)):
            remedy = f"Begin them {', '.join(f'`{one}`' for one in wanted)}"
            yield number, "In short is not its three lines", remedy
            return


def words(text: str) -> int:
    """Count words as a reader does: not marks, and an id or an address is none."""
    text = re.sub(r"\{:? ?[#.][^}]*\}|\]\([^)]*\)", " ", CALL.sub("0", text))
    return len(re.findall(r"\w\S*", text))


def is_short(draft: Draft) -> Found:
    if draft.kind != "pitfalls":
        return
    before = {"Do this instead", "In short"}
    counts, part = dict.fromkeys(LONGEST, 0), ""
    for number, line in draft.lines:
        heading = HEADING.fullmatch(line)
        part = heading[2] if heading and heading[1] == "##" else part
        alone = bool(CALL.fullmatch(line.strip()))
        count = 0 if alone else words(line)
        in_table = line.startswith("|")
        counts["whole"] += count
        counts["prose"] += 0 if in_table else count
        counts["answer"] += count if part in before and not in_table else 0
        for name, cell, only in draft.runs([(number, line)] if alone else []):
            counts["whole"] += words(source(name, cell)) if only != "output" else 0
            counts["whole"] += words(printed(name, cell)) if only != "code" else 0
    for number, line in draft.section("in-short")[:3]:
        if (count := words(line)) > LINE:
            yield number, f"{count} words in a line, of at most {LINE}", "Say the answer only"
    for name, count in counts.items():
        if count > LONGEST[name]:
            remedy = (
                "Fold it, or move it to the recorded run, the metric's page or a page of its own"
            )
            yield 1, f"{count} words ({name}), of at most {LONGEST[name]}", remedy


def rules_are_dated(draft: Draft) -> Found:
    """What was once otherwise says when: by its words, and by rows that name each release once."""
    rows: dict[str, list[list[str]]] = {}
    first = 1
    for number, line in draft.lines:
        for call in safe_calls(line):
            if line.startswith("|") and call.verb == "releases" and "answer" in call.options:
                first = number if first == 1 else first
                with contextlib.suppress(ProblemError):  # told by itself
                    who = answers.giving(call.arguments[0], call.options["answer"])
                    rows.setdefault(call.arguments[0], []).append(who)
    for case, named in rows.items():
        said, given = answers.to(case), [who for row in named for who in row]
        for who in said:
            if said[who] != answers.NOT_RUN and given.count(who) != 1:
                what = f"{who} ({said[who]}) stands in {given.count(who)} rows of {case!r}"
                yield first, what, "Let each answer to the case be in one row"
                break
    computed = draft.section("in-short")[:1]
    if rows and computed and not DATE.search(computed[0][1]):
        yield computed[0][0], "a rule without its date", "Say since when, as the rows below say"


def safe_calls(line: str) -> list[Call]:
    """Return the calls of a line; none where one is broken, which is told by itself."""
    try:
        return list(calls(line))
    except ProblemError:
        return []


def sections_show_runs(draft: Draft) -> Found:
    for name in SHOW.get(draft.kind, ()):
        lines = draft.section(name)
        parts = {part for *_, part in draft.runs(lines)}
        number = lines[0][0] if lines else 1
        for part in ("code", "output"):
            if not parts & {"", part}:
                yield number, f"#{name} shows no {part}", 'Put in {{ run("snippet", "cell") }}'
        if name != "what-keras-computes":
            continue
        code = [source(*run[:2]) for run in draft.runs(lines) if run[2] in {"", "code"}]
        if all(code) and not any("assert " in one and "np." in one for one in code):
            remedy = "Show a cell that computes it with np and asserts that it is Keras' number"
            yield number, "the number is not recomputed with a visible assert", remedy


def source(name: str, cell: str) -> str:
    """Return the code of a cell; nothing where there is none, which is told by itself."""
    try:
        return recordings.load(name).cells[cell].source
    except (ProblemError, KeyError):
        return ""


def what_code_needs_is_declared(draft: Draft) -> Found:
    """What a reader copies runs; `make verify` copies it, this only looks at names."""
    for number, line in draft.lines:
        for name, cell, part in draft.runs([(number, line)]):
            code = "\n".join(source(name, one) for one in (*after(name, cell), cell))
            found = [node for node in ast.walk(ast.parse(code)) if part in {"", "code"}]
            bound = {getattr(node, "name", None) or getattr(node, "arg", None) for node in found}
            bound |= {one.asname or one.name for node in found for one in getattr(node, "names", [])
                      if isinstance(one, ast.alias)}  # fmt: skip
            names = [node for node in found if isinstance(node, ast.Name)]
            bound |= {node.id for node in names if not isinstance(node.ctx, ast.Load)}
            for lacking in {node.id for node in names} - bound - set(dir(builtins)) - {"__file__"}:
                remedy = f'Write `# %% {cell} after="…"`, the cell that gives it'
                yield number, f"cell {cell!r} of snippets/{name}.py lacks {lacking!r}", remedy


def printed(name: str, cell: str) -> str:
    """Return what a cell printed; nothing where there is none."""
    try:
        return recordings.load(name).cells[cell].text
    except (ProblemError, KeyError):
        return ""


def after(name: str, cell: str) -> tuple[str, ...]:
    """Return the cells that have to run before one; none where there is none."""
    try:
        return recordings.load(name).cells[cell].after
    except (ProblemError, KeyError):
        return ()


def every_recording_is_shown(draft: Draft) -> Found:
    """A snippet that no page shows is one that nobody reads."""
    if not draft.kind:
        return
    for name in set(recordings.names()) - {
        call.arguments[0] for *_, call in every_call() if call.arguments
    }:
        try:
            owned = pages.owner(name).path == draft.path
        except ProblemError as error:  # the page that it belongs to is told by itself
            owned = name == draft.path.stem and "named after" in str(error)
        if owned:
            yield 1, f"snippets/{name}.py is not shown", "Show a cell of it, or delete it"


def asked_before(draft: Draft) -> Found:
    for number, line in draft.section("asked-before") if draft.kind else ():
        if not THREAD.fullmatch(line):
            remedy = "Write `- [title](https://…) What was asked, in a sentence`"
            yield number, "not a thread", remedy
    for number, line in draft.lines:
        if KERAS_LINE.search(line):
            remedy = 'Write {{ source("the line itself") }}'
            yield number, "a typed link to a line of Keras", remedy


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
    for position, (number, line) in enumerate(draft.lines):
        below = next((text for _, text in draft.lines[position + 1 :] if text.strip()), "")
        counted = any(verb in line + below for verb in ("{{ releases(", "{{ sweep("))
        if (said := EVERYWHERE.search(line)) and not counted:
            remedy = "Name what was run, or let {{ releases(…) }} or {{ sweep(…) }} say it"
            yield number, f"{said[0]!r} is a result that nothing printed", remedy


def nothing_of_its_own(draft: Draft) -> Found:
    for number, line in draft.lines:
        if found := OWN_MARKUP.search(line):
            yield number, f"{found[0].strip()!r} on a page", "Code and output come from a snippet"
    text = read(draft.path)
    for found in COMMENT.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, "a comment is left", "Follow and delete it"


RULES = (front_matter, calls_are_answered, sections, headings_have_ids, in_short)
RULES += (
    is_short,
    rules_are_dated,
    sections_show_runs,
    what_code_needs_is_declared,
    every_recording_is_shown,
)
RULES += (asked_before, numbers)
RULES += (claims_about_everything, nothing_of_its_own)


def problems(path: Path) -> list[Problem]:
    """Return all that a page breaks, in the order of its lines."""
    draft = Draft(path)
    found = [Problem(path, *one) for rule in RULES for one in rule(draft)]
    return sorted(found, key=lambda one: one.line)


if __name__ == "__main__":
    said = [str(one) for page in sorted(DOCS.rglob("*.md")) for one in problems(page)]
    sys.stdout.write("\n".join([*said, f"{len(said)} problems on pages\n"]))
    sys.exit(bool(said))
