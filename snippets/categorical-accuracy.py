# %% [markdown]
# # Categorical accuracy: the largest score against the largest label
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
for named in ("categorical_accuracy", "CategoricalAccuracy"):
    signature = inspect.signature(getattr(keras.metrics, named))
    print(f"{named}{signature}")

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
loss = "categorical_crossentropy"
results = evaluated(one_hot, scores, ["categorical_accuracy"], loss)
print(f"{results['categorical_accuracy']:.4f}")

# %% formula-short after="example"
plain = np.mean(one_hot.argmax(axis=-1) == scores.argmax(axis=-1))
assert np.isclose(plain, results["categorical_accuracy"])
print(f"{plain:.4f}")

# %% rows table=true
matches = keras.metrics.categorical_accuracy(one_hot, scores)
print(
    "y_true | index of its 1 | y_pred | index of its largest | counts"
)
for label, score, match in zip(one_hot, scores, matches, strict=True):
    print(
        label.astype(int),
        label.argmax(),
        score,
        score.argmax(),
        "yes" if match else "no",
        sep=" | ",
    )

# %% drawn after="example" table=true
print("row and class | score | the largest of the row")
for row in (0, 2):
    for index, score in enumerate(scores[row]):
        kind = "label" if index == classes[row] else "class"
        print(
            f"row {row}, {kind} {index}",
            score,
            scores[row].max(),
            sep=" | ",
        )

# %% channels-first
# Classes on axis 1, one image of four pixels: two of them are right.
pixels = np.eye(3)[[[[0, 1], [2, 0]]]]
y_true = np.moveaxis(pixels, -1, 1)
y_pred = np.full(y_true.shape, 0.1)
y_pred[:, 0] = 0.8


def channels_first(y_true, y_pred):
    """Take the largest over axis 1."""
    y_true = keras.ops.moveaxis(y_true, 1, -1)
    y_pred = keras.ops.moveaxis(y_pred, 1, -1)
    return keras.metrics.categorical_accuracy(y_true, y_pred)


metrics = ["categorical_accuracy", channels_first]
for name, value in evaluated(y_true, y_pred, metrics, no_loss).items():
    if name != "loss":
        print(f"{name}: {value:.4f}")

# %% shapes after="example" table=true
# 2 steps, 4 by 4 pixels, or a label with a dimension too many.
steps = np.repeat(one_hot[:, None], 2, axis=1)
step_scores = np.repeat(scores[:, None], 2, axis=1)
step_scores[:, 1] = [0.2, 0.1, 0.7]
pixels = np.broadcast_to(one_hot[:, None, None], (5, 4, 4, 3))
pixel_scores = np.broadcast_to(scores[:, None, None], (5, 4, 4, 3))


def word(shape):
    """Write a shape as documentation does."""
    inner = ", ".join(str(size) for size in shape[1:])
    return f"(N, {inner})" if inner else "(N,)"


print("y_true | y_pred | the function returns | the class")
for y_true, y_pred in [
    (one_hot, scores),
    (steps, step_scores),
    (pixels, pixel_scores),
    (one_hot[:, None], scores),
]:
    matches = keras.metrics.categorical_accuracy(y_true, y_pred)
    metric = keras.metrics.CategoricalAccuracy()
    print(
        word(y_true.shape),
        word(y_pred.shape),
        word(matches.shape),
        f"{float(metric(y_true, y_pred)):.4f}",
        sep=" | ",
    )

