"""The rule and the formula of metrics/accuracy.md against Keras, on shapes and values at random."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formulas.arrays import array, eighths

sizes = st.lists(st.sampled_from([1, 2, 3]), max_size=3)


@given(labels=sizes, outputs=sizes)
def test_rule_says_what_keras_chooses_for_any_pair_of_shapes(names_of, labels, outputs):
    page = names_of("accuracy", "matrix", "rule")
    batch = [np.zeros((5, *shape)) for shape in (labels, outputs)]
    assert page["rule"](*batch) == page["outcome"](*batch).split(",")[0]


@given(
    data=st.data(),
    places=st.tuples(st.integers(2, 6)) | st.tuples(st.integers(2, 6), st.just(3)),
    classes=st.integers(2, 4),
    kind=st.sampled_from(["binary", "class numbers", "column", "one-hot"]),
)
def test_numpy_equals_keras(names_of, data, places, classes, kind):
    y_true = array(data.draw, st.integers(0, classes - 1), places, "float64")
    if kind == "binary":
        y_true = array(data.draw, st.sampled_from([0.0, 1.0, 0.5, 2.0]), (*places, 1))
    elif kind == "one-hot":
        y_true = np.eye(classes)[y_true.astype(int)]
    elif kind == "column":
        y_true = y_true[..., None]
    y_pred = array(data.draw, eighths, (*places, 1 if kind == "binary" else classes))
    page = names_of("accuracy")
    evaluated = float(page["report"](y_true, y_pred)[1])
    assert page["accuracy_of_batch"](y_true, y_pred) == pytest.approx(evaluated, abs=1e-4)
