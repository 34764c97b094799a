"""Measure this project against its peers: `make bench`. Losses are printed, too.

1. Executing 12 snippets, evenly chosen by name: `python -m generator run --all` against what a build
   by mkdocs-jupyter takes longer with `execute: true`. The floor is what no tool can avoid: one import
   of Keras, and each body alone on the machine, forked from that process, their sum divided by the
   number of cores. All three are compared with what is recorded, ours by the generator itself.
2. Building after one page was edited: our `mkdocs build` against Material with only its search, on the
   same Markdown, after the verbs were replaced, and the notebooks as Markdown. Median of 3, in turns.
3. A first visit: all that a browser fetches, gzipped where that helps, against a page of bare Material.
"""

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import nbconvert
from bs4 import BeautifulSoup
from rich.console import Console

from generator.common import NOTEBOOKS, ROOT, SNIPPETS
from tests.browser import window

COUNT, TURNS, CORES = 12, 3, os.cpu_count() or 1
QUIET = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "2"}
ONE_THREAD = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}  # as ours has
PAGE = "pitfalls/regression-mse"
STDOUT = ".jp-OutputArea-child:not(.jp-OutputArea-executeResult) > [data-mime-type='text/plain']"
say = Console(highlight=False, soft_wrap=True).print

# Run by a Python of its own, which prints a line of JSON for its imports, and one for each notebook.
FLOOR = """
import contextlib, io, json, os, sys, time
start = time.perf_counter()
import keras, tf_keras
print(json.dumps(time.perf_counter() - start), flush=True)
os.chdir(sys.argv[1])
for path in sys.argv[2:]:
    start, printed, names = time.perf_counter(), io.StringIO(), {"__name__": "__main__"}
    if child := os.fork():
        os.waitpid(child, 0)
        continue
    for cell in json.load(open(path))["cells"]:
        if cell["cell_type"] == "code":
            silence = contextlib.redirect_stderr(io.StringIO())
            with contextlib.redirect_stdout(printed), silence, contextlib.suppress(Exception):
                exec("".join(cell["source"]), names)
    print(json.dumps([time.perf_counter() - start, printed.getvalue()]), flush=True)
    os._exit(0)
"""
# A hook that hands on the Markdown of each page, edits included, as the hooks before it left it.
KEEP = """
from pathlib import Path
def on_page_markdown(markdown, page, **_):
    if page.file.src_uri.endswith(".md"):
        path = Path("plain/docs", page.file.src_uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown, encoding="utf-8")
"""


def timed(*command, cwd=ROOT, **environment):
    """Run a command to its end; return how long it took, and what it printed."""
    start, env = time.perf_counter(), os.environ | QUIET | environment
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=env)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start, done.stdout


def project(folder, *plugins, extensions=()):
    """Begin a MkDocs project with the theme Material and nothing of ours; return its `docs`."""
    config = {"site_name": "Bench", "theme": {"name": "material", "font": False}}
    config |= {"plugins": plugins, "markdown_extensions": extensions}
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    return folder / "docs"


def build(folder):
    """Build a MkDocs project; return how long it took."""
    return timed(sys.executable, "-m", "mkdocs", "build", "--quiet", cwd=folder)[0]


def compare(who, paths, texts):
    """Say so if a text is not what a notebook has recorded on stdout."""
    for path, text in zip(paths, texts, strict=True):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [each for cell in cells for each in cell.get("outputs", [])]
        kept = "".join("".join(each["text"]) for each in outputs if each.get("name") == "stdout")
        # Where an object lies differs between two equal runs, and so do blanks in HTML.
        ours, theirs = (re.sub(r"\bat 0x[0-9a-f…]+", "", each).split() for each in (kept, text))
        if ours != theirs:
            say(f"  [red]{who} prints something else than is recorded of {path.stem}")


def mkdocs_jupyter(work, paths):
    """Return how long mkdocs-jupyter takes to execute notebooks, and what each prints."""
    seconds, texts = {}, []
    for execute in (False, True):
        plugin = {"mkdocs-jupyter": {"execute": execute, "allow_errors": True}}
        docs = project(work / f"execute-{execute}", plugin)
        shutil.copytree(SNIPPETS / "data", docs / "data")
        for path in paths:
            shutil.copy(path, docs)
        seconds[execute] = build(docs.parent)
    for path in paths:
        html = docs.parent.joinpath("site", path.stem, "index.html").read_text(encoding="utf-8")
        found = BeautifulSoup(html, "lxml").select(STDOUT)
        texts.append("".join(each.get_text() for each in found))
    return seconds[True] - seconds[False], texts


