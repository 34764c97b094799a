# %% [markdown]
# # A metric of your own: what Keras makes of what it returns
#
# The models return their input, so their predictions are the numbers
# given.

# %% setup
import functools
import textwrap

import keras
import numpy as np
from keras import ops

y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]], "float32")
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])


def evaluated(
    metric, labels=y_true, batch_size=2, weighted=False, eager=True
):
    """Evaluate a model that returns its input, in small batches."""
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity()]
    )
    place = "weighted_metrics" if weighted else "metrics"
    model.compile(loss="mse", run_eagerly=eager, **{place: [metric]})
    results = model.evaluate(
        y_pred,
        labels,
        batch_size=batch_size,
        sample_weight=weights if weighted else None,
        verbose=0,
        return_dict=True,
    )
    del results["loss"]
    return {key: round(value, 4) for key, value in results.items()}


# %% example
def hit_rate(y_true, y_pred):
    """Return one number a batch."""
    return ops.mean(
        ops.equal(y_true, ops.cast(y_pred > 0.5, "float32"))
    )


def hit_each(y_true, y_pred):
    """Return one number a row."""
    return ops.equal(y_true, ops.cast(y_pred > 0.5, "float32"))


for batch_size in (5, 2):
    print(
        f"batches of {batch_size}:",
        evaluated(hit_rate, batch_size=batch_size),
        evaluated(hit_each, batch_size=batch_size),
    )
print("by hand:", np.mean(y_true == (y_pred > 0.5)))

# %% built-in
for batch_size in (5, 2, 1):
    print(batch_size, evaluated("accuracy", batch_size=batch_size))


# %% numpy
def custom_metric(returned, weights=None):
    """Average what a function returned, batch by batch."""
    total, count = 0.0, 0.0
    for place, value in enumerate(map(np.float32, returned)):
        if value.ndim == 0:  # a number counts as one row
            total, count = total + value, count + 1
            continue
        rows = value.reshape(len(value), -1).mean(axis=1)
        weight = np.ones(len(rows))
        if weights is not None:
            weight = weights[place]
        total = total + np.sum(rows * weight)
        count = count + np.sum(weight)
    return total / count if count else 0.0


batches = [slice(0, 2), slice(2, 4), slice(4, 5)]
for metric in (hit_rate, hit_each):
    returned = [metric(y_true[b], y_pred[b]) for b in batches]
    ours = custom_metric(returned)
    name = metric.__name__
    assert np.isclose(ours, evaluated(metric)[name])
    print(f"{name} {ours:.4f}")
ours = custom_metric(returned, [weights[b] for b in batches])
assert np.isclose(
    ours, evaluated(hit_each, weighted=True)["hit_each"], atol=1e-4
)
print(f"hit_each, weighted {ours:.4f}")


# %% returned
def right(y_true, y_pred):
    return ops.cast(
        ops.equal(y_true, ops.cast(y_pred > 0.5, "float32")), "float32"
    )


kinds = {
    "(N,)": lambda t, p: ops.squeeze(right(t, p), axis=-1),
    "(N, 1)": right,
    "(N, 2): the row's value, and 1": lambda t, p: ops.concatenate(
        [right(t, p), ops.ones_like(p)], axis=-1
    ),
    "(N, 1), bool": lambda t, p: right(t, p) > 0,
    "(N, 1), int32": lambda t, p: ops.cast(right(t, p), "int32"),
    "a number: the mean": lambda t, p: ops.mean(right(t, p)),
    "a number: the sum": lambda t, p: ops.sum(right(t, p)),
    "0.25, of Python": lambda t, p: 0.25,
    "[0.25, 0.75], a list": lambda t, p: [0.25, 0.75],
    "None": lambda t, p: None,
    "a dict": lambda t, p: {"right": right(t, p)},
}
print("the function returns | batches of 5 | of 2 | of 2, weighted")
for words, function in kinds.items():
    row = []
    for batch_size, weighted in ((5, False), (2, False), (2, True)):
        try:
            results = evaluated(
                function, batch_size=batch_size, weighted=weighted
            )
            row.append(*results.values())
        except Exception as error:
            row.append(type(error).__name__)
    print(words, *row, sep=" | ")

# %% loss-object
print(evaluated("mse"), evaluated(keras.losses.MeanSquaredError()))


# %% f1-function
def f1(y_true, y_pred):
    """Compute F1 of one batch."""
    guess = ops.cast(y_pred > 0.5, "float32")
    hits = ops.sum(y_true * guess)
    return 2 * hits / (ops.sum(y_true) + ops.sum(guess) + 1e-7)


for batch_size in (5, 2, 1):
    print(batch_size, evaluated(f1, batch_size=batch_size))


# %% f1-class
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


for batch_size in (5, 2, 1):
    print(batch_size, evaluated(F1(), batch_size=batch_size))
print("weighted", evaluated(F1(), weighted=True))

# %% f1-keras
for batch_size in (5, 2, 1):
    metric = keras.metrics.F1Score(average="micro", threshold=0.5)
    print(batch_size, evaluated(metric, batch_size=batch_size))

# %% f1-scikit-learn
from sklearn.metrics import f1_score

guess = y_pred > 0.5
print(f"{f1_score(y_true, guess):.4f}")
print(f"{f1_score(y_true, guess, sample_weight=weights):.4f}")

# %% broadcast
flat = y_true[:, 0]  # labels (5,), predictions (5, 1)
print(hit_each(flat, y_pred).shape)
print("(5, 1):", evaluated(hit_each, y_true, batch_size=5))
print("(5,):  ", evaluated(hit_each, flat, batch_size=5))
print("by hand, (5,):", np.mean(flat == (y_pred > 0.5)))


