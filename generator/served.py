"""While serving: keep the site that MkDocs built, and build anew only the pages of a saved snippet.

MkDocs builds everything whenever a file is saved. Where only snippets were saved, nothing can
change but the pages that show them, and the index of the search. Anything else is left to MkDocs.

First comes the page that a snippet belongs to, which its author has open. The whole recorded run,
which takes longer to render, and other pages that show it come after that. Whoever asks for
anything else in between waits.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import jinja2
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingEmitter

from generator import calls, live, pages, recordings, snippets
from generator.errors import ProblemError
from generator.paths import DOCS, ROOT, SNIPPETS

LOOK_SECONDS = 0.03
"""How often to look for saved snippets."""
LOOK_SECONDS_ELSE = 0.5
"""How often to look for other files, as MkDocs does; looking at many files takes a while."""
SETTLE_SECONDS = 0.02
"""For how long nothing may be saved before it is looked at."""

log = get_plugin_logger("generator")


@dataclass(frozen=True)
class Site:
    """What a build of everything leaves for building a page of it anew."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: jinja2.Environment


@dataclass
class State:
    """What is known while serving."""

    inputs: dict[Path, int] = field(default_factory=dict)
    """The files that the last build saw, and when each was changed."""
    nav: Navigation | None = None
    site: Site | None = None
    complete: bool = False
    """Whether the last build came to its end."""
    first: set[str] = field(default_factory=set)
    """The addresses of the pages that were built first."""
    rest: threading.Thread = field(default_factory=threading.Thread)
    """Builds the others."""


state = State()


class Looking(PollingEmitter):
    """Looks for saved files, for snippets more often."""

    def queue_events(self, timeout: float) -> None:
        """Wait, look, and tell what was saved."""
        snippets_only = Path(os.fsdecode(self.watch.path)) == SNIPPETS
        super().queue_events(LOOK_SECONDS if snippets_only else timeout)


def inputs() -> dict[Path, int]:
    """Return every file that the site is made from, and when it was changed, in nanoseconds."""
    paths = [path for folder in ("docs", "generator", "snippets") for path in _below(ROOT / folder)]
    found = {}
    for path in [*paths, ROOT / "mkdocs.yml"]:
        with contextlib.suppress(FileNotFoundError):  # it was there a moment ago
            found[path] = path.stat().st_mtime_ns
    return found


def _below(folder: Path) -> Iterable[Path]:
    for root, folders, names in folder.walk():
        folders[:] = [name for name in folders if name != "__pycache__"]
        # Editors put files of their own beside the one that they save.
        own = [name for name in names if name.startswith(".") or name.endswith(("~", ".part"))]
        yield from (root / name for name in names if name not in own)


def begin() -> None:
    """Record the snippets that changed, before everything is built.

    Raises:
        ProblemError: what one of them did that it is not declared to do. It is not recorded.

    """
    state.complete = False
    state.inputs = inputs()
    _, problems = _record(snippets.names())
    if problems:
        raise ProblemError("\n".join(problems))


def keep(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
    """Keep what MkDocs builds pages with."""
    if state.nav is not None:
        state.site = Site(config, files, state.nav, env)


def end() -> None:
    """Note that a build came to its end."""
    state.complete = True


def attach(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> None:
    """Let the server of MkDocs look more often, and build no more than it has to."""
    watched = [path for path in (config.docs_dir, config.config_file_path) if path]
    for path in watched:
        server.unwatch(path)
    server.observer = BaseObserver(Looking, timeout=LOOK_SECONDS_ELSE)  # type: ignore[assignment]
    server.build_delay = SETTLE_SECONDS
    for path in watched:
        server.watch(path)

    def rebuild() -> None:
        finish()
        names = only_snippets(saved())
        if names is None or state.site is None or not state.complete:
            builder()
        elif not refresh(state.site, names):
            # Browsers would reload for nothing, such as for the recording that we wrote ourselves.
            server._wanted_epoch = server._visible_epoch  # noqa: SLF001 -- there is no other way

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        address = environ["PATH_INFO"].removeprefix(server.mount_path)
        if address not in state.first and not address.startswith("assets/"):
            finish()
        return server.serve_request(environ, start_response)

    server.builder = rebuild
    server.set_app(answer)


def finish() -> None:
    """Wait until all pages are built, if some are being built."""
    if state.rest.is_alive():
        state.rest.join()


def saved() -> set[Path]:
    """Return the files that were changed, made or deleted since the last build began."""
    now = inputs()
    return {path for path in now | state.inputs if now.get(path) != state.inputs.get(path)}


def only_snippets(paths: Iterable[Path]) -> list[str] | None:
    """Return the names of snippets, or None where one of the files is no snippet that has a page."""
    names = []
    for path in paths:
        recording = recordings.path_of(path.stem)
        if path.parent != SNIPPETS or not (path.is_file() and recording in state.inputs):
            return None
        names.append(path.stem)
    return names


def refresh(site: Site, names: list[str]) -> bool:
    """Run the snippets that were saved and build their pages anew.

    A snippet that goes wrong is reported, and its pages stay as they are.

    Returns:
        Whether there is anything new to see.

    """
    state.inputs = inputs()
    try:
        recorded, problems = _record(names)
    except ProblemError as error:
        recorded, problems = [], [str(error)]
    for problem in problems:
        log.error(problem)
    if recorded:
        state.complete = False
        state.first = {pages.owner(name).url for name in recorded}
        shown = _showing(site, recorded)
        _build(site, [page for page in shown if page.url in state.first])
        rest = [page for page in shown if page.url not in state.first]
        state.rest = threading.Thread(target=_build_rest, args=(site, rest))
        state.rest.start()
    return bool(recorded)


def _record(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Record snippets; the recordings count as seen, because no person saved them."""
    recorded, problems = live.record(names)
    for name in recorded:
        path = recordings.path_of(name)
        state.inputs[path] = path.stat().st_mtime_ns
    return recorded, problems


def _showing(site: Site, names: list[str]) -> list[Page]:
    """Return the pages that show recordings: notebooks, the pages they belong to, and others."""
    own = {f"notebooks/{name}.ipynb" for name in names}
    own |= {pages.owner(name).path.relative_to(DOCS).as_posix() for name in names}

    def shows(file: File) -> bool:
        if file.src_uri in own or not file.src_uri.endswith(".md"):
            return file.src_uri in own
        return not calls.snippets_in(file.content_string).isdisjoint(names)

    documents = site.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    return [file.page for file in documents if file.page and shows(file)]


def _build(site: Site, chosen: Iterable[Page]) -> None:
    """Do for some pages what MkDocs does for all of them."""
    documents = site.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    search: Any = site.config.plugins["material/search"]
    index = search.search_index
    for page in chosen:
        build._populate_page(page, site.config, site.files)  # noqa: SLF001 -- MkDocs is pinned
        ours = [entry["location"].partition("#")[0] == page.url for entry in index.entries]
        place = ours.index(True) if any(ours) else len(ours)
        others = [entry for entry, own in zip(index.entries, ours, strict=True) if not own]
        index.entries = []
        build._build_page(page, site.config, documents, site.nav, site.env)  # noqa: SLF001
        index.entries = [*others[:place], *index.entries, *others[place:]]


def _build_rest(site: Site, chosen: Iterable[Page]) -> None:
    try:
        _build(site, chosen)
        site.config.plugins.on_post_build(config=site.config)  # writes the index of the search
    except Exception:
        log.exception("A page could not be built. Next time, everything is.")