def execution(work):
    """Measure what executing snippets takes."""
    every = sorted(NOTEBOOKS.glob("*.ipynb"))
    paths = [every[place * len(every) // COUNT] for place in range(COUNT)]
    names = [path.stem for path in paths]
    say(f"[bold]1. Executing {COUNT} snippets[/bold] on {CORES} cores: {', '.join(names)}")
    say("  ours            ", end="")
    ours, _ = timed(sys.executable, "-m", "generator", "run", "--all", *names)
    say(f"{ours:6.1f} s")
    say("  floor           ", end="")
    _, said = timed(sys.executable, "-c", FLOOR, SNIPPETS, *paths, **ONE_THREAD)
    start, *bodies = map(json.loads, said.splitlines())
    floor = start + sum(seconds for seconds, _ in bodies) / CORES
    say(f"{floor:6.1f} s, of which the import takes {start:.1f}")
    compare("alone it", paths, [text for _, text in bodies])
    say("  mkdocs-jupyter  ", end="")
    theirs, texts = mkdocs_jupyter(work, paths)
    say(f"{theirs:6.1f} s")
    compare("mkdocs-jupyter", paths, texts)
    say(f"  [bold]mkdocs-jupyter / ours {theirs / ours:.1f}, ours / floor {ours / floor:.2f}")


def building(work):
    """Measure what a build takes after one page was edited; return our built site."""
    say(f"[bold]2. Building after {PAGE}.md was edited[/bold], in turns, first with empty caches")
    ours, turns = work / "ours", []
    shutil.copytree(ROOT, ours, ignore=shutil.ignore_patterns(".*", "site", "tests"))
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (ours / "keep.py").write_text(KEEP, encoding="utf-8")
    (ours / "mkdocs.yml").write_text(config.replace("hooks.py]", "hooks.py, keep.py]"), "utf-8")
    section = config.partition("markdown_extensions:")[2].partition("\n\n")[0]
    extensions = re.findall(r"^ +- ([\w.]+)", section, re.MULTILINE)
    plain = project(ours / "plain", "search", extensions=extensions)
    (plain / "notebooks").mkdir()
    for path in NOTEBOOKS.glob("*.ipynb"):
        text, _ = nbconvert.MarkdownExporter().from_filename(path)
        (plain / f"notebooks/{path.stem}.md").write_text(text, encoding="utf-8")
    for turn in range(1 + TURNS):
        with (ours / f"docs/{PAGE}.md").open("a", encoding="utf-8") as page:
            page.write(f"\n<!-- {turn} -->\n")
        turns.append([build(ours), build(plain.parent)])
        say("  ours {:5.1f} s, Material {:5.1f} s".format(*turns[-1]))
    a, b = map(statistics.median, zip(*turns[1:], strict=True))
    count = [len(list((each / "site").rglob("index.html"))) for each in (ours, plain.parent)]
    say(f"  [bold]ours / Material {a / b:.2f}[/bold], {count[0]} and {count[1]} pages")
    return ours / "site"


def visit(browser, site, address):
    """Return how many files a first visit fetches, and their bytes."""
    with window.serving(site) as home, window.opened(browser, "about:blank") as page:
        urls = set()
        page.on("request", lambda request: urls.add(urlsplit(request.url).path))
        page.goto(home + address, wait_until="networkidle")
    files = [site / url.removeprefix(f"/{site.name}/") for url in urls]
    texts = [(file / "index.html" if file.is_dir() else file).read_bytes() for file in files]
    return len(texts), sum(min(len(text), len(gzip.compress(text))) for text in texts)


def first_visit(work, ours):
    """Measure what a first visit fetches."""
    say("[bold]3. A first visit[/bold], compressed")
    bare = project(work / "bare", "search")
    (bare / "index.md").write_text("# Hello\n", encoding="utf-8")
    build(bare.parent)
    with window.started() as browser:
        files, least = visit(browser, bare.parent / "site", "")
        say(f"  a bare Material site  {files:3} files {least / 1000:7.1f} kB")
        for name, address in (("our home page", ""), ("one of our pitfalls", f"{PAGE}/")):
            files, sent = visit(browser, ours, address)
            say(f"  {name:20}  {files:3} files {sent / 1000:7.1f} kB, {sent / least:.2f} of it")


if __name__ == "__main__":
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as temporary:
        execution(Path(temporary))
        first_visit(Path(temporary), building(Path(temporary)))
    say(f"All of it took {time.perf_counter() - begun:.0f} s")
