"""What the selection grid leaves out is known from what it holds."""

import itertools

import pytest

from generator.versions import axes, results

WANTED = axes.axes()
PAIRS = list(itertools.product(WANTED["labels"], WANTED["outputs"]))
RECORDS = [results.read(path).found for path in (results.SELECTION, results.PRODUCT)]


def answers(environment, loss, spelling):
    """Return what an environment answers to every pair of shapes, without words of errors."""
    listed = []
    for labels, output in PAIRS:
        cell = axes.cell_id(labels, output, loss, spelling)
        outcome = next(found[cell] for found in RECORDS if cell in found)[environment]
        listed.append({name: value for name, value in outcome.items() if name != "message"})
    return listed


@pytest.mark.parametrize("environment", WANTED["full"])
def test_spellings_that_agree_under_one_loss_agree_under_every_loss(environment):
    """So one loss is enough to know what a spelling means: the same as another, or not."""
    alike = 0
    for one, other in itertools.combinations(WANTED["spellings"], 2):
        same = {
            loss: answers(environment, loss, one) == answers(environment, loss, other)
            for loss in WANTED["losses"]
        }
        if same[WANTED["one_loss"]]:
            assert all(same.values()), (one, other)
            alike += 1
    assert alike >= 3


def test_the_two_environments_stand_for_the_two_rules():
    """The newest Keras answers alike whatever the loss, where it does not fail; the loop does not."""
    newest, loop = WANTED["full"]
    for environment, differs in ((newest, False), (loop, True)):
        chosen = [
            {one.get("metric") for one in column if "error" not in one}
            for column in zip(
                *(answers(environment, loss, "accuracy") for loss in WANTED["losses"]), strict=True
            )
        ]
        assert any(len(metrics) > 1 for metrics in chosen) == differs
