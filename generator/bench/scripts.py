"""The snippets that are measured: the real ones, then variants of templates like them."""

import shutil
from pathlib import Path
from string import Template

from generator.paths import SNIPPETS

BODIES = Path(__file__).with_name("bodies")
LIGHT = "light"
# In this order they take turns. Each is what pages do: fixed predictions, or a small model trained,
# then a metric by Keras and the same by NumPy.
FAMILIES = (
    "fixed-regression",
    "classifier",
    "shapes",
    "own-metric",
    "multi-label",
    "images",
    "housing",
    "sequences",
)


def variant(family: str, number: int) -> str:
    """Return the text of one generated snippet; other numbers give other data and models."""
    template = Template((BODIES / f"{family}.txt").read_text(encoding="utf-8"))
    return template.substitute(
        number=number,
        seed=number,
        classes=3 + number % 3,
        units=8 + 4 * (number % 4),
        rows=60 + 30 * (number % 3),
        epochs=3 + number % 3,
    )


def generated(count: int, families: tuple[str, ...] = FAMILIES) -> dict[str, str]:
    """Return name -> text of so many snippets."""
    texts = {}
    for position in range(count):
        family, number = families[position % len(families)], 1 + position // len(families)
        texts[f"generated-{family}-{number}"] = variant(family, number)
    return texts


def assemble(folder: Path, count: int, *, real: Path = SNIPPETS) -> list[str]:
    """Put so many snippets and their data below a folder, and return their names.

    Args:
        folder: where they go.
        count: how many; generated where there are fewer real ones, the first where there are more.
        real: the snippets that readers see.

    """
    shutil.copytree(real / "data", folder / "data", dirs_exist_ok=True)
    texts = {path.stem: path.read_text("utf-8") for path in sorted(real.glob("*.py"))[:count]}
    texts |= generated(count - len(texts))
    return write(folder, texts)


def assemble_light(folder: Path, count: int, *, real: Path = SNIPPETS) -> list[str]:
    """Put so many light snippets below a folder, with the data beside them, and return their names.

    Each passes fixed predictions once through a model that returns its input. Most real ones do
    that, many times.
    """
    shutil.copytree(real / "data", folder / "data", dirs_exist_ok=True)
    return write(folder, generated(count, (LIGHT,)))


def write(folder: Path, texts: dict[str, str]) -> list[str]:
    """Write snippets and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return list(texts)
