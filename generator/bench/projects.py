"""The temporary projects that are measured: a copy of this one, and plain ones as peers."""

import compileall
import shutil
from collections.abc import Iterable
from pathlib import Path

import nbformat

from generator.paths import DOCS, LOCK, ROOT

MACHINERY = ROOT / "generator"


def copy_machinery(folder: Path) -> Path:
    """Copy the generator, compiled as the environment is, into a folder that becomes its root."""
    shutil.copytree(
        MACHINERY, folder / "generator", ignore=shutil.ignore_patterns("__pycache__", "*.part")
    )
    shutil.copy(LOCK, folder)
    compileall.compile_dir(folder / "generator", quiet=2)
    return folder


def executor_project(folder: Path, snippets: Path) -> Path:
    """Make a project of nothing but the machinery and some snippets."""
    shutil.copytree(snippets, folder / "snippets")
    return copy_machinery(folder)


def site_project(folder: Path) -> Path:
    """Copy all that the site is built from."""
    shutil.copytree(DOCS, folder / "docs")
    shutil.copytree(ROOT / "snippets", folder / "snippets")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return copy_machinery(folder)


def jupyter_project(folder: Path, pages: Iterable[Path], *, execute: bool) -> Path:
    """Make a site whose pages are notebooks or scripts, shown or executed by mkdocs-jupyter."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Start\n", encoding="utf-8")
    for page in pages:
        shutil.copy(page, docs)
        if (page.parent / "data").is_dir():
            shutil.copytree(page.parent / "data", docs / "data", dirs_exist_ok=True)
    (folder / "mkdocs.yml").write_text(
        "site_name: Peer\n"
        "theme: {name: material, font: false}\n"
        "plugins:\n"
        "  - search\n"
        "  - mkdocs-jupyter:\n"
        '      include: ["*.py", "*.ipynb"]\n'
        f"      execute: {str(execute).lower()}\n"
        "      cache: false\n",
        encoding="utf-8",
    )
    return folder


def plain_project(folder: Path, config: Path) -> Path:
    """Make a site of the same settings, without our hooks, theme files or notebooks."""
    (folder / "empty").mkdir(parents=True)
    (folder / "docs").mkdir()
    shutil.copy(config, folder / "ours.yml")
    (folder / "mkdocs.yml").write_text(
        "INHERIT: ours.yml\nhooks: []\nwatch: []\nplugins: [search]\ntheme: {custom_dir: empty}\n",
        encoding="utf-8",
    )
    return folder


def notebook_as_markdown(path: Path) -> str:
    """Return a recorded notebook as a Markdown page: text, code blocks and outputs."""
    parts = []
    for cell in nbformat.reads(path.read_text(encoding="utf-8"), as_version=4).cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        for output in cell.outputs:
            said = output.get("text") or "\n".join(output.get("traceback", []))
            parts.append(f"```\n{said.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"
