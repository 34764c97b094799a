import jsonschema
import pytest

from generator.common import DATA, ProblemError, read_json
from generator.render import pages


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
    page = pages.owner("regression-mse-housing")
    assert [one.name for one in pages.recordings_of(page)] == [page.id, "regression-mse-housing"]
    assert pages.owner("accuracy-class-keras-two").id == "accuracy-class"
    with pytest.raises(ProblemError, match="named after no page"):
        pages.owner("regression")


def test_the_list_of_pitfalls_is_current():
    """Where this fails: `make docs` writes docs/data/pitfalls.json anew."""
    assert (DATA / "pitfalls.json").read_text(encoding="utf-8") == pages.index()


@pytest.mark.parametrize("data", ["bugs", "pitfalls", "quotations", "questions", "sources"])
def test_published_data_fits_its_schema(data):
    schema = read_json(DATA / f"{data}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(read_json(DATA / f"{data}.json"))
