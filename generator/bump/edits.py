"""The files in which a bump raises releases, edited line by line: comments and layout stay."""

import re
import tomllib
from dataclasses import dataclass
from itertools import pairwise

from generator.errors import ProblemError
from generator.versions.environments import BACKEND, PROJECT, numbers

NAMES = ("keras", "tensorflow", "tf-keras")
PYPROJECT = "pyproject.toml"
ENVIRONMENTS = "snippets/versions/environments.toml"
GRID = "snippets/versions/grid.toml"
ENTRY = re.compile(r'(  \{ release = ")([^"]+)(", base = ")([^"]+)(")([^}]*)( \},.*)')
OVER = ', over = "keras"'
FULL = re.compile(r'"(?:keras|loop)-[^"]+"')


def _pin(name: str) -> re.Pattern[str]:
    return re.compile(rf'(  "{name}==)([^"]+)(",)( *)(#.*)?')


def _pin_line(lines: list[str], name: str) -> tuple[int, re.Match[str]]:
    for position, line in enumerate(lines):
        if match := _pin(name).fullmatch(line):
            return position, match
    raise ProblemError(f'{PYPROJECT}: no line `"{name}==…",`')


def pins(text: str) -> dict[str, str]:
    """Return the pins of Keras and TensorFlow in pyproject.toml."""
    return {name: _pin_line(text.split("\n"), name)[1][2] for name in NAMES}


def loosened(text: str) -> str:
    """Return pyproject.toml with lower bounds in place of these pins."""
    lines = text.split("\n")
    for name in NAMES:
        position, _ = _pin_line(lines, name)
        lines[position] = lines[position].replace("==", ">=", 1)
    return "\n".join(lines)


def pyproject(text: str, newest: dict[str, str]) -> str:
    """Return pyproject.toml with raised pins; comments stay where they stand."""
    lines = text.split("\n")
    for name in NAMES:
        position, match = _pin_line(lines, name)
        before, _, after, blanks, comment = match.groups(default="")
        made = f"{before}{newest[name]}{after}"
        if comment:
            # In its column, where there is room for two blanks.
            made = made.ljust(match.end(4) - 2) + "  " + comment
        lines[position] = made + ("" if comment else blanks)
    return "\n".join(lines)


@dataclass(frozen=True)
class Raise:
    """What environments.toml is to become."""

    newest: dict[str, str]
    undeclared: list[str]
    """Releases of Keras that are to be added, oldest first."""
    base: str = PROJECT
    """Where goes what lay over the project's environment: nowhere, or to a base of its own."""
    packages: tuple[str, ...] = ()
    """What that base holds."""
    python: str = ""


def environments(text: str, wanted: Raise) -> str:
    """Return environments.toml with the newest releases.

    Raises:
        ProblemError: a line is not as it has to be, or what comes out is not what it should be.

    """
    lines = text.split("\n")
    _raise_keras(lines, wanted)
    for lineage in ("tf-keras", "loop"):
        for position, match in _entries(lines, lineage):
            lines[position] = _with(match, release=wanted.newest["tf-keras"])
    _raise_backends(lines, wanted.newest["keras"])
    if any(match[4] == wanted.base for _, match in _entries(lines, "keras")):
        _add_base(lines, wanted)
    made = "\n".join(lines)
    _check(made, text, wanted)
    return made


def _block(lines: list[str], head: str, end: str) -> range:
    """Return the numbers of the lines between a head and what ends it."""
    if head not in lines:
        raise ProblemError(f"{ENVIRONMENTS}: no line `{head}`")
    start = lines.index(head) + 1
    for position in range(start, len(lines)):
        if lines[position].startswith(end):
            return range(start, position)
    raise ProblemError(f"{ENVIRONMENTS}:{start}: no line that ends `{head}`")


def _entries(lines: list[str], lineage: str) -> list[tuple[int, re.Match[str]]]:
    """Return the entries of a lineage, with the numbers of their lines."""
    found = []
    for position in _block(lines, f"{lineage} = [", "]"):
        line = lines[position]
        if match := ENTRY.fullmatch(line):
            found.append((position, match))
        elif line.strip() and not line.lstrip().startswith("#"):
            raise ProblemError(
                f'{ENVIRONMENTS}:{position + 1}: not `{{ release = "…", base = "…" }},`: {line}'
            )
    if not found:
        raise ProblemError(f"{ENVIRONMENTS}: no entry below `{lineage} = [`")
    return found


