import re

import markdown
import pytest
from bs4 import BeautifulSoup

from generator import calls, quotations, recordings, snippets
from generator.errors import ProblemError
from generator.paths import DOCS
from generator.versions import tables

PAGE = DOCS / "pitfalls" / "regression-mse.md"
REPORTED = recordings.load("regression-mse").cells["reported"]


def expanded(line):
    return calls.expand(line, PAGE)


def test_output_alone_is_a_block_and_within_a_line_stays_in_the_line():
    block = expanded('{{ output("regression-mse", "reported") }}')
    assert block.startswith('<div class="recorded" data-recorded="regression-mse:reported">')
    assert REPORTED.text in block
    line = expanded('It is {{ output("regression-mse", "chosen") }} here.')
    assert line == (
        'It is <code class="recorded" data-recorded="regression-mse:chosen">BinaryAccuracy</code> here.'
    )


def test_output_within_a_line_is_not_read_as_markdown(monkeypatch):
    text = "__init__ *a* [b](c) `d` | e"
    cell = recordings.Output("", text, "", "")
    monkeypatch.setattr(calls, "_cell", lambda *_: cell)
    line = markdown.markdown(expanded('It is {{ output("any", "cell") }}.'))
    assert BeautifulSoup(line, "lxml").get_text() == f"It is {text}."
    assert [element.name for element in BeautifulSoup(line, "lxml").p.find_all()] == ["code"]


def cell_of(name):
    return next(c for c in snippets.load("regression-mse").cells if c.name == name)


def test_code_is_the_code_of_the_snippet():
    source = cell_of("setup").source
    assert expanded('{{ code("regression-mse", "setup") }}') == f"```python\n{source}\n```"


def test_what_code_needs_is_folded_above_it_once_a_page():
    call = '{{ code("regression-mse", "reported") }}'
    first, second = expanded(f"{call}\n\n* * *\n\n{call}").split("\n\n* * *\n\n")
    block = f"```python\n{cell_of('reported').source}\n```"
    assert second == block
    assert first.endswith(f"</details>\n\n{block}")
    assert cell_of("setup").source in first


def test_code_that_was_shown_above_is_not_folded_again():
    page = expanded('{{ code("regression-mse", "setup") }}\n{{ code("regression-mse", "rows") }}')
    assert "<details" not in page


def test_a_table_has_a_head_and_a_cell_for_each_part():
    table = expanded('{{ table("accuracy", "losses") }}')
    printed = recordings.load("accuracy").cells["losses"].text.splitlines()
    assert table.count("<tr>") == len(printed)
    assert table.count('<th scope="col">') == 3
    assert "&#x27;accuracy&#x27; becomes" in table


def test_shapes_in_tables_do_not_break():
    table = expanded('{{ table("accuracy", "situations") }}')
    assert "(N,\N{NO-BREAK SPACE}1)" in table
    assert not re.search(r"\(N, ", table)


@pytest.mark.parametrize("function", ["versions", "answers"])
def test_what_releases_answered_comes_with_the_command_that_asks_again(function):
    shown, command = expanded(f'{{{{ {function}("regression-mse", "dropout-1") }}}}').split("\n\n")
    assert shown.startswith('<div class="recorded" data-recorded="versions:regression-mse,dropout')
    line = (
        r"Run it yourself: `make versions ENV=(\S+) CASE=regression-mse,dropout-1`\n{: .command }"
    )
    asked = re.fullmatch(line, command)
    assert asked[1].split(",") == tables.witnesses(("regression-mse", "dropout-1"))


def test_dates_and_figures_of_the_sweep_stay_in_the_line():
    line = expanded('It came {{ changed("regression-mse", "keras") }}.')
    assert re.fullmatch(r'It came <span data-recorded="versions:regression-mse">.+</span>\.', line)
    line = expanded('All {{ swept("cases") }} of them.')
    assert re.fullmatch(r'All <span data-recorded="versions:cases">\d+</span> of them\.', line)


