import jsonschema
import pytest

from generator.common import DATA, DOCS, ProblemError, read_json
from generator.render import pages

GOOD = (DOCS / "pitfalls" / "regression-mse.md").read_text(encoding="utf-8")


@pytest.fixture
def page(tmp_path):
    """Return a function that writes a changed copy of a pitfall page and reads it."""

    def read(old: str = "", new: str = "", name: str = "regression-mse"):
        folder = tmp_path / "pitfalls"
        folder.mkdir(exist_ok=True)
        assert old in GOOD
        path = folder / f"{name}.md"
        path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
        return pages.read(path)

    return read


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code: KA001\n", "", "'code' is a required property"),
        ("code: KA001", "code: KA1", "code: 'KA1' does not match"),
        ("title: ", "titel: ", "unknown field 'titel'"),
        ("description: ", "descr: ", "'description' is a required property"),
        ("description: ", "descr: ", "unknown field 'descr'"),
        ("answers: [regression-accuracy]", "answers: [regression]", "'regression' is not in docs"),
        ("answers: [regression-accuracy]", "answers: []", "answers: []"),
        ("metrics: [binary_accuracy]", "metrics: [acc]", "metrics/0: 'acc' is not one of"),
        ('y_true: "(N,)"', 'y_true: "N"', "shapes/0/y_true: 'N' does not match"),
    ],
)
def test_wrong_front_matter_is_refused_with_file_and_field(page, old, new, said):
    with pytest.raises(ProblemError) as error:
        page(old, new)
    assert "regression-mse.md:1: front matter: " in str(error.value)
    assert said in str(error.value)


def test_a_code_given_twice_is_refused(monkeypatch):
    real = pages.load("pitfalls")
    monkeypatch.setattr(pages, "load", lambda folder: real * 2 if folder == "pitfalls" else [])
    with pytest.raises(ProblemError, match="KA001/ leads to pitfalls/regression-mse/ already"):
        pages.redirects()


def test_a_former_name_leads_to_the_page(monkeypatch):
    (real, *_) = pages.load("pitfalls")
    renamed = pages.Page(real.path, real.meta | {"formerly": ["mse"]})
    monkeypatch.setattr(pages, "load", lambda folder: [renamed] if folder == "pitfalls" else [])
    assert pages.redirects() == {"KA001/": real.url, "pitfalls/mse/": real.url}


def test_a_recording_belongs_to_the_page_it_is_named_after():
    assert pages.owner("regression-mse").id == "regression-mse"
    assert pages.owner("regression-mse-housing").id == "regression-mse"
    with pytest.raises(ProblemError, match="named after no page"):
        pages.owner("regression")


def test_the_recordings_of_a_page_begin_with_its_own():
    page = next(page for page in pages.load("pitfalls") if page.id == "regression-mse")
    names = [recording.name for recording in pages.recordings_of(page)]
    assert names == ["regression-mse", "regression-mse-housing"]


def test_what_is_wrong_with_the_front_matter_is_told_at_once(page):
    with pytest.raises(ProblemError) as error:
        page("code: KA001\ntitle: ", "titel: ")
    assert len(str(error.value).splitlines()) == 3


def test_the_list_of_pitfalls_is_current():
    """Where this fails: `make docs` writes docs/data/pitfalls.json anew."""
    assert (DATA / "pitfalls.json").read_text(encoding="utf-8") == pages.index()


@pytest.mark.parametrize("data", ["bugs", "pitfalls", "quotations", "questions", "sources"])
def test_published_data_fits_its_schema(data):
    schema = read_json(DATA / f"{data}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(read_json(DATA / f"{data}.json"))
