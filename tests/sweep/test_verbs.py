"""What pages call."""

import pytest

from generator.common import ProblemError
from generator.sweep import cases, environments
from generator.sweep.verbs import FIGURES, VIEWS, releases, sweep
from tests.sweep.conftest import Place

NEWEST, LOOP = environments.newest(), environments.newest("loop")


def test_releases_that_answer_alike_share_a_row_and_what_was_not_run_comes_last(record, place):
    del record.found["regression-mse"]["keras-1.2.2"]
    made = releases("regression-mse", place=place)
    asked = f"`make versions ENV={NEWEST.id},{LOOP.id} CASE=regression-mse`"
    assert made.startswith(f"[versions:regression-mse]\n\nRun it yourself: {asked}")
    head, old, new, last = place.rows["versions:regression-mse"]
    assert head == ["Releases", "'accuracy' of a regression, mse"]
    assert old[0].endswith(f" to 3.4.1; tf.keras 1.10.1 to 2.1.4; {LOOP.label}")
    assert new[0].startswith(f"Keras 3.5.0 to {NEWEST.release}; tf.keras 2.2.0 to tf-keras")
    assert new[0].endswith(f"{NEWEST.label} on JAX, PyTorch, NumPy")
    assert last == ["Keras 1.2.2", "not run"]


@pytest.mark.usefixtures("record")
def test_the_answers_to_a_case_stand_below_each_other_the_most_common_last(place):
    made = releases("regression-*", "regression-mae", by="answer", place=place)
    assert "CASE='regression-*,regression-mae'`" in made
    old, new, steady = place.rows["versions:regression-*,regression-mae"][1:]
    assert old[:2] == ["'accuracy' of a regression, mse", "0.5, rounded"]
    assert old[2].startswith("Keras 1.2.2 to 3.4.1; tf.keras")
    assert new == ["", "0.25, binary", "all others"]
    assert steady == ["'accuracy' of a regression, mae", "1", "all"]


def test_dates_errors_and_figures_stay_in_the_line(record):
    record.found["regression-mae"]["keras-2.0.4"] = {"error": "E", "message": "no <b> here"}
    place = Place(alone=False)
    dated = "versions:regression-mse: in Keras 3.5.0"
    assert releases("regression-mse", since="keras", place=place) == dated
    said = releases("regression-mae", error="keras-2.0.4", place=place)
    assert said == "versions:regression-mae: `no <b> here`"


def test_figures_count_what_was_run(place):
    assert sweep("cases", place=place) == f"versions:cases: {len(cases.load())}"


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("call", "names", "options", "message"),
    [
        (releases, [], {}, "names no cases of snippets/versions/cases"),
        (releases, ["a", "b"], {"since": "keras"}, "names 2 cases"),
        (releases, ["no-such"], {}, "no case 'no-such' in snippets/versions/cases"),
        (releases, ["one-hot-mse"], {}, "'one-hot-mse' has not been run on any release"),
        (releases, ["regression-mse"], {"error": "no-such"}, "'no-such' answered no error to"),
        (releases, ["regression-mse"], {"by": "colour"}, "by release or answer, not by 'colour'"),
        (sweep, ["timeline"], {"place": Place(alone=False)}, "a table stands alone"),
        (sweep, ["no-such"], {}, f"there are: {', '.join([*VIEWS, *FIGURES])}$"),
    ],
)
def test_a_call_that_cannot_be_answered_says_why(call, names, options, message, place):
    with pytest.raises(ProblemError, match=message):
        call(*names, **{"place": place} | options)
