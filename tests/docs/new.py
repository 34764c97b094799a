"""Begin a pitfall: `make new ID=some-word` writes its page and its snippet, each rule a comment."""

import re
import sys
from pathlib import Path

from generator.common import ROOT, ProblemError, read, shown, write
from generator.render import pages

ID = re.compile(r"[a-z][a-z0-9-]*")
PAGE, SNIPPET = (Path(__file__).with_name(f"pitfall.{kind}") for kind in ("md", "py.txt"))


def begin(name: str, root: Path = ROOT) -> list[Path]:
    """Write a page and a snippet, and name the page in mkdocs.yml; return the files.

    Raises:
        ProblemError: the name cannot be an id, or is taken.
    """
    if not ID.fullmatch(name):
        raise ProblemError(f"ID={name!r}: an id is a word of a-z, 0-9 and hyphens: ID=some-word")
    page, snippet = root / f"docs/pitfalls/{name}.md", root / f"snippets/{name}.py"
    for path in (page, snippet):
        if path.exists():
            raise ProblemError(f"{shown(path)} is there already. Take another ID, or delete it.")
    newest = max(one.meta["code"] for one in pages.load("pitfalls"))
    text = read(PAGE).replace("CODE", f"KA{int(newest[2:]) + 1:03}").replace('"ID"', f'"{name}"')
    write(page, text)
    write(snippet, read(SNIPPET))
    settings = root / "mkdocs.yml"
    last = re.findall(r"      - .*pitfalls/.*\n", text := read(settings))[-1]
    write(settings, text.replace(last, f"{last}      - pitfalls/{name}.md\n"))
    return [page, snippet, settings]


if __name__ == "__main__":
    try:
        made = ", ".join(shown(path) for path in begin(sys.argv[1] if sys.argv[1:] else ""))
    except ProblemError as error:
        sys.exit(str(error))
    sys.stdout.write(f"Written: {made}. Write, then `make record`, `make check`, `make serve`.\n")
