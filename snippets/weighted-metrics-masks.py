# %% [markdown]
# # Masks and accuracy: which metric sees them
#
# Three rows, padded to four steps. The label of a padded step is 0. The
# model returns its input; with a Masking layer it also makes a mask.

# %% setup
import keras
import numpy as np

y_true = np.array([[1, 1, 2, 1], [2, 1, 0, 0], [2, 0, 0, 0]])
best = np.array([[1, 2, 0, 1], [2, 1, 0, 0], [1, 0, 0, 0]])
mask = np.arange(4) < np.array([[4], [2], [1]])
y_pred = np.eye(3)[best] * mask[..., None]  # padding: all zero

# %% helpers
unmasked, masked = keras.layers.Identity, keras.layers.Masking


def model_with(layer, loss_arguments=None, **metrics):
    """Return a model that predicts its input."""
    model = keras.Sequential([keras.Input((None, 3)), layer()])
    loss = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, **(loss_arguments or {})
    )
    model.compile(loss=loss, run_eagerly=True, **metrics)
    return model


def three_values(layer, sample_weight=None, metric="accuracy", **loss):
    """Return the value in metrics, in weighted_metrics, the loss."""
    model = model_with(
        layer, loss, metrics=[metric], weighted_metrics=[metric]
    )
    results = model.evaluate(
        y_pred,
        y_true,
        sample_weight=sample_weight,
        verbose=0,
        return_dict=True,
    )
    loss = results.pop("loss")
    plain, weighted = results.values()
    return plain, weighted, loss


# %% reported
right = y_true == y_pred.argmax(axis=-1)
for layer in [keras.layers.Identity(), keras.layers.Masking()]:
    model = keras.Sequential([keras.Input((4, 3)), layer])
    model.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(
            from_logits=True
        ),
        metrics=["accuracy"],
    )
    _, value = model.evaluate(y_pred, y_true, verbose=0)
    print(f"{type(layer).__name__}: {value:.4f}")

# %% formula after="reported"
assert np.isclose(value, right[mask].mean())
print(f"{right.mean():.4f} and {right[mask].mean():.4f}")

# %% per-row
per_row = np.array([[1.0], [2.0], [0.5]])


# %% who table=true
def by_hand(layer, sample_weight):
    """Update a metric with what the model returns."""
    metric = keras.metrics.SparseCategoricalAccuracy()
    model = keras.Sequential([keras.Input((None, 3)), layer()])
    return float(metric(y_true, model(y_pred), sample_weight))


cases = [
    (unmasked, None),
    (masked, None),
    (unmasked, per_row),
    (masked, per_row),
]
rows = {
    "metrics": [three_values(*case)[0] for case in cases],
    "weighted_metrics": [three_values(*case)[1] for case in cases],
    "update_state by hand": [by_hand(*case) for case in cases],
    "the loss, to compare": [three_values(*case)[2] for case in cases],
}
print("metric in | neither | mask | sample_weight | both")
for words, values in rows.items():
    print(words, *[f"{v:.4f}" for v in values], sep=" | ")

# %% formula-weights after=["helpers", "reported", "per-row"]
w = mask * per_row
_, weighted, _ = three_values(masked, per_row)
assert np.isclose(weighted, np.sum(w * right) / w.sum())
print(f"{np.sum(w * right) / w.sum():.4f}")

# %% instead
per_step = mask.astype("float32")  # 0 at the padding
model = keras.Sequential([keras.Input((4, 3)), keras.layers.Identity()])
model.compile(
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    weighted_metrics=["accuracy"],
)
_, value = model.evaluate(
    y_pred, y_true, sample_weight=per_step, verbose=0
)
print(f"{value:.4f}")

# %% predict
model = model_with(masked, metrics=["accuracy"])
metric = keras.metrics.SparseCategoricalAccuracy()
print(f"model(x):         {float(metric(y_true, model(y_pred))):.4f}")
metric.reset_state()
predicted = model.predict(y_pred, verbose=0)
print(f"model.predict(x): {float(metric(y_true, predicted)):.4f}")

# %% ignore-class table=true
print("loss | loss value | accuracy")
for words, arguments in [
    ("no ignore_class", {}),
    ("ignore_class=0", {"ignore_class": 0}),
]:
    plain, _, loss = three_values(unmasked, **arguments)
    print(words, f"{loss:.4f}", f"{plain:.4f}", sep=" | ")

# %% mask-after table=true
import warnings


class Own(keras.layers.Layer):
    """A layer that does not say that it supports masks."""

    def call(self, x):
        """Double."""
        return x * 2


class OwnMasked(Own):
    """The same, and it says so."""

    def __init__(self):
        super().__init__()
        self.supports_masking = True


tokens = np.array([[1, 2, 3, 0], [2, 1, 0, 0], [3, 0, 0, 0]])


