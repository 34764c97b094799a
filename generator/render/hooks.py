"""MkDocs hooks: small functions in sequence, from Markdown to the finished page."""

import html
import os
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

sys.path.append(str(Path(__file__).parents[2]))  # `mkdocs` alone does not look there
from generator import common
from generator.common import DOCS, write
from generator.record import recordings, running
from generator.render import finish, pages, search, verbs
from generator.render.sheet import Sheet, every_call

NAMES = {"keras": "Keras", "numpy": "NumPy", "python": "Python", "sklearn": "scikit-learn"}
NAMES |= {"tensorflow": "TensorFlow", "tf_keras": "tf-keras"}
ROWS = """
tf.keras is numbered as its TensorFlow. Releases in no row [were not run](../versions/index.md#limits).
{: .command }
"""
COLAB = "https://colab.research.google.com/github/{}/blob/main/docs/notebooks/{}.ipynb"
GITHUB = "https://github.com/"

log = get_plugin_logger("generator")
sheets: dict[str, Sheet] = {}
"""Page -> what goes into it when its Markdown has become HTML."""
commands: list[str] = []
"""What MkDocs was called to do, `build` or `serve`; it says so once, when it starts."""


def on_startup(command: str, dirty: bool) -> None:  # noqa: FBT001 -- MkDocs calls it so
    """Note which command this is."""
    commands.append(command)


def on_pre_build(config: MkDocsConfig) -> None:
    """Read everything anew; while serving, first record the snippets that were saved."""
    common.forget()
    if "serve" in commands:
        recorded, problems = running.record_outdated()
        for problem in problems:
            log.error(problem)
        showing = {page for page, _, call in every_call() if {*call.arguments[:1]} & recorded}
        for page in showing | {pages.owner(name).path for name in recorded}:
            place = page.relative_to(DOCS).as_posix(), config.docs_dir, config.site_dir
            built = Path(File(*place, config.use_directory_urls).abs_dest_path)
            if built.is_file():
                os.utime(built, (0, 0))  # for `serve --dirty`, it is to be built anew
    write(pages.LIST, pages.index())


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add a page for each address that leads to another one, and the function that asks a model."""
    template = config.theme.get_env().get_template("redirect.html")
    for address, target in pages.redirects().items():
        to, whole = get_relative_url(target, address), f"{config.site_url or ''}{target}"
        page = template.render(address=address.strip("/"), to=to, whole=whole)
        files.append(File.generated(config, f"{address}index.html", content=page))
    if "accuracy-which" in recordings.names():
        asks = recordings.load("accuracy-which").cells["function"].source
        whole = f"import re\n\nimport numpy as np\n\n\n{asks}\n"
        files.append(File.generated(config, "which_accuracy.py", content=whole))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Answer the calls of a page, below a head and above a foot that the recordings give."""
    path = Path(str(page.file.abs_src_path))
    if path.suffix == ".ipynb":
        return markdown
    sheet = sheets[page.file.src_uri] = Sheet(path, get_relative_url(".", page.url) + "/")
    text = verbs.expand(markdown, sheet)
    if path.parent.name not in pages.FOLDERS or path.name == "index.md":
        return text
    ours = pages.read(path)
    seen = "\n".join(f"- {one}" for one in ours.meta["symptoms"])
    code = f"**{ours.meta['code']}** · " if "code" in ours.meta else ""  # a pitfall
    before, found, after = text.partition("\n## Do this instead" if code else "\n## Use it")
    before += ROWS * ("\n| Releases |" in before)
    text = f"{before}\n## You may see {{ #you-may-see }}\n\n{seen}\n{found}{after}"
    head = f"# {html.escape(ours.meta['title'], quote=False)} {{ #top }}\n\n{code}Executed on"
    foot = "**Recorded runs**, whole, to read or to run:\n\n" + "\n".join(
        f"- [{one.title}](../notebooks/{one.name}.ipynb), on {releases(one.name, sheet)}"
        for one in pages.recordings_of(ours)
    )
    return f"{head} {releases(ours.id, sheet)}\n{{: .executed }}\n\n{text}\n\n{foot}\n"


def releases(name: str, sheet: Sheet | None = None) -> str:
    """Name the releases of a run as a reader knows them, Keras first and Python last."""
    found = recordings.load(name).versions
    order = sorted(found, key=lambda name: (name != "keras", name == "python", name))
    text = ", ".join(f"{NAMES.get(name, name)} {found[name]}" for name in order)
    return sheet.text(f"{name}:versions", text) if sheet else text


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put in what was recorded; cut a notebook down to its content."""
    page.meta["search"] = {"exclude": True}  # from Material's own, which every visitor would fetch
    if page.file.src_uri not in sheets:  # a notebook
        return finish.lighter(content)
    filled = sheets.pop(page.file.src_uri).filled(content)
    search.learn(filled, page)
    return filled


def on_post_build(config: MkDocsConfig) -> None:
    """Write what the search knows."""
    search.save(Path(config.site_dir))


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Send search engines from a recorded run to the page that explains it, and readers, too."""
    path = Path(page.file.src_uri)
    if path.suffix == ".ipynb":
        name, owner = path.stem, pages.owner(path.stem)
        page.canonical_url = f"{config.site_url or ''}{owner.url}"
        page.meta["robots"] = "noindex"
        page.meta["description"] = f"Recorded run: {owner.meta['description']}"
        _, host, repository = (config.repo_url or "").partition(GITHUB)
        page.meta["run"] = {
            "name": name,
            "releases": releases(name),
            "owner": get_relative_url(owner.url, page.url),
            "title": owner.meta["title"],
            "colab": host and COLAB.format(repository.strip("/"), name),
        }
