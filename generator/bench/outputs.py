"""What each of the compared runs printed: a bench that compares different work is worthless."""

from pathlib import Path

import nbformat
from bs4 import BeautifulSoup

from generator.errors import ProblemError


def bare(text: str) -> str:
    """Remove white space: a kernel cuts what is printed into pieces, and pages add line ends."""
    return "".join(text.split())


def of_page(page: Path) -> str:
    """Return what a notebook page says its cells printed; the values of cells are left out."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
    printed = soup.select(
        ".jp-OutputArea-output[data-mime-type='text/plain']:not(.jp-OutputArea-executeResult)"
    )
    lines = "".join(output.get_text() for output in printed).splitlines()
    # In a kernel TensorFlow logs to stdout, such as that it traces a function again.
    return bare("".join(line for line in lines if not line.startswith("WARNING:tensorflow:")))


def of_recording(path: Path) -> str:
    """Return what a recorded notebook says its cells printed."""
    node = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    streams = [output for cell in node.cells for output in cell.get("outputs", [])]
    return bare("".join(output.text for output in streams if output.get("name") == "stdout"))


def require_same(found: dict[str, dict[str, str]]) -> None:
    """Refuse runs that did not do the same work.

    Args:
        found: who -> snippet -> what it printed, without white space.

    Raises:
        ProblemError: naming the snippet and the two that differ.

    """
    (first, expected), *others = found.items()
    for who, printed in others:
        for name, text in expected.items():
            if not text:
                raise ProblemError(f"{name}: printed nothing in: {first}")
            if printed.get(name) != text:
                raise ProblemError(
                    f"{name} printed something else in: {who}, than in: {first}. Make it print "
                    f"only what is stable.\n{first}: {text}\n{who}: {printed.get(name)}"
                )
