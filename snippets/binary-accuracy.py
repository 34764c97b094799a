# %% [markdown]
# # binary_accuracy: each number against the threshold
#
# Small arrays that can be checked by eye. The model returns its input,
# so `y_pred` is what it predicts.

# %% setup
import inspect

import keras
import numpy as np

y_true = np.array([[1.0], [0.0], [1.0], [0.0], [1.0]])
y_pred = np.array([[0.9], [0.2], [0.4], [0.7], [0.5]])

# %% signature
for called in (
    keras.metrics.binary_accuracy,
    keras.metrics.BinaryAccuracy,
):
    print(f"{called.__name__}{inspect.signature(called)}")


# %% example
def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


loss = "binary_crossentropy"
results = evaluated(y_true, y_pred, ["binary_accuracy"], loss)
print(f"binary_accuracy: {results['binary_accuracy']:.4f}")

# %% rows table=true
cells = keras.metrics.binary_accuracy(y_true, y_pred).numpy()
print("y_true | y_pred | above 0.5 | counts as right")
for true, pred, cell in zip(y_true, y_pred, cells, strict=True):
    above, right = pred.item() > 0.5, cell.item() == 1
    words = ["yes" if yes else "no" for yes in (above, right)]
    print(true.item(), pred.item(), *words, sep=" | ")


# %% formula after="example"
def same_rank(one, other):
    """Fit (N, 1) to (N,), and (N, T, 1) to (N, T)."""
    if one.ndim == other.ndim + 1 and one.shape[-1] == 1:
        if other.ndim == 1:
            other = other[:, None]
        else:
            one = one[..., 0]
    return one, other


def binary_accuracy(y_true, y_pred, threshold=0.5):
    """Return 1.0 for each label that is met, 0.0 for the others.

    Both of one shape, (N, ...), or one with a 1 more at its end. Any
    other pair of shapes is broadcast. The metric is the mean.
    """
    y_true, y_pred = same_rank(y_true, y_pred)
    y_pred, y_true = same_rank(y_pred, y_true)
    above = y_pred > np.float32(threshold)
    return (y_true == above.astype(y_true.dtype)).astype("float32")


ours = binary_accuracy(y_true, y_pred).mean()
assert np.isclose(ours, results["binary_accuracy"])
print(f"{ours:.4f}")

# %% cells
labels = np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]])
scores = np.array([[0.9, 0.2, 0.8], [0.1, 0.2, 0.7]])

cells = keras.metrics.binary_accuracy(labels, scores)
print("function, one number for each label:")
print(cells.numpy())
metric = keras.metrics.BinaryAccuracy()
metric.update_state(labels, scores)
print("class, one number, the mean:")
print(f"{float(metric.result()):.4f}")

# %% weights table=true
print("sample_weight | its shape | value")
for weights in [
    np.array(1),
    np.array([3, 1]),
    np.array([[3], [1]]),
    np.array([[1, 1, 3]]),
    np.array([[1, 1, 0], [0, 0, 1]]),
]:
    metric = keras.metrics.BinaryAccuracy()
    metric.update_state(labels, scores, sample_weight=weights)
    value = float(metric.result())
    each = weights[:, None] if weights.ndim == 1 else weights
    each = np.broadcast_to(each, labels.shape)
    assert np.isclose(value, np.average(cells, weights=each))
    print(weights.tolist(), weights.shape, f"{value:.4f}", sep=" | ")

# %% weights-in-evaluate
for where in ("metrics", "weighted_metrics"):
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Identity()]
    )
    model.compile(
        loss="binary_crossentropy", **{where: ["binary_accuracy"]}
    )
    results = model.evaluate(
        scores,
        labels,
        sample_weight=np.array([3.0, 1.0]),
        verbose=0,
        return_dict=True,
    )
    print(f"{where}: {results['binary_accuracy']:.4f}")

