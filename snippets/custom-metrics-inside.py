# %% [markdown]
# # What may be written inside a metric of your own
#
# Keras turns the function into a graph before there are any numbers,
# unless it is told `run_eagerly=True`. Here are NumPy, Python and the
# backend module of Keras 2 inside a function.

# %% setup
import keras
import numpy as np
from keras import ops

y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]], "float32")
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])


def in_batches(
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


# %% inside table=true
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
            row.append(in_batches(function, eager=eager)["lambda"])
        except Exception as error:
            row.append(type(error).__name__)
    print(words, *row, sep=" | ")

# %% numpy-error
import textwrap

try:
    in_batches(lambda t, p: np.mean(p), eager=False)
except NotImplementedError as error:
    print(type(error).__name__, textwrap.fill(str(error), 66), sep="\n")

# %% calls
calls = []


def counting(y_true, y_pred):
    calls.append(1)
    return 1.0


in_batches(counting, batch_size=1, eager=False)
print(len(calls))

# %% traced
for eager in (False, True):
    calls = []

    def counting(y_true, y_pred, calls=calls):
        calls.append(1)
        return float(len(calls))

    result = in_batches(counting, batch_size=1, eager=eager)
    print(f"run_eagerly={eager}: {len(calls)} calls, {result}")


# %% mean-pred
def mean_pred(y_true, y_pred):
    return keras.backend.mean(y_pred)


try:
    in_batches(mean_pred)
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
    print(in_batches(function), in_batches(function, batch_size=5))
print(f"{y_pred.mean():.4f}")
