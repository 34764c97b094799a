"""Measure this project against its peers: `make bench`. Losses are printed, too.

1. Executing 12 snippets, evenly chosen by name of those that raise nothing, so that whoever cannot
   run one stops the bench: `python -m generator run --all` against what a build by mkdocs-jupyter
   takes longer with `execute: true`. The floor is what no tool can avoid: one import of Keras, and
   each body alone, forked from that process, their sum divided by the number of cores.
2. Building after one page was edited: our `mkdocs build` against Material with only its search, on
   the same Markdown, after the verbs were replaced, and the notebooks as Markdown. Median of 3.
3. A first visit: all that a browser fetches, gzipped where that helps, against bare Material.
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

import nbconvert
from rich.console import Console

from generator.common import NOTEBOOKS, ROOT, SNIPPETS, read, write
from tests.browser import window

COUNT, TURNS, CORES = 12, 3, os.cpu_count() or 1
QUIET = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "2"}
ONE_THREAD = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}  # as ours has
BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")
PAGE = "pitfalls/regression-mse"
say = Console(highlight=False, soft_wrap=True).print

# Run by a Python of its own, which prints the seconds of its imports, and those of each notebook.
FLOOR = """
import contextlib, io, json, os, sys, time
start = time.perf_counter()
import keras, tf_keras
print(time.perf_counter() - start, flush=True)
os.chdir(sys.argv[1])
for path in sys.argv[2:]:
    start, names = time.perf_counter(), {"__name__": "__main__"}
    if child := os.fork():
        if os.waitpid(child, 0)[1]:
            sys.exit(path)
        continue
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in json.load(open(path))["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
    print(time.perf_counter() - start, flush=True)
    os._exit(0)
"""
# A hook that hands on the Markdown of each page, edits included, as the hooks before it left it.
KEEP = """
from pathlib import Path
from generator.common import write
def on_page_markdown(markdown, page, **_):
    if page.file.src_uri.endswith(".md"):
        write(Path("plain/docs", page.file.src_uri), markdown)
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
    write(folder / "mkdocs.yml", json.dumps(config))
    (folder / "docs").mkdir()
    return folder / "docs"


def execution(work):
    """Measure what executing snippets takes."""
    every = sorted(NOTEBOOKS.glob("*.ipynb"))
    every = [path for path in every if '"output_type": "error"' not in read(path)]
    paths = [every[place * len(every) // COUNT] for place in range(COUNT)]
    names = [path.stem for path in paths]
    say(f"[bold]1. Executing {COUNT} snippets[/bold] on {CORES} cores: {', '.join(names)}")
    ours, _ = timed(sys.executable, "-m", "generator", "run", "--all", *names)
    say(f"  ours            {ours:6.1f} s")
    _, said = timed(sys.executable, "-c", FLOOR, SNIPPETS, *paths, **ONE_THREAD)
    start, *bodies = map(float, said.split())
    floor = start + sum(bodies) / CORES
    say(f"  floor           {floor:6.1f} s, of which the import takes {start:.1f}")
    took = {}
    for execute in (False, True):
        plugin = {"mkdocs-jupyter": {"execute": execute, "allow_errors": False}}
        docs = project(work / f"execute-{execute}", plugin)
        shutil.copytree(SNIPPETS / "data", docs / "data")
        for path in paths:
            shutil.copy(path, docs)
        took[execute], _ = timed(*BUILD, cwd=docs.parent)
    theirs = took[True] - took[False]
    say(f"  mkdocs-jupyter  {theirs:6.1f} s")
    say(f"  [bold]mkdocs-jupyter / ours {theirs / ours:.1f}, ours / floor {ours / floor:.2f}")


def building(work):
    """Measure what a build takes after one page was edited; return our built site."""
    say(f"[bold]2. Building after {PAGE}.md was edited[/bold], in turns; the first does not count")
    ours, turns = work / "ours", []
    shutil.copytree(ROOT, ours, ignore=shutil.ignore_patterns(".*", "site", "tests"))
    for kept in ROOT.glob(".cache/mkdocs-jupyter"):  # rendered before, as whoever edits has it
        shutil.copytree(kept, ours / kept.relative_to(ROOT))
    config = read(ROOT / "mkdocs.yml")
    write(ours / "keep.py", KEEP)
    write(ours / "mkdocs.yml", config.replace("hooks.py]", "hooks.py, keep.py]"))
    section = config.partition("markdown_extensions:")[2].partition("\n\n")[0]
    extensions = re.findall(r"^ +- ([\w.]+)", section, re.MULTILINE)
    plain = project(ours / "plain", "search", extensions=extensions)
    exporter = nbconvert.MarkdownExporter()
    for path in NOTEBOOKS.glob("*.ipynb"):
        text, _ = exporter.from_filename(path)
        write(plain / f"notebooks/{path.stem}.md", text)
    for turn in range(1 + TURNS):
        with (ours / f"docs/{PAGE}.md").open("a", encoding="utf-8") as page:
            page.write(f"\n<!-- {turn} -->\n")
        turns.append([timed(*BUILD, cwd=folder)[0] for folder in (ours, plain.parent)])
        say("  ours {:5.1f} s, Material {:5.1f} s".format(*turns[-1]))
    a, b = map(statistics.median, zip(*turns[1:], strict=True))
    say(f"  [bold]ours / Material {a / b:.2f}")
    return ours / "site"


def first_visit(work, ours):
    """Measure what a first visit fetches."""
    say("[bold]3. A first visit[/bold], compressed")
    bare = project(work / "bare", "search")
    write(bare / "index.md", "# Hello\n")
    timed(*BUILD, cwd=bare.parent)
    answers, least = {}, 0
    with window.started() as browser:
        for name, site, address in (
            ("a bare Material site", bare.parent / "site", ""),
            ("our home page", ours, ""),
            ("one of our pitfalls", ours, f"{PAGE}/"),
        ):
            with window.serving(site) as home, window.opened(browser, "about:blank") as page:
                answers.clear()
                page.on("response", lambda answer: answers.update({answer.url: answer}))
                page.goto(home + address, wait_until="networkidle")
                bodies = [answer.body() for answer in answers.values()]
            sent = sum(min(len(body), len(gzip.compress(body))) for body in bodies)
            least = least or sent
            say(f"  {name:20}  {sent / 1000:7.1f} kB, {sent / least:.2f} of the first")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        execution(Path(temporary))
        first_visit(Path(temporary), building(Path(temporary)))