# %% dtypes table=true
numbers = np.array([0, 1, 2, 1])
outputs = np.array([0.2, 0.8, 0.9, 0.3])
print("labels as | value")
for label_type in ["float32", "int64", "uint8", "bool"]:
    values = set()
    for output_type in ["float32", "float16", "int64", "uint8", "bool"]:
        is_float = output_type.startswith("float")
        given = outputs if is_float else outputs > 0.5
        cells = keras.metrics.binary_accuracy(
            numbers.astype(label_type), given.astype(output_type)
        )
        values.add(f"{float(np.mean(cells)):.4f}")
    print(label_type, " or ".join(values), sep=" | ")

# %% rounding table=true
print("y_true | y_pred | counts today | counts by rounding")
for true, pred in [
    (0.0, 0.5),
    (1.0, 0.5),
    (1.0, 0.8),
    (1.0, 1.5),
    (0.0, -0.7),
    (2.0, 2.1),
    (0.0, np.nan),
]:
    cell = keras.metrics.binary_accuracy([true], [pred])
    today, older = float(cell[0]), float(true == np.round(pred))
    print(true, pred, today, older, sep=" | ")

# %% rounding-agrees
between = np.linspace(0, 1, 1001, dtype="float32")
half = np.float32(0.5)
between = np.append(between, np.nextafter(half, [half - 1, half + 1]))
for label in (0.0, 1.0):
    given = np.full_like(between, label)
    assert np.array_equal(
        keras.metrics.binary_accuracy(given, between),
        given == np.round(between),
    )
print(f"the same for {len(between)} predictions from 0 to 1")

# %% logits table=true
binary = np.array([[1.0], [1.0], [0.0], [0.0]])
logits = np.array([[2.0], [0.3], [-0.2], [-1.5]])
sigmoid = 1 / (1 + np.exp(-logits))
print("given | threshold | value")
for words, given, threshold in [
    ("probabilities", sigmoid, 0.5),
    ("logits", logits, 0.5),
    ("logits", logits, 0.0),
]:
    metric = keras.metrics.BinaryAccuracy(threshold=threshold)
    metric.update_state(binary, given)
    value = f"{float(metric.result()):.4f}"
    print(words, threshold, value, sep=" | ")

# %% step table=true
print(
    "all predictions | labels 1, accuracy | labels 0, accuracy"
    " | labels 1, loss | labels 0, loss"
)
for value in (0.499, 0.5, 0.501):
    given = np.full((4, 1), value)
    both = [
        evaluated(
            np.full((4, 1), label), given, ["binary_accuracy"], loss
        )
        for label in (1.0, 0.0)
    ]
    row = [results["binary_accuracy"] for results in both]
    row += [results["loss"] for results in both]
    print(value, *[f"{number:.4f}" for number in row], sep=" | ")

# %% at-threshold table=true
print("dtype | next below 0.5 | 0.5 | next above 0.5")
for dtype in ["float64", "float32", "float16", "bfloat16"]:
    half = np.array(0.5, dtype)
    below, above = np.nextafter(half, np.array([0, 1], dtype))
    row = keras.metrics.binary_accuracy(
        np.ones(3, dtype), np.array([below, half, above])
    )
    print(dtype, *row.numpy(), sep=" | ")

# %% other-thresholds table=true
print("dtype of y_pred | 0.3 > 0.3 | 0.5 > 0.5 | 0.7 > 0.7")
for dtype in ["float64", "float32", "float16", "bfloat16"]:
    row = []
    for threshold in (0.3, 0.5, 0.7):
        value = keras.ops.convert_to_tensor([threshold], dtype)
        one = keras.ops.ones_like(value)
        row += list(
            keras.metrics.binary_accuracy(one, value, threshold)
        )
    words = ["yes" if cell == 1 else "no" for cell in row]
    print(dtype, *words, sep=" | ")