def mask_after(layer):
    """Say what is left of a mask behind a layer."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        inputs = keras.Input((None,))
        x = keras.layers.Embedding(5, 4, mask_zero=True)(inputs)
        model = keras.Model(inputs, layer(x))
        outputs = model(tokens)
    shape = tuple(outputs.shape)
    kept = getattr(outputs, "_keras_mask", None) is not None
    warned = any("destroy the mask" in str(w.message) for w in caught)
    return shape, "yes" if kept else "no", "yes" if warned else "no"


layers = keras.layers
print("after Embedding(mask_zero=True) | output | mask | warning")
for words, layer in [
    ("Dense", layers.Dense(3)),
    ("Activation", layers.Activation("softmax")),
    ("Dropout", layers.Dropout(0.5)),
    (
        "LSTM(return_sequences=True)",
        layers.LSTM(3, return_sequences=True),
    ),
    ("LSTM", layers.LSTM(3)),
    ("GlobalAveragePooling1D", layers.GlobalAveragePooling1D()),
    ("Conv1D", layers.Conv1D(3, 1)),
    ("a layer of your own", Own()),
    ("… with supports_masking = True", OwnMasked()),
    ("keras.ops.softmax(x)", keras.ops.softmax),
    ("x * 2", lambda x: x * 2),
]:
    print(words, *mask_after(layer), sep=" | ")


# %% lengths table=true
def one_batch(true, best, length):
    """Give one row of two steps, padded."""
    labels, scores = np.zeros((1, length)), np.zeros((1, length, 3))
    labels[0, :2], scores[0, :2] = true, np.eye(3)[best]
    return scores, labels


def two_batches(first, second):
    """Give a row of two right steps, then one of two wrong steps."""
    yield one_batch([1, 2], [1, 2], first)
    yield one_batch([1, 2], [2, 1], second)


print("first batch padded to | second batch padded to | accuracy")
for lengths in [(2, 2), (2, 4), (2, 8), (8, 8)]:
    model = model_with(masked, metrics=["accuracy"])
    results = model.evaluate(
        two_batches(*lengths), steps=2, verbose=0, return_dict=True
    )
    print(*lengths, f"{results['accuracy']:.4f}", sep=" | ")

# %% lengths-state table=true
print("batch, padded to | adds to total | adds to count")
for scores, labels in two_batches(2, 8):
    metric = keras.metrics.SparseCategoricalAccuracy()
    metric.update_state(labels, masked()(scores))
    print(labels.shape[1], *map(float, metric.variables), sep=" | ")

# %% mean
values = masked()(np.array([[[1.0], [0.0]], [[1.0], [0.0]]]))
metric = keras.metrics.Mean()
print(f"masked values, no weights: {float(metric(values)):.4f}")
metric.reset_state()
ones = np.ones((2, 1))
print(f"masked values, weights 1:  {float(metric(values, ones)):.4f}")


# %% functions table=true
def a_step(y_true, y_pred):
    """Return a value for each step, (N, T)."""
    return keras.metrics.sparse_categorical_accuracy(y_true, y_pred)


def a_row(y_true, y_pred):
    """Return a value for each row, (N,)."""
    return keras.ops.mean(a_step(y_true, y_pred), axis=-1)


def one_number(y_true, y_pred):
    """Return one number."""
    return keras.ops.mean(a_step(y_true, y_pred))


def value_or_refused(layer, sample_weight, place, function):
    """Evaluate, and say what came out."""
    try:
        values = three_values(layer, sample_weight, function)
    except Exception:
        return "refused"
    return f"{values[place]:.4f}"


print(
    "function returns | metrics | metrics, with a mask"
    " | weighted_metrics, with weights (N, 1)"
)
for words, function in [
    ("(N, T), one per step", a_step),
    ("(N,), one per row", a_row),
    ("one number", one_number),
]:
    print(
        words,
        value_or_refused(unmasked, None, 0, function),
        value_or_refused(masked, None, 0, function),
        value_or_refused(unmasked, per_row, 1, function),
        sep=" | ",
    )

# %% flat table=true
flat = np.array([1.0, 2.0, 0.5])  # one per row, as documented


def flat_by_hand(layer):
    """Update a metric by hand."""
    try:
        return f"{by_hand(layer, flat):.4f}"
    except Exception:
        return "refused"


print("sample_weight (N,) for steps | no mask | mask")
row = [
    value_or_refused(layer, flat, 1, "accuracy")
    for layer in (unmasked, masked)
]
print("evaluate, weighted_metrics", *row, sep=" | ")
row = [flat_by_hand(layer) for layer in (unmasked, masked)]
print("update_state by hand", *row, sep=" | ")

# %% square table=true
square = slice(0, 3)  # as many steps as rows
y_true, y_pred = y_true[:, square], y_pred[:, square]
print("sample_weight | metric, no mask | metric, mask | loss, no mask")
for words, given in [
    ("(N,)", flat),
    ("(N, 1), by row", flat[:, None]),
    ("(N, T), each row the same", np.tile(flat, (3, 1))),
]:
    _, plain, loss = three_values(unmasked, given)
    _, with_mask, _ = three_values(masked, given)
    print(
        words,
        f"{plain:.4f}",
        f"{with_mask:.4f}",
        f"{loss:.4f}",
        sep=" | ",
    )