# %% reshaped
def hit_safe(y_true, y_pred):
    """Return one number a row, for labels (N,) and (N, 1)."""
    y_true = ops.reshape(y_true, ops.shape(y_pred))
    return ops.equal(y_true, ops.cast(y_pred > 0.5, y_true.dtype))


for labels in (y_true, flat):
    print(labels.shape, evaluated(hit_safe, labels, batch_size=5))
print(evaluated("binary_accuracy", flat, batch_size=5))

# %% seen
print("labels given | y_true | its dtype | y_pred | its dtype")
for labels in (
    y_true,
    flat,
    flat.astype("int64"),
    flat.astype("uint8"),
    flat.astype("bool"),
):
    seen = []

    def look(y_true, y_pred, seen=seen):
        seen += [y_true.shape, y_true.dtype.name]
        seen += [y_pred.shape, y_pred.dtype.name]
        return ops.zeros(())

    evaluated(look, labels, eager=False)
    print(labels.shape, labels.dtype, end=" | ", sep=", ")
    print(*seen[-4:], sep=" | ")

# %% not-a-number
for value in (float("nan"), float("inf")):

    def odd(y_true, y_pred, value=value):
        """Return a number that is none, for the first batch only."""
        return ops.where(y_pred[0, 0] < 0.3, value, 1.0)

    print(value, evaluated(odd))


# %% nothing-to-divide-by
def recall(y_true, y_pred):
    """Compute the recall of one batch."""
    guess = ops.cast(y_pred > 0.5, "float32")
    return ops.sum(y_true * guess) / ops.sum(y_true)


for batch_size in (5, 2):
    print(
        f"batches of {batch_size}:",
        evaluated(recall, batch_size=batch_size),
        evaluated(
            keras.metrics.Recall(name="r"), batch_size=batch_size
        ),
    )


# %% rmse
def rmse(y_true, y_pred):
    return ops.sqrt(ops.mean(ops.square(y_true - y_pred)))


print(evaluated(rmse), evaluated(keras.metrics.RootMeanSquaredError()))
print(f"{np.sqrt(np.mean((y_true - y_pred) ** 2)):.4f}")

# %% inside
inside = {
    "np.mean(np.equal(y_true, np.round(y_pred)))": lambda t, p: np.mean(
        np.equal(t, np.round(p))
    ),
    "y_true == (y_pred > 0.5)": lambda t, p: t == (p > 0.5),
    "y_pred.numpy()": lambda t, p: np.mean(p.numpy()),
    "if ops.mean(y_true) > 0:": lambda t, p: (
        1.0 if ops.mean(t) > 0 else 0.0
    ),
    "len(y_true)": lambda t, p: len(t),
    "y_true.shape[0]": lambda t, p: t.shape[0],
    "ops.shape(y_true)[0]": lambda t, p: ops.shape(t)[0],
}
print("in the function | as usual | with run_eagerly=True")
for words, function in inside.items():
    row = []
    for eager in (False, True):
        try:
            row.append(evaluated(function, eager=eager)["lambda"])
        except Exception as error:
            row.append(type(error).__name__)
    print(words, *row, sep=" | ")

# %% numpy-error
try:
    evaluated(lambda t, p: np.mean(p), eager=False)
except NotImplementedError as error:
    print(type(error).__name__, textwrap.fill(str(error), 66), sep="\n")

# %% traced
for eager in (False, True):
    calls = []

    def counting(y_true, y_pred, calls=calls):
        calls.append(1)
        return float(len(calls))

    result = evaluated(counting, batch_size=1, eager=eager)
    print(f"run_eagerly={eager}: {len(calls)} calls, {result}")


# %% no-weight
class NoWeight(F1):
    def update_state(self, y_true, y_pred):
        super().update_state(y_true, y_pred)


try:
    evaluated(NoWeight())
except TypeError as error:
    print(error)


# %% start-value
class Largest(keras.metrics.Metric):
    """Keep the largest prediction."""

    def __init__(self, start, **options):
        super().__init__(**options)
        self.start = start
        self.largest = self.add_variable((), "zeros")
        self.largest.assign(start)

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.largest.assign(ops.maximum(self.largest, ops.max(y_pred)))

    def result(self):
        return self.largest


class LargestReset(Largest):
    def reset_state(self):
        self.largest.assign(self.start)


for make in (Largest, LargestReset):
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity()]
    )
    model.compile(loss="mse", metrics=[make(-100.0)], run_eagerly=True)
    for _ in range(2):
        value = model.evaluate(-y_pred, y_true, verbose=0)[1]
        print(make.__name__, round(value, 4))


# %% dict-result
class Both(F1):
    def result(self):
        return {"hits": self.hits, "f1": super().result()}


print(evaluated(Both(name="both")))


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


# %% mean-pred
def mean_pred(y_true, y_pred):
    return keras.backend.mean(y_pred)


try:
    evaluated(mean_pred)
except AttributeError as error:
    print(error)
names = ("mean", "sum", "equal", "round", "argmax", "cast", "floatx")
print("there:  ", *(n for n in names if hasattr(keras.backend, n)))
print("missing:", *(n for n in names if not hasattr(keras.backend, n)))

# %% mean-pred-today
import tensorflow as tf


def mean_pred(y_true, y_pred):
    return ops.mean(y_pred)


def mean_pred_tf(y_true, y_pred):
    return tf.keras.backend.mean(y_pred)


for function in (mean_pred, mean_pred_tf):
    print(evaluated(function), evaluated(function, batch_size=5))
print(f"{y_pred.mean():.4f}")
