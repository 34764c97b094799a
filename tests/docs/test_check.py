"""Pages keep every rule, and each rule is seen to refuse what breaks it."""

import dataclasses

import pytest

from generator.common import DOCS
from generator.render import pages
from tests.docs import check, new

PAGES = sorted(DOCS.rglob("*.md"))
GOOD = DOCS / "pitfalls" / "regression-mse.md"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_a_page_keeps_every_rule(path):
    assert [str(one) for one in check.problems(path)] == []


def test_a_class_of_question_is_answered_on_at_most_two_pages():
    every = [page for folder in pages.FOLDERS for page in pages.load(folder)]
    answers = [slug for page in every for slug in page.meta["answers"]]
    assert all(answers.count(slug) <= 2 for slug in answers)


def broken(tmp_path, old, new_text):
    """Return what is said of a good page in which something is changed."""
    text = GOOD.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "pitfalls" / GOOD.name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new_text, 1), encoding="utf-8")
    return [one for one in check.problems(path) if "is not shown" not in one.rule]


@pytest.mark.parametrize(
    ("old", "new_text", "rule", "remedy"),
    [
        ("code: KA001\n", "", "'code' is a required property", "schema"),
        ("code: KA001", "code: KA1", "code: 'KA1' does not match", "schema"),
        ("description: ", "descr: ", "'description' is a required property", "schema"),
        ("description: ", "descr: ", "unknown field 'descr'", "schema"),
        ("answers: [reg", "answers: [zeal-for-mse, reg", "is not in docs/data/questions", "schema"),
        ("answers: [regression-accuracy]", "answers: []", "answers: []", "schema"),
        ("metrics: [binary_accuracy]", "metrics: [acc]", "metrics/0: 'acc' is not one", "schema"),
        ('y_true: "(N,)"', 'y_true: "N"', "shapes/0/y_true: 'N' does not match", "schema"),
        ('"reported") }}', '"nothing") }}', "no cell 'nothing' in 'regression-mse'", "verbs"),
        ('"reported") }}', '"reported") }', "not a call", "verbs"),
        ("## See it { #see-it }", "### See it { #see-it }", "no section 'See it'", "## See it {"),
        ("## See it {", "## Look at it {", "the section is called 'See it'", "that name"),
        ("{ #stuck }", "{ #boston }", "the id 'boston' is given 2 times", "its own"),
        (" { #stuck }", "", "a heading without an id", "#some-id"),
        ("{ #regression-accuracy }", "{ #other }", "no section answers 'regression-acc", "the id"),
        ("- **Instead:**", "- **Better:**", "In short is not its three lines", "**Instead:**"),
        ('"formula") }}', '"formula", "output") }}', "not recomputed with a visible", "asserts"),
        ("closeness", "closeness " * 99, "words (answer), of at most 220", "Fold it"),
        ("Five rows", "Five rows " * 300, "words (prose), of at most 700", "Fold it"),
        ('answer="0.7143, *"', 'answer="0.5714, *"', "keras-1.2.2 (0.7143, binary", "one row"),
        ("Older releases", "Some", "a rule without its date", "since when"),
        ("- [Remove acc", "- (Remove acc", "not a thread", "[title](https://…)"),
        ("Five rows", "5 rows", "the number 5 is typed", "Let a run say it"),
        ("Five rows", "Rows of 0 or 1", "the number 0 is typed", "in code style: `0`"),
        ("Five rows", "`0.8333` of the rows", "the number 0.8333 is typed", "Let a run"),
        ("Five rows", "83% of rows", "the number 83% is typed", "Let a run"),
        ("Five rows", "In all releases rows", "'In all releases' is a result", "Name what was run"),
        ("Five rows", "```python", "'```' on a page", "come from a snippet"),
        ("Five rows", "<!-- think -->", "a comment is left", "delete"),
        ("title: ", "title: Two: ", "not YAML between lines of `---`", "schema"),
        ("Five rows", "https://github.com/keras-team/keras/blob/v3/a.py", "typed link", "source("),
    ],
)
def test_what_breaks_a_rule_is_named_with_line_and_remedy(tmp_path, old, new_text, rule, remedy):
    found = broken(tmp_path, old, new_text)
    one, *_ = (each for each in found if rule in each.rule)
    assert remedy in one.remedy
    text = (tmp_path / "pitfalls" / GOOD.name).read_text(encoding="utf-8").split("\n")
    assert one.line == 1 or new_text.partition(" {")[0].split("\n")[0] in text[one.line - 1]


def test_a_block_that_lacks_a_name_is_told_which_cell_has_to_say_so(monkeypatch):
    whole = check.recordings.load(GOOD.stem)
    bare = {name: dataclasses.replace(one, after=("setup",)) for name, one in whole.cells.items()}
    changed = dataclasses.replace(whole, cells=bare)
    load = check.recordings.load
    monkeypatch.setattr(
        check.recordings, "load", lambda name: changed if name == GOOD.stem else load(name)
    )
    said = [str(one) for one in check.problems(GOOD)]
    assert any(
        "cell 'formula' of snippets/regression-mse.py lacks 'results'" in one for one in said
    )
    assert all('after="…"' in one for one in said)


def test_numbers_that_somebody_vouches_for_are_left_alone(tmp_path):
    prose = "Above `0.5`, `1/K`, KA001, TF1-style, Keras 3, [TF 2.2](https://example.org)"
    assert broken(tmp_path, "Five rows", prose) == []


def test_a_new_pitfall_is_a_page_that_says_what_is_left_to_do(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("nav:\n      - pitfalls/a.md\n      - other.md\n")
    page, snippet, settings = new.begin("some-word", tmp_path)
    said = "\n".join(str(one) for one in check.problems(page))
    for rule in ("front matter", "a comment is left", "no such recording"):
        assert rule in said
    assert "is no section" not in said
    assert "- pitfalls/a.md\n      - pitfalls/some-word.md\n" in settings.read_text()
    assert "# %% formula" in snippet.read_text()
    with pytest.raises(check.ProblemError, match="is there already"):
        new.begin("some-word", tmp_path)
