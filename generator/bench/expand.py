"""Write the Markdown of a site as our hooks leave it: `python -m generator.bench.expand <folder>`.

Run in a copy of the project. What comes out is what plain Material has to build to build the same
pages: Markdown pages expanded, recorded notebooks as Markdown.
"""

import shutil
import sys
from pathlib import Path

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from generator.bench.projects import notebook_as_markdown


def write_pages(folder: Path) -> None:
    """Build the site of this folder, and write the Markdown that each page was made from."""
    config = load_config("mkdocs.yml", site_dir=str(folder / "unused"))

    def keep(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
        source = Path(config.docs_dir) / page.file.src_uri
        target = (folder / page.file.src_uri).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = markdown
        if source.suffix == ".ipynb":
            text = notebook_as_markdown(source)
        front = f"---\n{yaml.safe_dump(dict(page.meta))}---\n" if page.meta else ""
        target.write_text(front + text.replace(".ipynb)", ".md)"), encoding="utf-8")
        return markdown

    # Behind the hooks, which are in this list by now.
    config.plugins.events["page_markdown"].append(keep)
    build(config)
    shutil.rmtree(folder / "unused")
    for source in Path(config.docs_dir).rglob("*"):
        if source.is_file() and source.suffix not in {".md", ".ipynb"}:
            target = folder / source.relative_to(config.docs_dir)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
