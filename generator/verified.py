"""Which recordings this clone has already seen confirmed by a run of its own.

A fresh clone has confirmed none, so its first `make site` runs everything. The note is a cache: it
may be deleted at any time, and is never committed.
"""

import hashlib
import json
from pathlib import Path

from generator import recordings
from generator.files import write
from generator.paths import CACHE, LOCK, SNIPPETS
from generator.snippets import Snippet

NOTE = CACHE / "verified.json"


def key(name: str, text: str) -> str:
    """Hash all that the outcome of running a snippet of this text, and its recording, depend on."""
    digest = hashlib.sha256(text.encode())
    data = sorted((SNIPPETS / "data").glob("*"))
    for path in [LOCK, recordings.path_of(name), *data]:
        digest.update(path.read_bytes() if path.is_file() else b"missing")
    return digest.hexdigest()


def read(note: Path = NOTE) -> dict[str, str]:
    """Return the key under which each snippet was last confirmed."""
    try:
        return dict(json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def add(snippet: Snippet, note: Path = NOTE) -> None:
    """Note that this snippet has just printed what its recording says."""
    write(note, json.dumps(read(note) | {snippet.name: key(snippet.name, snippet.text)}, indent=1))
