"""Links to the source of Keras: they follow their line, or stay."""

from generator.bump import links
from generator.paths import ROOT
from tests.bump.releases import (
    FORMER,
)


def test_links_follow_their_line_to_the_newest_release():
    link = "[`{}`](https://github.com/keras-team/keras/blob/v{}/keras/src/a.py#L{})"
    page = "\n".join(link.format(one, "1.0", 2) for one in ("stays", "moved", "twice", "gone"))
    source = ["", "stays", "twice", "  moved", "twice"]
    made = links.raised(page, {"keras": "1.1"}, lambda *_: source)
    assert made.split("\n") == [
        link.format("stays", "1.1", 2),
        link.format("moved", "1.1", 4),
        link.format("twice", "1.0", 2),
        link.format("gone", "1.0", 2),
    ]
    assert links.raised(page, {"keras": "1.0"}, lambda *_: []) == page


def test_links_of_the_pages_are_those_of_the_installed_source():
    """So that following them is no guess: nothing is raised to the release that is named already."""
    for page in sorted((ROOT / "docs" / "metrics").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        older = text.replace(f"/blob/v{FORMER['keras']}/", "/blob/v0.0.0/")
        assert links.raised(older, FORMER) == text
