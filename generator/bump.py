"""Take the newest Keras and TensorFlow: lock, install, run all of it, say what changed where.

What changed is told from the last commit, which does not move: a bump that was interrupted goes on
when it is called again, and reports the same.
"""

import difflib
import fnmatch
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from generator.common import CACHE, LOCK, ROOT, ProblemError, forget, output_of, read, shown, write
from generator.record import recordings
from generator.render.sheet import every_call
from generator.sweep import answers, environments, results
from generator.sweep.environments import numbers, pinned

RAISED = ("keras", "tensorflow", "tf-keras")
REPORT = CACHE / "bump.md"
AS_LOCKED = '  { release = "as locked", base = "project" },\n'
RECORDS = (results.VERSIONS, results.SELECTION, results.PRODUCT)


def bump() -> None:
    """Take the newest Keras and TensorFlow, run all of it again, and report what changed."""
    screen = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="bump-") as name:
        before = Path(name)
        kept, parts = before / "head.tar", ("docs", "snippets/versions", LOCK.name)
        output_of("git", "archive", f"--output={kept}", "HEAD", *parts)
        with tarfile.open(kept) as archive:
            archive.extractall(before, filter="data")
        _do(screen, "Locking the newest releases", ["make", "lock", f"ONLY={' '.join(RAISED)}"])
        declare(pinned(before / LOCK.name, "keras")["keras"], pinned(LOCK, "keras")["keras"])
        _do(screen, "Installing the lock", ["make", ".venv/all.done"])
        failed = []
        for what, command in (
            ("Recording all snippets", ["site", "--record"]),
            ("Running what is missing on every Keras", ["versions", "--record"]),
        ):
            try:
                _do(screen, what, [sys.executable, "-m", "generator", *command])
            except ProblemError as error:  # the rest is reported all the same
                failed.append(str(error))
        forget()
        write(REPORT, report(before, failed))
    screen.print(f"The report is in {shown(REPORT)}.")
    if failed:
        raise ProblemError("Mend that, then `make bump` again:\n" + "\n".join(failed))


def _do(screen: Console, what: str, command: list[str]) -> None:
    screen.print(what)
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise ProblemError(f"`{' '.join(command)}` failed; it says above why")


def declare(old: str, new: str) -> None:
    """Declare the releases of Keras up to the newest, which is the one that is locked."""
    text = read(environments.DECLARED)  # Keras is the first lineage there
    between = [one for one in released() if numbers(old) < numbers(one) < numbers(new)]
    for one in sorted({old, *between} - {new}, key=numbers):
        line = f'  {{ release = "{one}", base = "project", over = "keras" }},\n'
        if f'release = "{one}", base = "project", over' not in text:
            text = text.replace(AS_LOCKED, line + AS_LOCKED, 1)
    write(environments.DECLARED, text)
    forget()
    for base in environments.load().values():
        if f"keras=={new}" in base.packages and pinned(base.pins, "keras") != {"keras": new}:
            base.pins.unlink(missing_ok=True)  # a new Keras may need other packages


def released() -> list[str]:
    """Return the final releases of Keras that there are."""
    said = output_of(CACHE / "uv/bin/python", "-m", "pip", "index", "versions", "keras")
    if found := re.search(r"Available versions: (.*)", said):
        return [one for one in found[1].split(", ") if re.fullmatch(r"[\d.]+", one)]
    raise ProblemError(f"pip names no versions of Keras: {said}")


def cells(before: Path) -> Iterator[tuple[str, str, str]]:
    """Yield recording, cell and difference of each cell that prints something else than before."""
    for name in recordings.names():
        path = before / recordings.path_of(name).relative_to(ROOT)
        old = recordings.parse(name, path, read(path)).cells if path.is_file() else {}
        for cell, now in recordings.load(name).cells.items():
            was = old[cell].text.splitlines() if cell in old else []
            if was != now.text.splitlines():
                change = difflib.unified_diff(was, now.text.splitlines(), lineterm="", n=1)
                yield name, cell, "\n".join(list(change)[2:])


def cases(before: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each case that is answered otherwise: case, who answered before, now, was, became."""
    declared = before / environments.DECLARED.relative_to(ROOT)
    old, new = environments.load(declared, before / LOCK.name), environments.load()
    # The newest of a lineage with the one that was the newest, and each environment with itself.
    first, last = (
        {(one.lineage, one.backend): one.id for one in all_.values()} for all_ in (old, new)
    )
    pairs = {(first[line], last[line]) for line in first.keys() & last.keys()}
    pairs |= {(name, name) for name in old.keys() & new.keys()}
    for path in RECORDS:
        was, now = results.read(before / path.relative_to(ROOT)), results.read(path)
        for name, found in now.found.items():
            for earlier, later in sorted(pairs):
                one, other = was.found.get(name, {}).get(earlier), found.get(later)
                if one and other and not results.same(one, other):
                    yield name, earlier, later, answers.worded(one), answers.worded(other)


def shown_on(changed: set[tuple[str, str]], answered: set[str]) -> Iterator[str]:
    """Yield a line for each call on a page that shows a changed cell or a changed case."""
    for page, number, call in every_call():
        fitting = (fnmatch.filter(answered, str(name)) for name in call.arguments)
        if call.arguments[:2] in changed or (
            any(fitting) if call.verb == "releases" else answered and call.verb == "sweep"
        ):
            yield f"- {shown(page)}:{number}: `{call.text}`"


def report(before: Path, failed: list[str]) -> str:
    """Return the report, as Markdown. `before` holds what the last commit has."""
    printed, answered = list(cells(before)), list(cases(before))
    pages = shown_on({one[:2] for one in printed}, {one[0] for one in answered})
    rose = [
        f"{name} {pinned(before / LOCK.name, name)[name]} to {pinned(LOCK, name)[name]}"
        for name in RAISED
    ]
    made = results.read(results.VERSIONS).environments.items()
    without = [f"- {name}: {one['failed']}" for name, one in made if "failed" in one]
    parts = {
        f"Bump: {', '.join(rose)}": [f"- {one}" for one in failed],
        "Without answers; if the newer TensorFlow is why, declare a base of the former": without,
        "Pages to read": list(pages),
        "What snippets print": [f"{a}: {b}\n\n~~~diff\n{c}\n~~~" for a, b, c in printed],
        "What releases answer": [f"- {a}: {b}: {d}; {c}: {e}" for a, b, c, d, e in answered],
    }
    return "\n".join(
        f"# {head}\n\n" + ("\n".join(said) or "Nothing.") + "\n" for head, said in parts.items()
    )