# %% half-precision table=true
outputs = np.array([[0.5001], [0.501], [0.6]])
print("dtype of the model | value | its predictions")
for dtype in ["float32", "float16", "bfloat16"]:
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity(dtype=dtype)]
    )
    model.compile(loss=loss, metrics=["binary_accuracy"])
    value = model.evaluate(outputs, np.ones((3, 1)), verbose=0)[1]
    as_dtype = keras.ops.cast(outputs[:, 0], dtype)
    predictions = keras.ops.cast(as_dtype, "float32").numpy()
    words = ", ".join(f"{number:.4f}" for number in predictions)
    print(dtype, f"{value:.4f}", words, sep=" | ")

# %% special table=true
print(
    "y_pred | threshold | right for label 0 | right for label 1"
    " | above it in NumPy"
)
for pred, threshold in [
    (np.nan, 0.5),
    (np.inf, 0.5),
    (-np.inf, 0.5),
    (0.0, 0.0),
    (-0.0, 0.0),
    (1e-40, 0.0),
]:
    cells = keras.metrics.binary_accuracy(
        np.array([0.0, 1.0]), np.full(2, pred, "float32"), threshold
    )
    answers = [*(cells == 1), np.float32(pred) > threshold]
    words = ["yes" if answer else "no" for answer in answers]
    print(pred, threshold, *words, sep=" | ")

# %% labels table=true
print("label | right with y_pred 0.2 | right with y_pred 0.8")
for label in [0.0, -0.0, 1.0, 2.0, -1.0, 255.0, 0.9, np.nan]:
    cells = keras.metrics.binary_accuracy(
        np.array([label, label]), np.array([0.2, 0.8])
    )
    words = ["yes" if cell == 1 else "no" for cell in cells]
    print(label, *words, sep=" | ")

# %% many-thresholds after=["formula", "cells"]
for threshold in (0.5, [0.05, 0.5, 0.75]):
    metric = keras.metrics.BinaryAccuracy(threshold=threshold)
    results = evaluated(labels, scores, [metric], loss)
    ours = binary_accuracy(labels, scores, threshold).mean()
    assert np.isclose(ours, results["binary_accuracy"])
    print(f"{threshold}: {ours:.4f}")

# %% saved
metric = keras.metrics.BinaryAccuracy(threshold=0.3)
print(metric.get_config())


# %% own-function after="example"
def above_a_third(y_true, y_pred):
    """Score with a threshold of one third."""
    return keras.metrics.binary_accuracy(y_true, y_pred, 1 / 3)


results = evaluated(y_true, y_pred, [above_a_third], loss)
print(f"above_a_third: {results['above_a_third']:.4f}")

# %% spellings table=true
print("metrics=[…] | value | key in the results")
for words, metric in [
    ("'binary_accuracy'", "binary_accuracy"),
    ("'BinaryAccuracy'", "BinaryAccuracy"),
    ("binary_accuracy", keras.metrics.binary_accuracy),
    ("BinaryAccuracy()", keras.metrics.BinaryAccuracy()),
    (
        "BinaryAccuracy(threshold=0.3)",
        keras.metrics.BinaryAccuracy(threshold=0.3),
    ),
    (
        "BinaryAccuracy('at_0.3', threshold=0.3)",
        keras.metrics.BinaryAccuracy("at_0.3", threshold=0.3),
    ),
    ("above_a_third", above_a_third),
    ("'accuracy'", "accuracy"),
]:
    results = evaluated(y_true, y_pred, [metric], loss)
    key = next(name for name in results if name != "loss")
    print(words, f"{results[key]:.4f}", key, sep=" | ")

# %% text-labels raises="ValueError" after="example"
text = np.array([["1"], ["0"], ["1"], ["0"], ["1"]])
evaluated(text, y_pred, ["binary_accuracy"], loss)

# %% wrong-case raises="ValueError" after="example"
evaluated(y_true, y_pred, ["Binary_Accuracy"], loss)
