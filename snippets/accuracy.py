# %% [markdown]
# # What the string 'accuracy' becomes, by the shapes of labels and output
#
# The model returns its input, so its predictions are the numbers given. The loss is the same for
# every pair of shapes and has no say: it does not look at labels or output.

# %% setup
import keras
import numpy as np


def no_loss(y_true, y_pred):
    """Fit every pair of shapes."""
    return keras.ops.zeros((1,))


def compiled(y_pred, metric="accuracy", loss=no_loss, run_eagerly=True):
    """Return a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=[metric], run_eagerly=run_eagerly)
    return model


def chosen(model):
    """Return the metric behind the string, as Keras keeps it after the first batch."""
    return type(model.metrics[1].metrics[0]).__name__


def evaluated(y_true, y_pred, metric="accuracy", loss=no_loss):
    """Return the metric that was chosen, its value, and the key under which it is reported."""
    model = compiled(y_pred, metric, loss)
    results = model.evaluate(
        y_pred, y_true, verbose=0, return_dict=True
    )
    key = next(name for name in results if name != "loss")
    return chosen(model), f"{results[key]:.4f}", key


# %% situations
def word(shape):
    """Write a shape as documentation does."""
    inner = ", ".join(str(size) for size in shape[1:])
    return f"(N, {inner})" if inner else "(N,)"


one_hot = np.eye(3)[[0, 1, 2, 0]]
situations = [
    ("0 or 1, one output", np.zeros((4,)), np.zeros((4, 1))),
    (
        "0 or 1 in a column, one output",
        np.zeros((4, 1)),
        np.zeros((4, 1)),
    ),
    ("class numbers", np.zeros((4,)), one_hot),
    ("class numbers in a column", np.zeros((4, 1)), one_hot),
    ("one-hot", one_hot, one_hot),
    ("multi-label: several 1s a row", np.ones((4, 3)), one_hot),
    (
        "numbers to predict (regression)",
        np.zeros((4,)),
        np.zeros((4, 1)),
    ),
    ("several numbers to predict", np.zeros((4, 3)), np.zeros((4, 3))),
    (
        "a class number for each step",
        np.zeros((4, 7)),
        np.zeros((4, 7, 3)),
    ),
    (
        "0 or 1 for each pixel",
        np.zeros((4, 8, 8, 1)),
        np.zeros((4, 8, 8, 1)),
    ),
]
print("your labels | 'accuracy' becomes | y_true | y_pred")
for words, y_true, y_pred in situations:
    shapes = [word(array.shape) for array in (y_true, y_pred)]
    print(words, evaluated(y_true, y_pred)[0], *shapes, sep=" | ")

# %% matrix
# Every pair of ranks up to 3 with the last size 1 or more. 5 rows, 4 steps, 3 classes.
label_shapes = [(5,), (5, 1), (5, 3), (5, 4), (5, 4, 1), (5, 4, 3)]
output_shapes = [(5,), (5, 1), (5, 3), (5, 4, 1), (5, 4, 3)]


def outcome(y_true, y_pred):
    """Say what was chosen, and the error where it then cannot be computed."""
    model = compiled(y_pred)
    try:
        model.evaluate(y_pred, y_true, verbose=0)
    except Exception as error:
        return f"{chosen(model)}, then {type(error).__name__}"
    return chosen(model)


print(
    "y_true against y_pred",
    *[word(shape) for shape in output_shapes],
    sep=" | ",
)
for labels in label_shapes:
    row = [
        outcome(np.zeros(labels), np.zeros(outputs))
        for outputs in output_shapes
    ]
    print(word(labels), *row, sep=" | ")


# %% rule
def rule(y_true, y_pred):
    """Say what 'accuracy' becomes, from the shapes of the first batch alone."""
    if y_pred.shape[-1] == 1:
        return "BinaryAccuracy"
    if y_true.ndim < y_pred.ndim or y_true.shape[-1] == 1:
        return "SparseCategoricalAccuracy"
    return "CategoricalAccuracy"


pairs = [
    (np.zeros(one), np.zeros(other))
    for one in label_shapes
    for other in output_shapes
]
agreed = [rule(*pair) == outcome(*pair).split(",")[0] for pair in pairs]
assert all(agreed)
print(
    f"the rule agrees with Keras on {sum(agreed)} of {len(pairs)} pairs of shapes"
)

# %% example
classes = np.array([0, 1, 2, 0, 2])
one_hot = np.eye(3)[classes]
scores = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.55, 0.25],
        [0.55, 0.30, 0.15],
        [0.30, 0.60, 0.10],
        [0.10, 0.20, 0.70],
    ]
)
print("y_true | 'accuracy' becomes | value")
for words, labels in [("class numbers", classes), ("one-hot", one_hot)]:
    metric, value, _ = evaluated(labels, scores)
    print(words, metric, value, sep=" | ")


# %% numpy
def accuracy(y_true, y_pred):
    """Compute what 'accuracy' reports on one batch, for shapes that belong together."""
    metric = rule(y_true, y_pred)
    if (
        metric == "BinaryAccuracy"
    ):  # cell by cell, above one half or not
        return np.mean(y_true.reshape(y_pred.shape) == (y_pred > 0.5))
    if (
        metric == "SparseCategoricalAccuracy"
    ):  # row by row, the class number as it is
        return np.mean(
            y_true.reshape(y_pred.shape[:-1]) == y_pred.argmax(axis=-1)
        )
    return np.mean(
        y_true.argmax(axis=-1) == y_pred.argmax(axis=-1)
    )  # row by row, the largest


binary = (
    np.array([[0.0], [1.0], [0.0], [1.0]]),
    np.array([[0.2], [0.7], [0.6], [0.4]]),
)
for y_true, y_pred in [(classes, scores), (one_hot, scores), binary]:
    assert (
        f"{accuracy(y_true, y_pred):.4f}"
        == evaluated(y_true, y_pred)[1]
    )
    print(f"{accuracy(y_true, y_pred):.4f}")

# %% losses
print("loss | 'accuracy' becomes | value")
for loss in [
    "binary_crossentropy",
    "categorical_crossentropy",
    "mean_squared_error",
    no_loss,
]:
    words = loss if isinstance(loss, str) else "a function of your own"
    metric, value, _ = evaluated(one_hot, scores, loss=loss)
    print(words, metric, value, sep=" | ")

# %% cell-by-cell
cells = np.mean(one_hot == (scores > 0.5))
print(f"{cells:.4f}")

# %% spellings
print("metrics=[…] | becomes | value | key in the results")
for words, metric in [
    ("'accuracy'", "accuracy"),
    ("'acc'", "acc"),
    ("'Accuracy'", "Accuracy"),
    ("'ACC'", "ACC"),
    (
        "keras.metrics.CategoricalAccuracy()",
        keras.metrics.CategoricalAccuracy(),
    ),
    (
        "keras.metrics.categorical_accuracy",
        keras.metrics.categorical_accuracy,
    ),
    ("keras.metrics.Accuracy()", keras.metrics.Accuracy()),
    ("keras.metrics.get('accuracy')", keras.metrics.get("accuracy")),
]:
    print(words, *evaluated(one_hot, scores, metric), sep=" | ")

# %% first-batch
model = compiled(scores)
model.test_on_batch(scores, one_hot)
before = chosen(model)
_, value = model.test_on_batch(scores, classes[:, None])
print(
    f"first one-hot, then class numbers: {before}, then {chosen(model)}"
)

# %% one-row
for rows in (2, 1):
    model = compiled(np.zeros((rows,)))
    model.test_on_batch(np.zeros((rows,)), np.zeros((rows,)))
    print(
        f"batch of {rows}, y_true and y_pred of rank 1: {chosen(model)}"
    )

# %% rank-one-output raises="TypeError"
model = compiled(np.zeros((5,)), run_eagerly=False)
model.evaluate(np.zeros((5,)), np.zeros((5, 1)), verbose=0)

# %% name-by-hand raises="ValueError"
model = compiled(scores, "accurracy")
model.evaluate(scores, one_hot, verbose=0)
