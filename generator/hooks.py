"""MkDocs hooks: small functions in sequence, from Markdown to the finished page."""

import functools
import html
import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment
from lxml import etree
from lxml import html as markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from generator import calls, execute, pages, recordings, security, served
from generator.errors import ProblemError

NAMES = {
    "jax": "JAX",
    "keras": "Keras",
    "numpy": "NumPy",
    "python": "Python",
    "sklearn": "scikit-learn",
    "tensorflow": "TensorFlow",
    "tf_keras": "tf-keras",
    "torch": "PyTorch",
}
GITHUB = re.compile(r"https://github\.com/([^/]+/[^/]+?)/?$")

# What `slim` takes out of a rendered notebook, by class.
UNWANTED = {"anchor-link", "clipboard-copy-txt", "jp-Collapser", "zeroclipboard-container"}
# The boxes it leaves. Others, and spans for plain names, are layers that nothing styles here.
BOXES = {"highlight", "jp-Cell", "jp-OutputArea", "jupyter-wrapper"}
PLAIN_NAMES = {"n", "nn", "o", "p", "w"}

# Plain names and blanks in highlighted code have the colour of the text around them.
UNCOLOURED = re.compile(r'<span class="(?:n|nn|w)">([^<]*)</span>')
# Where white space counts.
LITERAL_PARTS = re.compile(r"(<pre\b.*?</pre>|<script\b.*?</script>)", re.DOTALL)

# Whether this is `make serve`; MkDocs says so once, when it starts.
state = {"serving": False}


def plainly[**P, R](hook: Callable[P, R]) -> Callable[P, R]:
    """Let MkDocs end with the message of a `ProblemError`, without a traceback."""

    @functools.wraps(hook)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return hook(*args, **kwargs)
        except ProblemError as error:
            raise PluginError(str(error)) from error

    return wrapped


def on_startup(command: str, dirty: bool) -> None:  # noqa: FBT001 -- MkDocs calls it so
    """Note which command this is, and get ready for snippets that are saved while serving."""
    state["serving"] = command == "serve"
    if state["serving"]:
        execute.warm_up()


@plainly
def on_pre_build(config: MkDocsConfig) -> None:
    """Record snippets that were saved since the last build, while serving."""
    if state["serving"]:
        served.begin()


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep what pages are built with, while serving."""
    served.state.nav = nav
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Keep what pages are built with, while serving."""
    served.keep(env, config, files)
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Note that the build came to its end, for the next one while serving."""
    served.end()


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Build only the pages of a snippet, where nothing else was saved."""
    served.attach(server, config, builder)
    return server


@plainly
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each address that leads to another one, such as /KA001/."""
    for address, target in pages.redirects().items():
        to = get_relative_url(target, address)
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            f"<title>{address.strip('/')}</title>"
            f'<meta http-equiv="refresh" content="0; url={to}">'
            f'<link rel="canonical" href="{config.site_url or ""}{target}">'
            '<meta name="robots" content="noindex"></head>'
            f'<body><p>This is <a href="{to}">{config.site_url or ""}{target}</a>.</p></body></html>'
        )
        files.append(File.generated(config, f"{address}index.html", content=security.secured(page)))
    return files


@plainly
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put in what was recorded, below a head and above a foot that the recordings give."""
    if is_notebook(page):
        return markdown
    text = calls.expand(markdown, Path(str(page.file.abs_src_path)))
    ours = reference_page(page)
    if ours is None:
        return text
    page.meta["search"] = {"boost": 2}  # above the lists that name the page too
    code = f"**{ours.meta['code']}** · " if "code" in ours.meta else ""
    head = f"# {ours.meta['title']} {{ #top }}\n\n{code}{executed_on(ours)}\n{{: .executed }}\n\n"
    return f"{head}{text}\n\n{recorded_runs(ours)}\n"


def reference_page(page: Page) -> pages.Page | None:
    """Return the pitfall or metric that a page of the site stands for."""
    path = Path(str(page.file.abs_src_path))
    if path.parent.name in pages.FOLDERS and path.name != "index.md":
        return pages.read(path)
    return None


def is_notebook(page: Page) -> bool:
    """Tell whether a page of the site is a recorded run."""
    return page.file.src_uri.endswith(".ipynb")


def releases(versions: dict[str, str]) -> str:
    """Name releases as a reader knows them, Keras first and Python last."""
    order = sorted(versions, key=lambda name: (name != "keras", name == "python", name))
    return ", ".join(f"{NAMES.get(name, name)} {versions[name]}" for name in order)


