# %% [markdown]
# # binary_accuracy: labels of another shape than the predictions
#
# What is compared with what, and where no message says that the shapes
# do not belong together.

# %% setup
import keras
import numpy as np


def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


# %% shapes table=true
def word(shape):
    """Write a shape as documentation does."""
    inner = ", ".join(str(size) for size in shape[1:])
    return f"(N, {inner})" if inner else "(N,)"


print("y_true | y_pred | repeated to fit | compared")
for labels, outputs in [
    ((4,), (4, 1)),
    ((4, 1), (4,)),
    ((4,), (4,)),
    ((4, 3), (4, 3)),
    ((4, 7), (4, 7, 1)),
    ((4, 7, 1), (4, 7)),
    ((4, 3), (4, 1)),
    ((4, 1), (4, 3)),
    ((4, 3), (4,)),
    ((4, 1), (4, 7, 1)),
    ((4,), (4, 7, 1)),
    ((4,), (4, 3)),
    ((4, 7), (4, 7, 3)),
]:
    sides = {
        "labels": np.zeros(labels),
        "predictions": np.zeros(outputs),
    }
    try:
        cells = keras.metrics.binary_accuracy(*sides.values())
        repeated = [
            name for name in sides if sides[name].size < np.size(cells)
        ]
        words = " and ".join(repeated) or "nothing"
        compared = word(cells.shape).replace("4", "N")  # 4 rows
    except Exception as error:
        words, compared = "refused", type(error).__name__
    print(word(labels), word(outputs), words, compared, sep=" | ")

# %% one-hot table=true
mse, bce = "mean_squared_error", "binary_crossentropy"
classes = np.array([0, 1, 1, 0, 1])
one_hot = np.eye(2)[classes]
good = np.array([[0.1], [0.9], [0.8], [0.2], [0.7]])
print("predictions | one-hot labels | labels 0 or 1")
for words, y_pred in [("all right", good), ("all wrong", 1 - good)]:
    row = [
        evaluated(y_true, y_pred, ["accuracy"], mse)["accuracy"]
        for y_true in (one_hot, classes)
    ]
    print(words, *[f"{value:.4f}" for value in row], sep=" | ")

# %% one-hot-wider table=true
print("classes | all predictions above 0.5 | none above 0.5")
for count in (2, 3, 10):
    labels = np.eye(count)
    row = [
        evaluated(labels, np.full((count, 1), value), ["accuracy"], mse)
        for value in (0.9, 0.1)
    ]
    values = [f"{results['accuracy']:.4f}" for results in row]
    print(count, *values, sep=" | ")

# %% one-hot-loss raises="ValueError" after="one-hot"
evaluated(one_hot, good, ["accuracy"], bce)

# %% instead-one-hot after="one-hot"
column = one_hot.argmax(axis=-1)
results = evaluated(column, good, ["accuracy"], bce)
print(f"accuracy: {results['accuracy']:.4f}")

# %% class-numbers-right
classes = np.arange(12) % 10
softmax = np.full((12, 10), 0.01)
softmax[np.arange(12), classes] = 0.91
loss = "sparse_categorical_crossentropy"
metric = "sparse_categorical_accuracy"
results = evaluated(classes, softmax, [metric], loss)
print(f"{results[metric]:.4f}")

# %% class-numbers table=true
model = keras.Sequential([keras.Input((10,)), keras.layers.Identity()])
model.compile(loss=loss, metrics=["binary_accuracy"], run_eagerly=True)
print("y_true | rows | batch_size | value")
for y_true, rows, size in [
    (classes[:, None], 12, 12),
    (classes, 10, 10),
    (classes, 12, 12),
    (classes, 12, 10),
]:
    given = softmax[:rows], y_true[:rows]
    try:
        value = model.evaluate(*given, batch_size=size, verbose=0)[1]
        words = f"{value:.4f}"
    except Exception as error:
        words = type(error).__name__
    print(word(y_true.shape), rows, size, words, sep=" | ")

# %% class-numbers-error
try:
    evaluated(classes, softmax, ["binary_accuracy"], loss)
except Exception as error:
    message = str(error)
    start = message.index("Incompatible")
    print(message[start:].split(" [Op", maxsplit=1)[0])

# %% no-column
y_true = np.array([1.0, 0.0, 1.0, 1.0])
y_pred = np.array([0.9, 0.2, 0.4, 0.6])
model = keras.Sequential([keras.Input(()), keras.layers.Identity()])
model.compile(
    loss="mean_squared_error", metrics=["accuracy", "binary_accuracy"]
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"output shape: {model.output_shape}")
print(f"accuracy: {results['accuracy']:.4f}")
print(f"binary_accuracy: {results['binary_accuracy']:.4f}")

# %% no-column-chosen
print(type(model.metrics[1].metrics[0]).__name__)

# %% no-column-why
print(type(model.metrics[1].metrics[0]).__name__)
for name, side in [("label", y_true), ("prediction", y_pred)]:
    print(f"largest {name} of the batch: row {side.argmax(axis=-1)}")

# %% two-columns table=true
print(
    "label | two outputs | only the second | the larger | both outputs"
)
for label, pair in [
    (1, [0.1, 0.9]),
    (0, [0.7, 0.3]),
    (0, [0.4, 0.6]),
    (1, [0.5, 0.5]),
    (1, [0.6, 0.7]),
]:
    one_hot, outputs = np.eye(2)[[label]], np.array([pair])
    second = outputs[:, 1:]
    values = [
        keras.metrics.binary_accuracy(np.array([[label]]), second),
        keras.metrics.categorical_accuracy(one_hot, outputs),
        keras.metrics.binary_accuracy(one_hot, outputs),
    ]
    values = [f"{float(np.mean(value)):.1f}" for value in values]
    print(label, pair, *values, sep=" | ")

# %% sigmoid-and-softmax table=true
labels = np.array([1, 0, 0, 1, 1])
sigmoid = np.array([[0.9], [0.3], [0.6], [0.5], [0.4]])
pairs = np.hstack([1 - sigmoid, sigmoid])
one_hot = np.eye(2)[labels]
print("output | metric | value")
for words, y_true, y_pred, metric in [
    ("one, sigmoid", labels, sigmoid, "accuracy"),
    ("two, softmax", one_hot, pairs, "accuracy"),
    ("two, softmax", one_hot, pairs, "binary_accuracy"),
]:
    results = evaluated(y_true, y_pred, [metric], mse)
    print(words, metric, f"{results[metric]:.4f}", sep=" | ")
for words, y_true, y_pred in [
    ("one, sigmoid", labels, sigmoid),
    ("two, softmax", one_hot, pairs),
]:
    metric = keras.metrics.BinaryAccuracy(threshold=0.35)
    results = evaluated(y_true, y_pred, [metric], mse)
    value = f"{results['binary_accuracy']:.4f}"
    print(words, "threshold=0.35", value, sep=" | ")
