"""The formulas that one Keras or another has called accuracy, in NumPy.

A case that is to tell them apart must get a different number from each. The labels and predictions
of the selection grid are drawn so: `python -m tests.sweep.rules` writes `snippets/versions/grid.json`.
"""

import contextlib
import itertools
import json

import numpy as np

from generator.common import write
from generator.sweep import cases

TRIES = 20_000


def _sparse(y_true, y_pred):
    if y_true.ndim == y_pred.ndim and y_true.shape[-1] == 1:
        y_true = y_true[..., 0]
    return y_true == y_pred.argmax(-1)


RULES = {
    "binary": lambda y_true, y_pred: y_true == (y_pred > 0.5),
    "rounded": lambda y_true, y_pred: y_true == np.round(y_pred),  # binary in old releases
    "categorical": lambda y_true, y_pred: y_true.argmax(-1) == y_pred.argmax(-1),
    "sparse": _sparse,
    "exact": lambda y_true, y_pred: y_true == y_pred,
}


def results(y_true, y_pred):
    """Return what each rule gives, leaving out those that the shapes do not fit."""
    if y_true.ndim == 1 and y_pred.shape[1:] == (1,):
        y_true = y_true[:, None]  # as every model does with labels (N,)
    found = {}
    for name, rule in RULES.items():
        with contextlib.suppress(ValueError):  # NumPy cannot broadcast them, and no Keras can
            found[name] = float(np.mean(rule(y_true, y_pred)))
    return found


def distinct(numbers):
    """Tell whether no two numbers are the same."""
    return all(other - one > 1e-4 for one, other in itertools.pairwise(sorted(numbers)))


def draw(labels, output, sizes):
    """Return labels and predictions of some shape on which the known rules all differ.

    Class numbers where the last size is not K, one-hot rows where it is. The first random draw is
    taken on which no two rules agree, so the data stay what they are while the sizes do.
    """
    label_shape, output_shape = (
        tuple(int(sizes.get(size, size)) for size in shape.split(",")) for shape in (labels, output)
    )
    for seed in range(TRIES):
        random = np.random.RandomState(seed)  # its numbers never change
        y_pred = np.round(random.uniform(-1, 3, output_shape), 2)
        y_true = random.randint(0, sizes["K"], label_shape)
        if labels.endswith("K"):
            y_true = np.eye(sizes["K"], dtype=int)[random.randint(0, sizes["K"], label_shape[:-1])]
        if distinct(results(y_true, y_pred).values()):
            return {"y_true": y_true.tolist(), "y_pred": y_pred.tolist()}
    raise ValueError(f"labels {labels} with output {output}: rules agree on every draw")


def drawn():
    """Return labels and predictions for each two shapes of the grid."""
    return {" | ".join(pair): draw(*pair, cases.axes()["sizes"]) for pair in cases.pairs()}


if __name__ == "__main__":
    rows = [f"{json.dumps(pair)}: {json.dumps(data)}" for pair, data in drawn().items()]
    write(cases.DRAWN, "{\n" + ",\n".join(rows) + "\n}\n")
