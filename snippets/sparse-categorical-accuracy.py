# %% [markdown]
# # Sparse categorical accuracy: the largest output and an integer label
#
# The model returns its input, so its predictions are the numbers given.

# %% setup
import inspect

import keras
import numpy as np


def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


def no_loss(y_true, y_pred):
    """Fit every pair of shapes."""
    return keras.ops.zeros((1,))


# %% signature
for named in (
    "sparse_categorical_accuracy",
    "SparseCategoricalAccuracy",
):
    signature = inspect.signature(getattr(keras.metrics, named))
    print(f"{named}{signature}")

# %% example
classes = np.array([0, 1, 2, 0, 2])
scores = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.55, 0.25],
        [0.55, 0.30, 0.15],
        [0.30, 0.60, 0.10],
        [0.10, 0.20, 0.70],
    ]
)
name = "sparse_categorical_accuracy"
sparse_loss = "sparse_categorical_crossentropy"
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(loss=sparse_loss, metrics=[name])
results = model.evaluate(scores, classes, verbose=0, return_dict=True)
print(f"{results[name]:.4f}")

# %% formula-short after="example"
plain = np.mean(classes == scores.argmax(axis=-1))
assert np.isclose(plain, results[name])
print(f"{plain:.4f}")

# %% rows table=true
matches = keras.metrics.sparse_categorical_accuracy(classes, scores)
print("y_true | y_pred | index of its largest | counts")
for label, score, match in zip(classes, scores, matches, strict=True):
    counts = "yes" if match else "no"
    print(label, score, score.argmax(), counts, sep=" | ")


# %% shapes after="example" table=true
def word(shape):
    """Write a shape as documentation does."""
    inner = ", ".join(str(size) for size in shape[1:])
    return f"(N, {inner})" if inner else "(N,)"


# Two steps; the second has the same scores everywhere.
steps = np.repeat(classes[:, None], 2, axis=1)
step_scores = np.repeat(scores[:, None], 2, axis=1)
step_scores[:, 1] = [0.2, 0.1, 0.7]
print("y_true | y_pred | the function returns | the class")
for y_true, y_pred in [
    (classes, scores),
    (classes[:, None], scores),
    (steps, step_scores),
    (steps[..., None], step_scores),
    (classes[:, None], scores[:, None]),
    (classes[:, None, None], scores[:, None]),
]:
    matches = keras.metrics.sparse_categorical_accuracy(y_true, y_pred)
    metric = keras.metrics.SparseCategoricalAccuracy()
    print(
        word(y_true.shape),
        word(y_pred.shape),
        word(matches.shape),
        f"{float(metric(y_true, y_pred)):.4f}",
        sep=" | ",
    )

# %% one-row
one = keras.metrics.sparse_categorical_accuracy(classes[:1], scores[:1])
print(one.shape)

# %% dtypes table=true
print("y_true | dtype of y_true | dtype of y_pred | returned | value")
for y_true, y_pred in [
    (classes, scores),
    (classes.astype("uint8"), scores.astype("float16")),
    (classes.astype("float32"), scores.astype("float32")),
    (classes + 0.7, scores),
    (classes.astype("bool"), scores),
    (classes, (scores * 20).astype("int64")),
]:
    matches = keras.metrics.sparse_categorical_accuracy(y_true, y_pred)
    print(
        y_true,
        y_true.dtype,
        y_pred.dtype,
        keras.backend.standardize_dtype(matches.dtype),
        f"{np.mean(matches):.4f}",
        sep=" | ",
    )


# %% formula after="shapes"
def largest(numbers):
    """Return the index of the largest number of each row.

    The first of equal ones wins. NaN and -inf are no larger than the
    lowest number there is, and -0.0 is smaller than 0.0.
    """
    numbers = numbers.astype(np.result_type(numbers, "float32"))
    limits = np.finfo(numbers.dtype)
    lowest, tiny = limits.min, limits.tiny
    numbers = np.nan_to_num(
        numbers, nan=lowest, neginf=lowest, posinf=np.inf
    )
    negative_zero = (numbers == 0) & np.signbit(numbers)
    return np.where(negative_zero, -tiny, numbers).argmax(axis=-1)


def sparse_categorical_accuracy(y_true, y_pred):
    """Compute the share of rows.

    y_pred is (..., K), y_true the same without K, or with 1 for K.
    """
    found = largest(y_pred)
    # Keras compares labels in the dtype of the scores.
    labels = y_true.reshape(found.shape).astype(y_pred.dtype)
    return np.mean(labels == found.astype(y_pred.dtype))


