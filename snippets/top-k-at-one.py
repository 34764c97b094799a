# %% [markdown]
# # Top-k accuracy of 1.0, with every prediction wrong
#
# The models return their input, so their predictions are the outputs
# given.

# %% setup
import keras
import numpy as np

# Three classes. The largest output is wrong in each row.
y_true = np.eye(3)[[2, 1, 0, 2]]
y_pred = np.array(
    [
        [0.9, 0.1, 0.0],
        [0.6, 0.3, 0.1],
        [0.1, 0.7, 0.2],
        [0.5, 0.1, 0.4],
    ],
    dtype="float32",
)


def evaluated_top_k(
    y_true, y_pred, metrics, loss="categorical_crossentropy"
):
    """Evaluate a model that returns its input; print its metrics."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics)
    values = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
    values.pop("loss")
    for name, value in values.items():
        print(f"{name}: {value:.4f}")
    return values


# %% reported
results = evaluated_top_k(
    y_true,
    y_pred,
    ["categorical_accuracy", "top_k_categorical_accuracy"],
)

# %% formula after="reported"
score = (y_true * y_pred).sum(axis=-1, keepdims=True)
larger = (y_pred > score).sum(axis=-1)
value = np.mean(larger < 5)  # k is 5
assert np.isclose(value, results["top_k_categorical_accuracy"])
print("larger outputs in each row:", larger)
print(f"rows with fewer than 5: {value:.4f}")

# %% instead
results = evaluated_top_k(
    y_true,
    y_pred,
    [
        "categorical_accuracy",
        keras.metrics.TopKCategoricalAccuracy(k=2, name="top2"),
    ],
)

# %% instead-integer
results = evaluated_top_k(
    y_true.argmax(axis=-1),
    y_pred,
    [
        "sparse_categorical_accuracy",
        keras.metrics.SparseTopKCategoricalAccuracy(k=2, name="top2"),
    ],
    loss="sparse_categorical_crossentropy",
)


# %% own-function
def top2(y_true, y_pred):
    """Set k in a function of your own."""
    return keras.metrics.top_k_categorical_accuracy(y_true, y_pred, k=2)


results = evaluated_top_k(
    y_true, y_pred, ["categorical_accuracy", top2]
)

# %% chance table=true
generator = np.random.default_rng(0)
print("classes | k | random outputs | k / classes")
for classes, k in ((3, 5), (6, 5), (10, 5), (10, 3), (100, 5)):
    labels = np.eye(classes)[generator.integers(0, classes, 20000)]
    outputs = generator.random((20000, classes)).astype("float32")
    hits = keras.metrics.top_k_categorical_accuracy(labels, outputs, k)
    share = f"{np.mean(hits):.2f}"
    print(classes, k, share, f"{min(1, k / classes):.2f}", sep=" | ")

# %% ties table=true
print("outputs of every row | categorical_accuracy | k=1 | k=2")
for row in (
    [0.5, 0.3, 0.2],
    [0.4, 0.4, 0.2],
    [1.0, 0.0, 0.0],
    [0.5, 0.5, 0.5],
):
    outputs, labels = np.array([row] * 3, dtype="float32"), np.eye(3)
    values = [keras.metrics.categorical_accuracy(labels, outputs)]
    values += [
        keras.metrics.top_k_categorical_accuracy(labels, outputs, k)
        for k in (1, 2)
    ]
    print(row, *(f"{np.mean(one):.4f}" for one in values), sep=" | ")

# %% saturated
logits = keras.ops.convert_to_tensor([[200.0, 0.0, 10.0]])
print(keras.ops.softmax(logits)[0].numpy())

# %% several-labels
several = np.array(
    [[0, 0, 1, 1, 0], [1, 0, 0, 0, 1], [0, 1, 1, 1, 0]], "float32"
)
outputs = np.array(
    [
        [0.1, 0.2, 0.0, 0.9, 0.3],
        [0.0, 0.3, 0.2, 0.1, 0.9],
        [0.1, 0.8, 0.7, 0.2, 0.3],
    ],
    dtype="float32",
)


def any_in_top2(y_true, y_pred):
    """Count rows with one of their labels among the 2 largest."""
    best = keras.ops.top_k(y_pred, k=2)[1]
    found = keras.ops.take_along_axis(y_true, best, axis=-1)
    return keras.ops.any(found > 0.5, axis=-1)


results = evaluated_top_k(
    several,
    outputs,
    [
        keras.metrics.TopKCategoricalAccuracy(k=2, name="top2"),
        any_in_top2,
    ],
)

# %% several-labels-formula after="several-labels"
best = np.argsort(-outputs, axis=-1)[:, :2]
found = np.take_along_axis(several, best, axis=-1)
any_label = found.any(axis=-1).mean()
assert np.isclose(any_label, results["any_in_top2"])
first = several.argmax(axis=-1)[:, None]  # all others are not used
first_label = (best == first).any(axis=-1).mean()
assert np.isclose(first_label, results["top2"])
print(f"the first label among the 2: {first_label:.4f}")
print(f"any label among the 2: {any_label:.4f}")
