from bs4 import BeautifulSoup

from generator.render.blocks import table


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


def test_a_long_name_may_break_between_its_words_and_reads_as_before():
    name = "the loss SparseCategoricalCrossentropy(from_logits=True) of TensorFlow"
    html = table("a:b", [["Name", "Value"], [name, "1"]])
    assert "Sparse<wbr>Categorical<wbr>Crossentropy(<wbr>from_<wbr>logits=<wbr>True)" in html
    assert "TensorFlow" in html
    assert BeautifulSoup(html, "lxml").select("th")[-1].get_text() == name