def _with(match: re.Match[str], *, release: str = "", base: str = "", over: bool = False) -> str:
    parts = list(match.groups())
    parts[1] = release or parts[1]
    parts[3] = base or parts[3]
    if over and "over = " not in parts[5]:
        parts[5] += OVER
    return "".join(parts)


def _raise_keras(lines: list[str], wanted: Raise) -> None:
    """Let the newest Keras be the project's, and let what was before it lie over a base."""
    newest = wanted.newest["keras"]
    for position, match in _entries(lines, "keras"):
        if match[4] == PROJECT and match[2] != newest:
            lines[position] = _with(match, base=wanted.base, over=True)
    for release in wanted.undeclared:
        entries = _entries(lines, "keras")
        older = [one for one in entries if numbers(one[1][2]) < numbers(release)]
        if not older:
            raise ProblemError(f"{ENVIRONMENTS}: no release of Keras before {release}")
        position, match = older[-1]
        base, over = (PROJECT, "") if release == newest else (match[4], OVER)
        lines.insert(position + 1, f'  {{ release = "{release}", base = "{base}"{over} }},')


def _raise_backends(lines: list[str], newest: str) -> None:
    """Let the other backends run the newest Keras."""
    entries = _entries(lines, BACKEND)
    former = entries[0][1][2]
    for position, match in entries:
        lines[position] = _with(match, release=newest)
    for base in sorted({match[4] for _, match in entries}):
        head = next((line for line in lines if _is_head(line, base)), f"[base.{base}]")
        pin = f'"keras=={former}"'
        found = [one for one in _block(lines, head, "[") if pin in lines[one]]
        if len(found) != 1:
            raise ProblemError(f"{ENVIRONMENTS}:{lines.index(head) + 1}: not one {pin} in {head}")
        lines[found[0]] = lines[found[0]].replace(pin, f'"keras=={newest}"')


def _is_head(line: str, base: str) -> bool:
    return line.partition("#")[0].strip() in {f"[base.{base}]", f'[base."{base}"]'}


def _add_base(lines: list[str], wanted: Raise) -> None:
    """Put the new base after the last one of TensorFlow, unless it is there."""
    if wanted.base == PROJECT or any(_is_head(line, wanted.base) for line in lines):
        return
    heads = [position for position, line in enumerate(lines) if line.startswith("[")]
    last = [one for one in heads if lines[one].startswith('[base."tensorflow-')]
    if not last:
        raise ProblemError(f'{ENVIRONMENTS}: no line `[base."tensorflow-…"]`')
    after = next(one for one in [*heads, len(lines)] if one > last[-1])
    packages = ", ".join(f'"{one}"' for one in wanted.packages)
    lines[after:after] = [
        f'[base."{wanted.base}"]',
        f'python = "{wanted.python}"',
        f"packages = [{packages}]",
        "",
    ]


def _check(made: str, before: str, wanted: Raise) -> None:
    """Refuse what does not say what it should, however that came about."""
    data, old = tomllib.loads(made), tomllib.loads(before)
    entries, former = data["environment"], old["environment"]
    keras, tf_keras = wanted.newest["keras"], wanted.newest["tf-keras"]
    releases = [one["release"] for one in entries["keras"]]
    right = (
        entries["keras"][-1] == {"release": keras, "base": PROJECT}
        and all(one.get("over") for one in entries["keras"][:-1])
        and set(releases) == {*wanted.undeclared, *(one["release"] for one in former["keras"])}
        and all(numbers(one) < numbers(other) for one, other in pairwise(releases))
        and {one["release"] for one in entries[BACKEND]} == {keras}
        and all(entries[one][-1]["release"] == tf_keras for one in ("tf-keras", "loop"))
        and all(one["base"] in data["base"] for line in entries.values() for one in line)
        and entries["tf.keras"] == former["tf.keras"]
    )
    if not right:
        raise ProblemError(
            f"{ENVIRONMENTS}: cannot be raised to Keras {keras} and tf-keras {tf_keras} line by "
            "line. Nothing was written: raise it by hand."
        )


def grid(text: str, newest: dict[str, str]) -> str:
    """Return grid.toml with the newest releases as those that run the whole product."""
    lines = text.split("\n")
    full = [position for position, line in enumerate(lines) if line.startswith("full = [")]
    if len(full) != 1:
        raise ProblemError(f"{GRID}: no line `full = [`")
    raised = {"keras": newest["keras"], "loop": newest["tf-keras"]}

    def answer(match: re.Match[str]) -> str:
        lineage = match[0].strip('"').partition("-")[0]
        return f'"{lineage}-{raised[lineage]}"'

    lines[full[0]] = FULL.sub(answer, lines[full[0]])
    return "\n".join(lines)
