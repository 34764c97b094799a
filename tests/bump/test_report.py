"""The report: what changed, written so that a person can review it."""

from generator.bump import report


def test_outcomes_that_read_alike_are_told_by_what_differs():
    one, other = ({"error": "ValueError", "message": message} for message in "ab")
    assert report.change("case", one, other) == report.Change(
        "case", '{"message": "a"}', '{"message": "b"}', shown=False
    )
    assert report.change("case", None, other).was == "not run"
    answered = report.Answers("r", "x", "y", 2, [report.change("case", one, other)])
    said = "\n".join(report._answered([answered]))
    assert "### y after x: 1 of 2 cases of r answered otherwise" in said
    assert "The last 1 only in what no page shows" in said


def test_bars_in_the_names_of_cases_do_not_end_a_column():
    assert report.rows(["case"], [["N | K"]])[-2] == r"| N \| K |"
