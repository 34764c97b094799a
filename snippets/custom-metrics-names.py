# %% [markdown]
# # What a metric of your own is called in the results
#
# Only the names matter here. All but the lambda compute the same:
# whether a row is right.

# %% setup
import functools

import keras
import numpy as np
from keras import ops

y_true = np.array([[0.0], [1.0]])
y_pred = np.array([[0.2], [0.4]])


def evaluated(metric):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity()]
    )
    model.compile(loss="mse", metrics=[metric], run_eagerly=True)
    results = model.evaluate(
        y_pred, y_true, verbose=0, return_dict=True
    )
    del results["loss"]
    return results


def right(y_true, y_pred):
    return ops.cast(
        ops.equal(y_true, ops.cast(y_pred > 0.5, "float32")), "float32"
    )


def f1(y_true, y_pred):
    return right(y_true, y_pred)


class F1(keras.metrics.MeanMetricWrapper):
    def __init__(self, name="f1"):
        super().__init__(right, name=name)


# %% names
def F1Score(y_true, y_pred):  # noqa: N802
    return right(y_true, y_pred)


def top(y_true, y_pred, k=1):
    return right(y_true, y_pred)


class Callable:
    def __call__(self, y_true, y_pred):
        return right(y_true, y_pred)


def factory(k):
    def inner(y_true, y_pred):
        return right(y_true, y_pred)

    return inner


named = factory(3)
named.__name__ = "top3"
wrapped = keras.metrics.MeanMetricWrapper(top, name="top3", k=3)
print("metrics=[…] | key in the results")
for words, metric in (
    ("def f1(…)", f1),
    ("def F1Score(…)", F1Score),
    ("lambda y_true, y_pred: …", lambda t, p: 1 - right(t, p)),
    ("functools.partial(top, k=3)", functools.partial(top, k=3)),
    ("factory(3), which returns def inner(…)", factory(3)),
    ("the same with __name__ = 'top3'", named),
    ("MeanMetricWrapper(top, name='top3', k=3)", wrapped),
    ("Callable(), an object", Callable()),
    ("F1(), a subclass of Metric", F1()),
    ("F1(name='mine')", F1(name="mine")),
    ("F1, the class", F1),
):
    print(words, *evaluated(metric), sep=" | ")

# %% as-string raises="ValueError"
evaluated("f1")
