"""Every page of a kind has the same sections, in the same order, with what belongs into each."""

import importlib.metadata
import importlib.util
import re
from pathlib import Path

import pytest

from generator import pages, snippets

PITFALL = {
    "in-short": "In short",
    "see-it": "See it",
    "what-keras-computes": "What Keras computes",
    "do-this-instead": "Do this instead",
    "by-version": "By version",
    "asked-before": "Asked before",
    "source": "Source",
}
METRIC = {
    "in-short": "In short",
    "signature": "Signature",
    "shapes": "Shapes and dtypes",
    "what-keras-computes": "What Keras computes",
    "see-it": "See it",
    "edge-values": "Edge values",
    "bad-input": "Bad input",
    "spellings": "Function, class, string",
    "by-version": "By version",
    "asked-before": "Asked before",
    "source": "Source",
}
TEMPLATES = {"pitfalls": PITFALL, "metrics": METRIC}
HEADING = re.compile(r"^(#+) (.+?)(?: \{ #([a-z0-9-]+) \})?$", re.MULTILINE)
CALL = re.compile(r'\{\{ (code|output|table)\("([^"]+)", "([^"]+)"\) \}\}')
SOURCE = re.compile(
    r"\[`(?P<line>[^`]+)`\]\(https://github\.com/keras-team/(?P<repository>keras|tf-keras)"
    r"/blob/v(?P<release>[0-9.]+)/(?P<path>\S+)#L(?P<number>\d+)\)"
)

PAGES = [page for folder in pages.FOLDERS for page in pages.load(folder)]
every_page = pytest.mark.parametrize("page", PAGES, ids=[page.url for page in PAGES])


def sections(page):
    """Return section id -> its Markdown, and check that nothing stands before the first."""
    parts = re.split(r"^## .+? \{ #([a-z0-9-]+) \}$", page.body, flags=re.MULTILINE)
    assert not parts[0].strip(), "text before the first section"
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@every_page
def test_sections_are_those_of_the_template_in_its_order(page):
    found = {name: text for level, text, name in HEADING.findall(page.body) if level == "##"}
    assert list(found.items()) == list(TEMPLATES[page.path.parent.name].items())


@every_page
def test_every_heading_has_an_id_of_its_own(page):
    ids = [name for _, _, name in HEADING.findall(page.body)]
    assert all(ids)
    assert len(ids) == len(set(ids))


@every_page
def test_in_short_is_three_lines(page):
    lines = [line for line in sections(page)["in-short"].splitlines() if line]
    assert [line.split("**")[1] for line in lines] == ["Computed:", "Misleading:", "Instead:"]


@every_page
def test_sections_show_code_and_what_it_printed(page):
    shown = ["see-it", "what-keras-computes"]
    if page.path.parent.name == "pitfalls":
        shown.append("do-this-instead")
    for name in shown:
        functions = {function for function, _, _ in CALL.findall(sections(page)[name])}
        assert "code" in functions, f"{name} shows no code"
        assert functions & {"output", "table"}, f"{name} shows no output"


@every_page
def test_what_keras_computes_is_recomputed_with_the_assert_visible(page):
    calls = CALL.findall(sections(page)["what-keras-computes"])
    cells = {(name, cell) for function, name, cell in calls if function == "code"}
    sources = [
        cell.source
        for name, wanted in cells
        for cell in snippets.load(name).cells
        if cell.name == wanted
    ]
    assert any("assert " in source and "np." in source for source in sources)


@every_page
def test_asked_before_links_threads_and_says_what_was_asked(page):
    lines = [line for line in sections(page)["asked-before"].splitlines() if line]
    assert lines
    for line in lines:
        assert re.fullmatch(r"- \[.+\]\(https://[^)]+\) \S.+", line), line


@every_page
def test_source_is_a_line_of_the_installed_release(page):
    text = sections(page)["source"]
    links = list(SOURCE.finditer(text))
    assert links
    assert len(links) == text.count("](https://github.com/keras-team/"), "a link of another form"
    for link in links:
        package = link["repository"].replace("-", "_")
        assert link["release"] == importlib.metadata.version(link["repository"])
        root = Path(importlib.util.find_spec(package).origin).parent.parent
        lines = (root / link["path"]).read_text(encoding="utf-8").splitlines()
        assert lines[int(link["number"]) - 1].strip() == link["line"]


@every_page
def test_each_class_of_question_has_a_section(page):
    ids = {name for _, _, name in HEADING.findall(page.body)}
    assert set(page.meta["answers"]) <= ids


def test_a_class_of_question_is_answered_on_at_most_two_pages():
    answers = [slug for page in PAGES for slug in page.meta["answers"]]
    assert all(answers.count(slug) <= 2 for slug in answers)


@every_page
def test_recordings_of_a_page_are_shown_on_it(page):
    """A snippet that no page shows is one that nobody reads."""
    shown = {name for _, name, _ in CALL.findall(page.body)}
    assert {recording.name for recording in pages.recordings_of(page)} <= shown
