# %% [markdown]
# # A metric of your own: what Keras makes of what it returns
#
# One value for each row is averaged over rows, one number for each
# batch over batches. The model returns its input, so its predictions
# are the numbers given.

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


# %% used
def hits(y_true, y_pred):
    """Return one value for each row."""
    y_true = ops.reshape(y_true, ops.shape(y_pred))
    return ops.equal(y_true, ops.cast(y_pred > 0.5, y_true.dtype))


model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="mse", metrics=[hits])
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"hits: {results['hits']:.4f}")


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
        in_batches(hit_rate, batch_size=batch_size),
        in_batches(hit_each, batch_size=batch_size),
    )
print("by hand:", np.mean(y_true == (y_pred > 0.5)))

# %% built-in
for batch_size in (5, 2, 1):
    print(batch_size, in_batches("accuracy", batch_size=batch_size))


# %% formula after="example"
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
    assert np.isclose(ours, in_batches(metric)[name])
    print(f"{name} {ours:.4f}")
ours = custom_metric(returned, [weights[b] for b in batches])
assert np.isclose(
    ours, in_batches(hit_each, weighted=True)["hit_each"], atol=1e-4
)
print(f"hit_each, weighted {ours:.4f}")


# %% returned table=true
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
            results = in_batches(
                function, batch_size=batch_size, weighted=weighted
            )
            row.append(*results.values())
        except Exception as error:
            row.append(type(error).__name__)
    print(words, *row, sep=" | ")

# %% loss-object
print(in_batches("mse"), in_batches(keras.losses.MeanSquaredError()))

# %% not-a-number
for value in (float("nan"), float("inf")):

    def odd(y_true, y_pred, value=value):
        """Return a number that is none, for the first batch only."""
        return ops.where(y_pred[0, 0] < 0.3, value, 1.0)

    print(value, in_batches(odd))
