"""What the compared runs printed is read off what they made, and compared."""

import nbformat
import pytest

from generator.bench import outputs, projects
from generator.errors import ProblemError

PAGE = """<div class="jp-OutputArea-output" data-mime-type="text/plain"><pre>
loss | value
</pre></div>
<div class="jp-OutputArea-output" data-mime-type="application/vnd.jupyter.stderr"><pre>W0</pre></div>
<div class="jp-OutputArea-output jp-OutputArea-executeResult" data-mime-type="text/plain"><pre>7</pre>
</div>
<div class="jp-OutputArea-output" data-mime-type="text/plain"><pre>mse | 0.5
</pre></div>"""


@pytest.fixture
def recording(tmp_path):
    cells = [
        nbformat.v4.new_markdown_cell("# Title"),
        nbformat.v4.new_code_cell(
            "print()",
            outputs=[
                nbformat.v4.new_output("stream", name="stdout", text="loss | value\nmse | 0.5\n"),
                nbformat.v4.new_output("stream", name="stderr", text="W0"),
                nbformat.v4.new_output(
                    "error", ename="ValueError", evalue="no", traceback=["ValueError: no"]
                ),
            ],
        ),
    ]
    path = tmp_path / "one.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_page_and_recording_of_the_same_run_agree(tmp_path, recording):
    page = tmp_path / "index.html"
    page.write_text(PAGE)

    assert outputs.of_page(page) == outputs.of_recording(recording) == "loss|valuemse|0.5"


def test_a_recording_as_a_markdown_page(recording):
    text = projects.notebook_as_markdown(recording)

    assert text.startswith("# Title\n\n```python\nprint()\n```\n")
    assert "```\nloss | value\nmse | 0.5\n```" in text
    assert "```\nValueError: no\n```" in text


def test_equal_work_is_accepted():
    outputs.require_same({"ours": {"a": "1"}, "theirs": {"a": "1"}})


@pytest.mark.parametrize("theirs", [{"a": "2"}, {}])
def test_other_work_is_refused(theirs):
    with pytest.raises(ProblemError, match="a printed something else in: theirs, than in: ours"):
        outputs.require_same({"ours": {"a": "1"}, "theirs": theirs})


def test_no_work_is_refused():
    with pytest.raises(ProblemError, match="a: printed nothing in: ours"):
        outputs.require_same({"ours": {"a": ""}, "theirs": {"a": ""}})
