# %% [markdown]
# # What a metric of your own is called in the results
#
# Only the names matter here, not the values.

# %% setup
import functools

import keras
import numpy as np
from keras import ops

y_true = np.array([[0.0], [1.0]])
y_pred = np.array([[0.2], [0.4]])


def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


def right(y_true, y_pred):
    return ops.cast(
        ops.equal(y_true, ops.cast(y_pred > 0.5, "float32")), "float32"
    )


def f1(y_true, y_pred):
    """Compute F1 of one batch."""
    guess = ops.cast(y_pred > 0.5, "float32")
    hits = ops.sum(y_true * guess)
    return 2 * hits / (ops.sum(y_true) + ops.sum(guess) + 1e-7)


class F1(keras.metrics.Metric):
    """Compute F1 of all rows since the last reset."""

    def __init__(self, name="f1", **options):
        super().__init__(name=name, **options)
        self.hits = self.add_variable((), "zeros", name="hits")
        self.sizes = self.add_variable((), "zeros", name="sizes")

    def update_state(self, y_true, y_pred, sample_weight=None):
        guess = ops.cast(y_pred > 0.5, "float32")
        truth = ops.reshape(
            ops.cast(y_true, "float32"), ops.shape(guess)
        )
        weight = ops.ones_like(guess)
        if sample_weight is not None:
            weight = ops.reshape(sample_weight, ops.shape(guess))
        self.hits.assign_add(ops.sum(truth * guess * weight))
        self.sizes.assign_add(ops.sum((truth + guess) * weight))

    def result(self):
        return ops.divide_no_nan(2 * self.hits, self.sizes)


# %% names table=true
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
    results = evaluated(y_true, y_pred, [metric], "mse")
    key = next(name for name in results if name != "loss")
    print(words, key, sep=" | ")

# %% as-string raises="ValueError"
evaluated(y_true, y_pred, ["f1"], "mse")