@pytest.mark.parametrize("function", calls.WHOLE)
def test_a_table_of_the_sweep_stands_alone(function):
    arguments = {
        "timeline": '"keras", "2."',
        "differences": '"keras", "backend"',
        "spellings_by_loss": '"loop"',
    }
    call = f"{{{{ {function}({arguments.get(function, '')}) }}}}"
    assert "<table" in expanded(call)
    with pytest.raises(ProblemError, match="a table stands alone on its line"):
        calls._expand_line(f"Here: {call}", {})


def test_the_message_of_an_error_stands_in_a_sentence():
    line = expanded('It said {{ message("spelling-unknown", "keras-2.0.4") }}.')
    assert 'It said <code data-recorded="versions:spelling-unknown">(' in line
    assert "Unknown metric function" in line
    with pytest.raises(ProblemError, match="answered no error to 'regression-mse'"):
        calls._expand_line('{{ message("regression-mse", "keras-2.0.4") }}', {})


def test_a_quotation_is_marked_and_linked():
    source = quotations.load()["desertnaut-mse"]
    line = expanded('It printed {{ quote("desertnaut-mse", "0.013833992168483997") }}.')
    assert 'data-quoted="desertnaut-mse"' in line
    assert source.url in line
    line = expanded('By {{ quote("desertnaut-mse", "K.round(y_pred)", "code") }}.')
    assert "<code>K.round(y_pred)</code></q>" in line
    block = expanded('{{ quote("desertnaut-mse", "0.013833992168483997") }}')
    assert block.startswith("<blockquote")


def test_the_snippets_of_a_page_are_those_whose_recordings_it_puts_in():
    text = (
        'It is {{ output("one", "cell") }}, not {{ output("two", "cell") }}:\n'
        '{{ code("three", "cell") }}\n{{ table("four", "cell") }}\n'
        '{{ versions("case") }} {{ answers("case-*") }} {{ swept("cases") }} {{ pitfalls() }}'
    )
    assert calls.snippets_in(text) == {"one", "two", "three", "four"}


def test_other_text_is_left_alone():
    text = "Plain `{x}` text\n\n## Heading { #id }"
    assert expanded(text) == text


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('{{ output("regression-mse", "nothing") }}', "no cell 'nothing' in 'regression-mse'"),
        ('{{ output("nowhere", "a") }}', "nowhere.ipynb: no such recording"),
        ('{{ output("regression-mse", "setup") }}', "prints nothing"),
        ('{{ output("regression-mse") }}', "cannot be read"),
        ("{{ output(regression, mse) }}", "cannot be read"),
        ('{{ print("a") }}', "no function 'print'"),
        ("{{ output }}", "not a call"),
        ('x {{ output("regression-mse", "rows") }}', "stands alone"),
        ('x {{ code("regression-mse", "rows") }}', "stands alone"),
        ('{{ table("regression-mse", "reported") }}', "does not print a table"),
        ('{{ quote("desertnaut-mse", "0.0139") }}', "do not hold '0.0139'"),
        ('{{ quote("desertnaut-mse", "K.round", "bold") }}', "words or code, not 'bold'"),
        ('{{ quote("nobody", "x") }}', "no source 'nobody'"),
    ],
)
def test_a_wrong_call_names_page_line_and_reason(tmp_path, call, said):
    page = tmp_path / "page.md"
    page.write_text(f"---\ncode: KA999\n---\n\nText\n\n{call}\n", encoding="utf-8")
    with pytest.raises(ProblemError) as error:
        calls.expand(f"\nText\n\n{call}\n", page)
    assert "page.md:7:" in str(error.value)
    assert said in str(error.value)


def test_a_recording_that_its_snippet_has_outgrown_is_refused(monkeypatch):
    real = recordings.load("regression-mse")
    changed = real.cells | {"reported": recordings.Output("other code", "0.9", "", "")}
    monkeypatch.setattr(
        recordings,
        "load",
        lambda name: recordings.Recording(name, real.title, changed, real.versions),
    )
    with pytest.raises(ProblemError, match="accept it with `make record`"):
        expanded('{{ output("regression-mse", "reported") }}')
