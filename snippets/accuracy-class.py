# %% [markdown]
# # keras.metrics.Accuracy(): is the number exactly the label?
#
# The class, beside the string 'accuracy' in `compile`. The model
# returns its input, so its predictions are the numbers given. The loss
# is not used.

# %% setup
import inspect

import keras
import numpy as np

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

# %% instead
metric = keras.metrics.Accuracy()
metric.update_state(classes, scores.argmax(axis=-1))
print(f"{float(metric.result()):.4f}")


# %% helpers
def no_loss(y_true, y_pred):
    """Fit every pair of shapes."""
    return keras.ops.zeros((1,))


def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


def by_class(y_true, y_pred):
    """Return what the class reports for one batch, by hand."""
    metric = keras.metrics.Accuracy()
    metric.update_state(y_true, y_pred)
    return float(metric.result())


def word(shape):
    """Write a shape as documentation does."""
    inner = ", ".join(str(size) for size in shape[1:])
    return f"(N, {inner})" if inner else "(N,)"


# %% signature
print(f"Accuracy{inspect.signature(keras.metrics.Accuracy)}")
print(keras.metrics.Accuracy().get_config())

# %% string-and-class after="helpers" table=true
yes_no = np.array([[1.0], [0.0], [1.0], [0.0]])
sigmoid = np.array([[0.9], [0.2], [0.4], [0.1]])
one_hot = keras.utils.to_categorical(classes)

print("labels | 'accuracy' | Accuracy() | y_true | y_pred")
for words, y_true, y_pred in [
    ("one-hot", one_hot, scores),
    ("integer labels (N, 1)", classes[:, None], scores),
    ("integer labels", classes, scores),
    ("0 or 1, one output", yes_no, sigmoid),
]:
    row = []
    for metric in ("accuracy", keras.metrics.Accuracy()):
        try:
            results = evaluated(y_true, y_pred, [metric], no_loss)
            row.append(f"{results['accuracy']:.4f}")
        except Exception as error:
            row.append(type(error).__name__)
    shapes = [word(side.shape) for side in (y_true, y_pred)]
    print(words, *row, *shapes, sep=" | ")

# %% example after="string-and-class"
both = ["accuracy", keras.metrics.Accuracy(name="exact")]
results = evaluated(one_hot, scores, both, no_loss)
print(f"accuracy: {results['accuracy']:.4f}")
print(f"exact: {results['exact']:.4f}")


# %% formula after="string-and-class"
def same_rank(one, other):
    """Fit (N, 1) to (N,), and (N, T, 1) to (N, T)."""
    if one.ndim == other.ndim + 1 and one.shape[-1] == 1:
        if other.ndim == 1:
            other = other[:, None]
        else:
            one = one[..., 0]
    return one, other


def accuracy(y_true, y_pred):
    """Return 1.0 where the numbers are equal, 0.0 elsewhere.

    Both of one shape, (N, ...), or one with a 1 more at its end. Any
    other pair of shapes is broadcast. The metric is the mean.
    """
    y_true = y_true.astype(y_pred.dtype)
    y_true, y_pred = same_rank(y_true, y_pred)
    y_pred, y_true = same_rank(y_pred, y_true)
    return (y_true == y_pred).astype("float32")


chosen = scores.argmax(axis=-1)
for y_true, y_pred in [(one_hot, scores), (classes, chosen)]:
    ours = accuracy(y_true, y_pred).mean()
    assert np.isclose(ours, by_class(y_true, y_pred))
    print(f"{ours:.4f}")

# %% documented
y_true, y_pred = [[1], [2], [3], [4]], [[0], [2], [3], [4]]
for weights in (None, [1, 1, 0, 0]):
    metric = keras.metrics.Accuracy()
    metric.update_state(y_true, y_pred, sample_weight=weights)
    print(f"sample_weight={weights}: {float(metric.result()):.2f}")

