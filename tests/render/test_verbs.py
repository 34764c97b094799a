"""What pages write between double braces, and the HTML that it becomes."""

import markdown
import pytest
from bs4 import BeautifulSoup

from generator.common import DOCS, ProblemError
from generator.record import recordings
from generator.render import search, verbs
from generator.render.sheet import Sheet

PAGE = DOCS / "pitfalls" / "regression-mse.md"
CELLS = recordings.load("regression-mse").cells


def built(text, path=PAGE):
    """Return a page as it is read: Markdown with the calls answered, made HTML, and filled."""
    sheet = Sheet(path, "../../")
    html = markdown.markdown(verbs.expand(text, sheet), extensions=["attr_list", "tables"])
    return BeautifulSoup(sheet.filled(html), "lxml").body


@pytest.fixture
def printing(monkeypatch):
    """Return a function that puts a recorded cell in the place of all."""

    def put(text, **declared):
        made = recordings.Recording("", "", {"cell": recordings.Output("", text, **declared)}, {})
        monkeypatch.setattr(recordings, "load", lambda _: made)

    return put


def test_a_run_is_code_and_below_it_what_it_printed():
    page = built('{{ run("regression-mse", "reported") }}')
    assert page.select_one("div.language-python").get_text().strip() == CELLS["reported"].source
    (output,) = page.select('div.recorded[data-recorded="regression-mse:reported"] samp')
    assert output.get_text() == CELLS["reported"].text


@pytest.mark.parametrize(("part", "there"), [("code", [1, 0]), ("output", [0, 1])])
def test_one_of_the_two_is_shown_on_request(part, there):
    page = built(f'{{{{ run("regression-mse", "reported", "{part}") }}}}')
    assert [len(page.select(one)) for one in ("div.language-python", "div.recorded")] == there


def test_every_output_links_the_cell_that_printed_it():
    text = '{{ run("regression-mse", "rows", "output") }}\n\nIt is {{ output("regression-mse", "chosen") }}.'
    links = [a["href"] for a in built(text).select("a.by-run")]
    assert links == [f"../../notebooks/regression-mse/#cell-id={one}" for one in ("rows", "chosen")]


def test_a_cell_that_prints_a_table_is_shown_as_one():
    table = built('{{ run("regression-mse", "rows", "output") }}').table
    printed = [line.split(" | ") for line in CELLS["rows"].text.splitlines()]
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
    assert rows == printed


@pytest.mark.parametrize(
    "text",
    [
        "__init__ *a* [b](c) `d` | e & <script>alert(1)</script> {{ run }}",
        "```\nnot a fence\n```",
        "\tindented\n\n    code\n# heading\n- list\n<!-- no comment -->",
        "\\ue000 0 \\1 &amp;",
    ],
)
def test_no_output_is_read_as_markup(printing, text):
    printing(text)
    if "\n" not in text:
        line = built('| a |\n|---|\n| It is {{ output("any", "cell") }}. |').select_one("td")
        assert line.get_text() == f"It is {text}."
        assert [element.name for element in line.find_all()] == ["a", "code"]
    block = built('Above.\n{{ run("any", "cell", "output") }}\nBelow.')
    assert block.samp.get_text() == text
    assert not block.samp.find_all()
    assert [p.get_text() for p in block.select("p")] == ["Above.", "Below."]


def test_what_code_needs_is_folded_above_it_once_a_page():
    call = '{{ run("regression-mse", "reported", "code") }}'
    page = built(f"{call}\n\n{call}")
    (folded,) = page.select("details.needed")
    assert CELLS["setup"].source in folded.get_text()
    assert len(page.select("div.language-python")) == 2
    setup = '{{ run("regression-mse", "setup", "code") }}'
    assert not built(f"{setup}\n\n{call}").select("details")
    again = call.replace(") }}", ", fresh=True) }}")
    assert len(built(f"{setup}\n\n{again}").select("details")) == 1