metric = keras.metrics.SparseCategoricalAccuracy()
for words, y_true, y_pred in [
    ("rows", classes, scores),
    ("steps, in a column", steps[..., None], step_scores),
    ("labels from 1", classes + 1, scores),
    ("NaN", classes, np.full((5, 3), np.nan)),
]:
    metric.reset_state()
    metric.update_state(y_true, y_pred)
    value = sparse_categorical_accuracy(y_true, y_pred)
    assert np.isclose(value, float(metric.result()))
    print(f"{words}: {value:.4f}")

# %% one-hot after="example" table=true
one_hot = np.eye(3)[classes]
print("batch_size | rows | value with one-hot labels")
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(loss="categorical_crossentropy", metrics=[name])
for batch_size, rows in [(32, 5), (3, 3), (1, 5)]:
    try:
        results = model.evaluate(
            scores[:rows],
            one_hot[:rows],
            batch_size=batch_size,
            verbose=0,
            return_dict=True,
        )
        shown = f"{results[name]:.4f}"
    except Exception as error:
        lines = [
            line
            for line in str(error).splitlines()
            if line.startswith("Incompatible shapes")
        ]
        shown = f"{type(error).__name__}: {lines[0]}"
    print(batch_size, rows, shown, sep=" | ")

# %% formula-one-hot after="one-hot"
cells = one_hot[:3] == scores[:3].argmax(axis=-1)
print(cells.astype(int), f"{cells.mean():.4f}", sep="\n")

# %% edge-labels table=true
print("labels | value | loss")
for labels in [
    classes,
    classes.astype("float64"),
    classes + 0.7,
    classes.astype("bool"),
]:
    results = evaluated(labels, scores, [name], sparse_loss)
    value, loss = results[name], results["loss"]
    print(labels, f"{value:.4f}", f"{loss:.4f}", sep=" | ")

# %% edge-label-nan
labels = np.array([np.nan, 1, 2, 0, 2])
metric = keras.metrics.SparseCategoricalAccuracy()
print(f"{float(metric(labels, scores)):.4f}")

# %% text-labels
text = np.array(["0", "1", "2", "0", "2"])
metric = keras.metrics.SparseCategoricalAccuracy()
print(f"{float(metric(text, scores)):.4f}")

# %% bad-input table=true
print("labels | y_true | y_pred | outcome")
for words, y_true, y_pred in [
    ("one-hot", one_hot, scores),
    ("one-hot, as many rows as classes", one_hot[:3], scores[:3]),
    ("0 or 1, one output", classes % 2, scores[:, :1]),
    ("0 or 1, an output without a column", classes % 2, scores[:, 0]),
    (
        "one a row in a column, output has steps",
        classes[:, None],
        step_scores,
    ),
    ("one a row, output has steps", classes, step_scores),
    ("the same, as many rows as steps", classes[:2], step_scores[:2]),
    ("one a step, output has no steps", steps, scores),
    ("two dimensions too many", classes[:, None, None], scores),
    ("text", text, scores),
]:
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=no_loss, metrics=[name], run_eagerly=True)
    try:
        _, value = model.evaluate(y_pred, y_true, verbose=0)
        shown = f"{value:.4f}"
    except Exception as error:
        shown = type(error).__name__
    shapes = [word(array.shape) for array in (y_true, y_pred)]
    print(words, *shapes, shown, sep=" | ")

# %% bad-loss raises="ValueError" after="one-hot"
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(loss=sparse_loss, metrics=[name])
model.evaluate(scores, one_hot, verbose=0)

# %% spellings table=true
print("metrics=[…] | value | key in the results")
for words, metric in [
    (f"'{name}'", name),
    ("'SparseCategoricalAccuracy'", "SparseCategoricalAccuracy"),
    (
        "keras.metrics.sparse_categorical_accuracy",
        keras.metrics.sparse_categorical_accuracy,
    ),
    (
        "keras.metrics.SparseCategoricalAccuracy()",
        keras.metrics.SparseCategoricalAccuracy(),
    ),
    (
        "keras.metrics.SparseCategoricalAccuracy(name='rows')",
        keras.metrics.SparseCategoricalAccuracy(name="rows"),
    ),
    ("'accuracy'", "accuracy"),
]:
    results = evaluated(classes, scores, [metric], sparse_loss)
    key = next(key for key in results if key != "loss")
    print(words, f"{results[key]:.4f}", key, sep=" | ")

# %% function-and-class after="example"
matches = keras.metrics.sparse_categorical_accuracy(classes, scores)
print("function:", np.array(matches))
metric = keras.metrics.SparseCategoricalAccuracy()
metric.update_state(classes[:3], scores[:3])
print(f"class, after three rows: {float(metric.result()):.4f}")
metric.update_state(classes[3:], scores[3:])
print(f"class, after all five: {float(metric.result()):.4f}")