# %% documented-compile after="string-and-class"
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(
    optimizer="sgd",
    loss="binary_crossentropy",
    metrics=[keras.metrics.Accuracy()],
)
results = model.evaluate(sigmoid, yes_no, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")

# %% reported after="helpers"
one_hot = keras.utils.to_categorical(classes)
results = evaluated(
    one_hot, scores, [keras.metrics.Accuracy()], no_loss
)
print(f"accuracy: {results['accuracy']:.4f}")

# %% saturated table=true
print("largest logit | 'accuracy' | Accuracy() | a row of softmax")
for largest in (1, 5, 25, 150):
    logits = np.eye(3, dtype="float32")[classes] * largest
    outputs = keras.ops.softmax(logits).numpy()
    both = ["accuracy", keras.metrics.Accuracy(name="exact")]
    results = evaluated(one_hot, outputs, both, no_loss)
    values = [f"{results[name]:.4f}" for name in ("accuracy", "exact")]
    row = ", ".join(f"{score:.2g}" for score in outputs[0])
    print(largest, *values, row, sep=" | ")

# %% shapes table=true
print("y_true | y_pred | repeated to fit | elements compared")
for labels, outputs in [
    ((4,), (4, 1)),
    ((4, 1), (4,)),
    ((4, 7), (4, 7, 1)),
    ((4, 7, 1), (4, 7)),
    ((4, 3), (4, 3)),
    ((4, 1), (4, 3)),
    ((4, 3), (4, 1)),
    ((4,), (4, 3)),
]:
    sides = {
        "labels": np.zeros(labels),
        "predictions": np.zeros(outputs),
    }
    try:
        cells = keras.metrics.Accuracy()._fn(*sides.values())
        repeated = [
            name for name in sides if sides[name].size < np.size(cells)
        ]
        words = " and ".join(repeated) or "nothing"
        compared = word(cells.shape)
    except Exception as error:
        words, compared = "refused", type(error).__name__
    print(word(labels), word(outputs), words, compared, sep=" | ")

# %% casts table=true
print("y_true | y_pred | y_true becomes | equal")
for true, true_type, pred, pred_type in [
    (1, "int64", 1.0, "float32"),
    (1.7, "float32", 1, "int64"),
    (256, "int64", 0, "uint8"),
    (2, "int64", True, "bool"),
    (0.5, "float32", True, "bool"),
    (257, "int64", 256, "bfloat16"),
    (2049, "int64", 2048, "float16"),
    (16777217, "int64", 16777216, "float32"),
    (16777217, "int64", 16777216, "float64"),
]:
    y_true = keras.ops.convert_to_tensor([true], true_type)
    y_pred = keras.ops.convert_to_tensor([pred], pred_type)
    cast = keras.ops.cast(y_true, pred_type)
    becomes = keras.ops.convert_to_numpy(cast).item()
    equal = "yes" if by_class(y_true, y_pred) == 1 else "no"
    print(
        f"{true} {true_type}",
        f"{pred} {pred_type}",
        becomes,
        equal,
        sep=" | ",
    )

# %% rounding table=true
print("given as | 0.3 and 0.1 + 0.2 are equal")
for words, y_true, y_pred in [
    ("arrays of float64", np.array([0.3]), np.array([0.1 + 0.2])),
    ("lists of Python", [0.3], [0.1 + 0.2]),
]:
    equal = "yes" if by_class(y_true, y_pred) == 1 else "no"
    print(words, equal, sep=" | ")
results = evaluated(
    np.array([[0.3]]),
    np.array([[0.1 + 0.2]]),
    [keras.metrics.Accuracy()],
    no_loss,
)
equal = "yes" if results["accuracy"] == 1 else "no"
print("arrays of float64 to evaluate", equal, sep=" | ")

# %% special table=true
print("y_true | y_pred | equal | equal in NumPy")
for true, pred in [
    (np.nan, np.nan),
    (np.inf, np.inf),
    (-np.inf, np.inf),
    (0.0, -0.0),
    (1.0, 1 - 1e-6),
    (0.0, 1e-6),
    (0.0, 1e-40),
]:
    equal = by_class([true], [pred]) == 1
    in_numpy = np.float32(true) == np.float32(pred)
    words = ["yes" if yes else "no" for yes in (equal, in_numpy)]
    print(true, pred, *words, sep=" | ")

# %% silent table=true
three = np.array([0, 1, 2])
print("y_true | y_pred | Accuracy()")
for labels, outputs in [
    (three, scores[:3]),
    (classes[:, None], scores),
    (classes, scores),
]:
    try:
        exact = keras.metrics.Accuracy()
        value = evaluated(labels, outputs, [exact], no_loss)
        value = f"{value['accuracy']:.4f}"
    except Exception as error:
        value = type(error).__name__
    print(labels.shape, outputs.shape, value, sep=" | ")

# %% silent-error
try:
    evaluated(classes, scores, [keras.metrics.Accuracy()], no_loss)
except Exception as error:
    message = str(error)
    start = message.index("Incompatible")
    print(message[start:].split(" [Op", maxsplit=1)[0])

# %% text table=true
print("y_true | y_pred | Accuracy()")
for y_true, y_pred in [
    (np.array(["cat", "dog"]), np.array(["cat", "cow"])),
    (np.array(["1", "2"]), np.array([1.0, 3.0])),
    (np.array(["1", "2"]), np.array([1, 3])),
]:
    try:
        value = f"{by_class(y_true, y_pred):.4f}"
    except Exception as error:
        value = type(error).__name__
    print(y_true.tolist(), y_pred.tolist(), value, sep=" | ")

# %% text-in-evaluate raises="ValueError" after="string-and-class"
text = np.array([["1"], ["0"]])
evaluated(text, sigmoid[:2], [keras.metrics.Accuracy()], no_loss)

# %% spellings table=true
print("metrics=[…] | value | key in the results")
for words, metric in [
    ("'accuracy'", "accuracy"),
    ("'Accuracy'", "Accuracy"),
    ("'acc'", "acc"),
    ("Accuracy()", keras.metrics.Accuracy()),
    ("Accuracy", keras.metrics.Accuracy),
    ("get('accuracy')", keras.metrics.get("accuracy")),
    ("get('Accuracy')", keras.metrics.get("Accuracy")),
    ("Accuracy(name='exact')", keras.metrics.Accuracy(name="exact")),
]:
    results = evaluated(one_hot, scores, [metric], no_loss)
    key = next(name for name in results if name != "loss")
    print(words, f"{results[key]:.4f}", key, sep=" | ")

# %% both after="reported"
both = ["accuracy", keras.metrics.Accuracy()]
results = evaluated(one_hot, scores, both, no_loss)
for key, value in results.items():
    if key != "loss":
        print(f"{key}: {value:.4f}")

# %% function raises="ImportError"
from keras.metrics import accuracy

print(accuracy)

# %% get-acc raises="ValueError"
keras.metrics.get("acc")