def test_a_quotation_is_marked_and_linked():
    line = built('It printed {{ quote("desertnaut-mse", "0.013833992168483997") }}.').q
    assert line["data-quoted"] == "desertnaut-mse"
    assert line.find_next("a")["href"] == verbs.quotations()["desertnaut-mse"]["url"]
    assert built('By {{ quote("desertnaut-mse", "K.round(y_pred)", "code") }}.').q.code
    assert built('{{ quote("desertnaut-mse", "0.013833992168483997") }}').blockquote.cite


def test_a_line_of_keras_is_linked_in_the_release_that_was_run():
    link = built(
        '{{ source("is_binary = y_p_last_dim == 1", "is_binary_or_sparse_categorical") }}'
    ).a
    release = recordings.load("regression-mse").versions["keras"]
    assert f"/keras/blob/v{release}/keras/src/trainers/compile_utils.py#L" in link["href"]
    assert link.get_text() == "is_binary = y_p_last_dim == 1"


def test_what_releases_answered_comes_with_the_command_that_asks_again():
    page = built('{{ releases("regression-mse", "dropout-1") }}')
    assert page.select_one('div[data-recorded="versions:regression-mse,dropout-1"] table')
    assert "make versions ENV=" in page.get_text()
    line = built('All {{ sweep("cases") }} of them.').p
    assert line.span["data-recorded"] == "versions:cases"
    assert line.span.get_text().isdigit()


def test_the_list_names_symptoms_without_their_cure():
    told = "`a: b` (N: M) fails: write `c`", "is it (N: M)? No", "is 0"
    seen = [search.CURE.sub(r"\1\2", one) for one in told]
    assert seen == ["`a: b` (N: M) fails", "is it (N: M)?", "is 0"]


def test_other_text_is_left_alone():
    text = "Plain `{x}` text\n\n## Heading { #id }"
    assert verbs.expand(text, Sheet(PAGE)) == text


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('{{ run("regression-mse", "nothing") }}', "no cell 'nothing' in 'regression-mse'"),
        ('{{ run("nowhere", "a") }}', "nowhere.ipynb: no such recording"),
        ('{{ run("regression-mse", "setup") }}', "prints nothing"),
        ('{{ run("regression-mse") }}', "cannot be read"),
        ("{{ run(regression, mse) }}", "cannot be read"),
        ('{{ run("regression-mse", "rows", "all") }}', "code, output or bars, not 'all'"),
        ('{{ print("a") }}', "no verb 'print'"),
        ("{{ run }}", "not a call"),
        ('{{ run("regression-mse", "rows") }', "not a call"),
        ('x {{ run("regression-mse", "rows") }}', "alone on their line"),
        ('{{ output("regression-mse", "chosen") }}', "stands in a sentence"),
        ('x {{ output("regression-mse", "rows") }}', "is one line"),
        ('{{ quote("desertnaut-mse", "0.0139") }}', "do not hold '0.0139'"),
        ('{{ quote("desertnaut-mse", "K.round", "bold") }}', "words or code, not 'bold'"),
        ('{{ quote("nobody", "x") }}', "no 'nobody' in docs/data"),
        ('{{ source("no such line") }}', "make record"),
        ('x {{ releases("regression-mse") }}', "stands alone on its line"),
    ],
)
def test_a_wrong_call_names_page_line_and_reason(tmp_path, call, said):
    page = tmp_path / "page.md"
    page.write_text(f"---\ncode: KA999\n---\n\nText\n\n{call}\n", encoding="utf-8")
    with pytest.raises(ProblemError) as error:
        verbs.expand(f"\nText\n\n{call}\n", Sheet(page))
    assert "page.md:7:" in str(error.value)
    assert said in str(error.value)


def test_a_cell_that_prints_no_table_is_not_shown_as_one(printing):
    printing("a | b", table=True)
    with pytest.raises(ProblemError, match="does not print a table"):
        verbs.run("any", "cell", place=Sheet(PAGE, alone=True))