def executed_on(page: pages.Page) -> str:
    """Say what a page was executed on, as its main recording has it."""
    recording = recordings.load(page.id)
    return f'Executed on <span data-recorded="{page.id}:versions">{releases(recording.versions)}</span>'


def recorded_runs(page: pages.Page) -> str:
    """Link the recorded runs of a page."""
    lines = [
        f"- [{one.title}](../notebooks/{one.name}.ipynb), on "
        f'<span data-recorded="{one.name}:versions">{releases(one.versions)}</span>'
        for one in pages.recordings_of(page)
    ]
    return "\n".join(["**Recorded runs**, whole, to read or to run:", "", *lines])


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Send search engines from a recorded run to the page that explains it."""
    if is_notebook(page):
        owner = pages.owner(Path(page.file.src_uri).stem)
        page.canonical_url = f"{config.site_url or ''}{owner.url}"
        page.meta["robots"] = "noindex"
        page.meta["description"] = f"Recorded run: {owner.meta['description']}"
    return context


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Cut a rendered notebook down to its content, and say where it belongs."""
    if not is_notebook(page):
        return content
    page.meta["search"] = {"exclude": True}
    name = Path(page.file.src_uri).stem
    return slim(content).replace("</h1>", f"</h1>{introduction(name, page, config)}", 1)


def introduction(name: str, page: Page, config: MkDocsConfig) -> str:
    """Lead from a recorded run back to its page, to Colab and to the file."""
    owner, recording = pages.owner(name), recordings.load(name)
    links = [f'<a href="{name}.ipynb" download>Download the notebook</a>']
    if github := GITHUB.match(config.repo_url or ""):
        colab = f"https://colab.research.google.com/github/{github[1]}/blob/main/docs/notebooks/"
        links.append(f'<a href="{colab}{name}.ipynb">Open it in Colab</a>')
    back = get_relative_url(owner.url, page.url)
    return (
        f"<p class='introduction'>This is a recorded run on {releases(recording.versions)}. It belongs to "
        f'<a href="{back}">{html.escape(owner.meta["title"])}</a>. {" · ".join(links)}</p>'
    )


def slim(content: str) -> str:
    """Drop what mkdocs-jupyter puts into every notebook page: styles, scripts and copy buttons.

    Its `custom_template` option could do the same, but turns its cache off, and rendering a
    notebook takes longer than all other pages together.
    """
    body = markup.document_fromstring(content).body
    etree.strip_elements(body, "script", "style", "clipboard-copy", with_tail=False)
    for element in list(body.iter("*")):
        classes = set(element.get("class", "").split())
        element.attrib.pop("tabindex", None)
        if classes & UNWANTED:
            element.drop_tree()
        elif "highlight-ipynb" in classes:
            element.set("class", "highlight")  # Material's colours
        elif element.tag == "pre":
            element.set("tabindex", "0")  # long lines scroll sideways, with the keyboard too
        elif (element.tag == "div" and not classes & BOXES) or classes & PLAIN_NAMES:
            element.tag = "unwrapped"
    etree.strip_tags(body, "unwrapped")
    return "".join(markup.tostring(child, encoding="unicode") for child in body)


def narrow(html_page: str) -> str:
    """Drop what only weighs: indentation and empty lines of templates, boxes of plain code."""
    html_page = UNCOLOURED.sub(r"\1", html_page)
    parts = LITERAL_PARTS.split(html_page)
    parts[::2] = [re.sub(r"\s*\n\s*", "\n", part) for part in parts[::2]]
    return "".join(parts)


def mended(html_page: str) -> str:
    """Mend what Material leaves out, and give the page its policy now that its scripts are known.

    The search dialog has no name for a screen reader. The link to the repository would fetch its
    star count from another host.
    """
    for theirs, ours, least in (
        (' data-md-component="search" role="dialog"', ' aria-label="Search"', 1),
        (' data-md-component="source"', None, 0),
    ):
        if html_page.count(theirs) < least:
            raise PluginError(f"Material no longer writes {theirs!r}: look at generator/hooks.py")
        html_page = html_page.replace(theirs, f"{theirs}{ours}" if ours else "")
    html_page = narrow(html_page)
    # The script that MkDocs adds while serving, to reload the page, comes after us and has no hash.
    return html_page if state["serving"] else security.secured(html_page)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Finish the pages that come from Markdown and notebooks."""
    return mended(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Finish the pages that come from no Markdown."""
    return mended(output_content) if template_name.endswith(".html") else output_content
