"""The formulas that one Keras or another has called accuracy, in NumPy.

A case that is to tell them apart must get a different number from each.
"""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def binary(y_true: Array, y_pred: Array) -> float:
    """Cells on the right side of 0.5."""
    return float(np.mean(y_true == (y_pred > 0.5)))


def rounded(y_true: Array, y_pred: Array) -> float:
    """Cells equal to the rounded prediction: the binary accuracy of old releases."""
    return float(np.mean(y_true == np.round(y_pred)))


def categorical(y_true: Array, y_pred: Array) -> float:
    """Rows whose largest label stands where the largest prediction does."""
    return float(np.mean(y_true.argmax(-1) == y_pred.argmax(-1)))


def sparse(y_true: Array, y_pred: Array) -> float:
    """Rows whose label is the number of the largest prediction."""
    if y_true.ndim == y_pred.ndim and y_true.shape[-1] == 1:
        y_true = y_true[..., 0]
    return float(np.mean(y_true == y_pred.argmax(-1)))


def exact(y_true: Array, y_pred: Array) -> float:
    """Cells equal to the prediction."""
    return float(np.mean(y_true == y_pred))


RULES: dict[str, Callable[[Array, Array], float]] = {
    rule.__name__: rule for rule in (binary, rounded, categorical, sparse, exact)
}


def results(y_true: Array, y_pred: Array) -> dict[str, float]:
    """Return what each rule gives, leaving out those that the shapes do not fit."""
    if y_true.ndim == 1 and y_pred.shape[1:] == (1,):
        y_true = y_true[:, None]  # as every model does with labels (N,)
    found = {}
    for name, rule in RULES.items():
        try:
            found[name] = rule(y_true, y_pred)
        except ValueError:  # NumPy cannot broadcast them, and no Keras can
            continue
    return found


def distinct(y_true: Array, y_pred: Array) -> bool:
    """Tell whether no two rules give the same."""
    values = results(y_true, y_pred).values()
    return all(abs(one - other) > 1e-4 for one, other in itertools.combinations(values, 2))
