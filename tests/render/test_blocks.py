from bs4 import BeautifulSoup

from generator.render.blocks import bars, stacked, table


def rows(lines):
    return BeautifulSoup(table("a:b", lines), "lxml").select("tr")


def test_a_table_says_where_it_is_from_and_names_its_columns_and_rows():
    html = table('a:"b"', [["Name", "Value"], ["<one>", "1"]])
    assert html.startswith('<div class="recorded" data-recorded="a:&quot;b&quot;"')
    head, line = BeautifulSoup(html, "lxml").select("tr")
    assert [cell["scope"] for cell in head.select("th")] == ["col", "col"]
    assert line.th["scope"] == "row"
    assert line.th.get_text() == "<one>"


def test_a_line_that_begins_with_nothing_goes_on_under_the_one_above():
    first, second, third = rows([["Name", "Value"], ["a", "1"], ["", "2"], ["b", "3"]])[1:]
    assert first.th["rowspan"] == "2"
    assert second.th is None
    assert not third.th.has_attr("rowspan")
    assert [line.td.get_text() for line in (first, second, third)] == ["1", "2", "3"]


def test_a_phone_knows_what_its_columns_are_called_the_last_first():
    head = ["Releases", 'the "name"', "Write"]
    made = table("a:b", [head, ["a", "1", "2"]])
    written = f"<table>\n<thead><tr>{''.join(f'<th><code>{one}</code></th>' for one in head)}</tr></thead></table>"
    for page in (made, stacked(written)):
        style = BeautifulSoup(page, "lxml").table["style"]
        assert style == '--c1:"Write";--c2:"the \\"name\\""'


def test_a_bar_is_as_long_as_its_number_and_the_drawing_can_be_read_out():
    lines = [["batches", "reported", "right"], ["n = <1>", "0.25", "0.5"], ["n = 2", "-0.5", "0.5"]]
    page = BeautifulSoup(bars("a:b", lines, ""), "lxml")
    assert [one["width"] for one in page.select("rect")] == ["12.5%", "25.0%"]
    assert [one["x"] for one in page.select("rect")] == ["60.0%", "35.0%"]
    assert [one["x1"] for one in page.select("line")] == ["85.0%"] * 2
    said = page.svg["aria-label"]
    assert said.startswith("batches n = <1>, reported 0.25, right 0.5; batches n = 2, ")
    spans = [["who", "from", "to", "what"], ["a", "0", "3", "x"], ["b", "3", "4", "y"]]
    page = BeautifulSoup(bars("a:b", spans), "lxml")
    found = [(one["x"], one["width"]) for one in page.select("rect")]
    assert found == [("0.0%", "74.2%"), ("74.2%", "24.8%")]
    assert [one.text for one in page.select("text:not([x])")] == ["a: x", "b: y"]
