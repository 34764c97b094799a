"""Type real questions into the search of the built site: `make search-eval QUESTIONS=path`.

Each line of the file is a JSON object with a `title`, a `symptom` and a `pitfall_class`. A question is
found where a page is listed that names its class under `answers`. It is typed twice: its title, then
title and symptom. What no page answers counts as not found.
"""

import json
import os
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.utils import meta
from rich.console import Console
from rich.progress import track

from generator.common import DOCS, SITE, read
from tests.browser import window

say = Console(highlight=False, soft_wrap=True, markup=False).print
WAYS = {
    "title": lambda one: one["title"],
    "title_symptom": lambda one: f"{one['title']} {one['symptom']}",
}


def figures(ranks):
    """Return the share found first and among the first three, and the mean reciprocal rank."""
    return {
        "top1": round(statistics.mean(rank == 1 for rank in ranks), 3),
        "top3": round(statistics.mean(rank in {1, 2, 3} for rank in ranks), 3),
        "mrr": round(statistics.mean(1 / rank if rank else 0 for rank in ranks), 3),
    }


def main(path):
    questions = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    answering = defaultdict(set)
    for written in DOCS.rglob("*.md"):
        address = written.relative_to(DOCS).with_suffix("").as_posix().removesuffix("index")
        for slug in meta.get_data(read(written))[1].get("answers", []):
            answering[slug].add(f"/{address.rstrip('/')}/")
    ranks = {way: [] for way in WAYS}
    with window.started() as browser, window.serving(SITE) as home:
        root = urlsplit(home).path.rstrip("/")
        with window.opened(browser, home) as page:
            for one in track(questions, "Searching", console=Console(stderr=True)):
                wanted = {root + url for url in answering[one["pitfall_class"]]}
                for way, text in WAYS.items():
                    found = [urlsplit(url).path for url in window.search(page, text(one))]
                    places = [n for n, url in enumerate(found, 1) if url in wanted]
                    ranks[way].append(min(places, default=0))
    for number, one in enumerate(questions):
        if (rank := ranks["title_symptom"][number]) not in {1, 2, 3}:
            where = f"rank {rank}" if rank else "not found"
            why = "" if answering[one["pitfall_class"]] else ", which no page answers"
            say(f"{where}: {one['pitfall_class']}{why}: {one['title']}")
    for slug in sorted({one["pitfall_class"] for one in questions}):
        of_class = [n for n, one in enumerate(questions) if one["pitfall_class"] == slug]
        parts = (figures([ranks[way][n] for n in of_class]) for way in WAYS)
        say(f"{slug} ({len(of_class)}): {'; '.join(map(str, parts))}")
    overall = {way: figures(found) for way, found in ranks.items()}
    say(json.dumps(overall | {"n": len(questions)}))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("QUESTIONS", "")))