# %% dtypes table=true
tenths = (scores * 20).astype("int64")
print("dtype of y_true | dtype of y_pred | returned | the class")
for y_true, y_pred in [
    (one_hot, scores),
    (one_hot.astype("bool"), scores.astype("float32")),
    (one_hot.astype("int64"), scores.astype("float16")),
    (one_hot, tenths),
]:
    matches = keras.metrics.categorical_accuracy(y_true, y_pred)
    metric = keras.metrics.CategoricalAccuracy()
    print(
        y_true.dtype,
        y_pred.dtype,
        keras.backend.standardize_dtype(matches.dtype),
        f"{float(metric(y_true, y_pred)):.4f}",
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


def categorical_accuracy(y_true, y_pred):
    """Compute the share of rows; y_true and y_pred are (..., K)."""
    wanted, found = largest(y_true), largest(y_pred)
    # Keras compares class indices in the dtype of the scores.
    wanted, found = (n.astype(y_pred.dtype) for n in (wanted, found))
    return np.mean(wanted.reshape(found.shape) == found)


metric = keras.metrics.CategoricalAccuracy()
for words, y_true, y_pred in [
    ("rows", one_hot, scores),
    ("steps", steps, step_scores),
    ("NaN", one_hot, np.full((5, 3), np.nan)),
    ("float16", one_hot, scores.astype("float16")),
]:
    metric.reset_state()
    metric.update_state(y_true, y_pred)
    value = categorical_accuracy(y_true, y_pred)
    assert np.isclose(value, float(metric.result()))
    print(f"{words}: {value:.4f}")

# %% labels table=true
print("labels | largest of the label | value")
for words, y_true in [
    ("one-hot", one_hot),
    ("smoothed: 0.8 and 0.1", one_hot * 0.7 + 0.1),
    ("two classes at 0.5: the first counts", np.array([[0.5, 0.5, 0]])),
    ("several 1s: the first counts", np.array([[0, 1, 1]])),
    ("all zero: class 0", np.zeros((1, 3))),
    ("1 and -1 instead of 1 and 0", one_hot * 2 - 1),
]:
    metric = keras.metrics.CategoricalAccuracy()
    value = metric(y_true, scores[: len(y_true)])
    places = y_true.argmax(axis=-1)
    print(words, places, f"{float(value):.4f}", sep=" | ")

# %% class-numbers table=true
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
print("batch_size | y_true (N,) | y_true (N, 1)")
for batch_size in (5, 4, 1):
    values = []
    for labels in (classes, classes[:, None]):
        model.compile(
            loss="sparse_categorical_crossentropy",
            metrics=["categorical_accuracy"],
        )
        _, value = model.evaluate(
            scores, labels, batch_size=batch_size, verbose=0
        )
        values.append(value)
    print(batch_size, *[f"{v:.4f}" for v in values], sep=" | ")

# %% formula-class-numbers after="example"
label_of_batch = classes.argmax()
print(f"{np.mean(scores.argmax(axis=-1) == label_of_batch):.4f}")
print(f"{np.mean(scores.argmax(axis=-1) == 0):.4f}")

# %% bad-input table=true
print("labels | y_true | y_pred | outcome")
for words, y_true, y_pred in [
    ("integer labels", classes, scores),
    ("integer labels (N, 1)", classes[:, None], scores),
    ("one-hot, one output", one_hot, scores[:, :1]),
    ("0 or 1, one output", classes[:, None] % 2, scores[:, :1]),
    ("0 or 1, an output without a column", classes % 2, scores[:, 0]),
    ("one-hot of other classes", np.eye(4)[classes], scores),
    (
        "one a row, in a dimension for steps",
        one_hot[:, None],
        step_scores,
    ),
    ("one a row, output has steps", one_hot, step_scores),
    ("the same, as many rows as steps", one_hot[:2], step_scores[:2]),
    ("one a step, output has no steps", steps, scores),
    ("text", np.full((5, 3), "cat"), scores),
]:
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(
        loss=no_loss,
        metrics=["categorical_accuracy"],
        run_eagerly=True,
    )
    try:
        _, value = model.evaluate(y_pred, y_true, verbose=0)
        shown = f"{value:.4f}"
    except Exception as error:
        shown = type(error).__name__
    shapes = [word(array.shape) for array in (y_true, y_pred)]
    print(words, *shapes, shown, sep=" | ")

# %% spellings table=true
print("metrics=[…] | value | key in the results")
for words, metric in [
    ("'categorical_accuracy'", "categorical_accuracy"),
    ("'CategoricalAccuracy'", "CategoricalAccuracy"),
    (
        "keras.metrics.categorical_accuracy",
        keras.metrics.categorical_accuracy,
    ),
    (
        "keras.metrics.CategoricalAccuracy()",
        keras.metrics.CategoricalAccuracy(),
    ),
    (
        "keras.metrics.CategoricalAccuracy(name='rows')",
        keras.metrics.CategoricalAccuracy(name="rows"),
    ),
    ("'accuracy'", "accuracy"),
]:
    results = evaluated(one_hot, scores, [metric], loss)
    key = next(name for name in results if name != "loss")
    print(words, f"{results[key]:.4f}", key, sep=" | ")

# %% function-and-class after="example"
matches = keras.metrics.categorical_accuracy(one_hot, scores)
print("function:", np.array(matches))
metric = keras.metrics.CategoricalAccuracy()
metric.update_state(one_hot[:3], scores[:3])
print(f"class, after three rows: {float(metric.result()):.4f}")
metric.update_state(one_hot[3:], scores[3:])
print(f"class, after all five: {float(metric.result()):.4f}")
