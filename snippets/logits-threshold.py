# %% [markdown]
# # Accuracy of logits, with the threshold of probabilities
#
# The model returns its input, so it predicts the logits given here.

# %% setup
import keras
import numpy as np

y_true = np.array([[0.0], [0], [0], [0], [1], [1], [1], [1]])
logits = np.array(
    [[-2.0], [-1.2], [-0.4], [0.3], [0.1], [0.2], [0.4], [1.3]]
)

# %% reported
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
results = model.evaluate(logits, y_true, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")

# %% formula after="reported"
probability = 1 / (1 + np.exp(-logits))
reported = np.mean(y_true == (logits > 0.5))
meant = np.mean(y_true == (probability > 0.5))
assert np.isclose(reported, results["accuracy"])
assert np.isclose(meant, np.mean(y_true == (logits > 0)))
print(f"reported: {reported:.4f}")
print(f"meant: {meant:.4f}")

# %% as-probability
print(f"{1 / (1 + np.exp(-0.5)):.4f}")

# %% rows table=true
print(
    "y_true | logit | sigmoid(logit) | logit > 0.5, as reported"
    " | sigmoid(logit) > 0.5, as meant"
)
for true, logit, p in zip(y_true, logits, probability, strict=True):
    answers = [
        "right" if true[0] == above else "wrong"
        for above in (logit[0] > 0.5, p[0] > 0.5)
    ]
    print(true[0], logit[0], f"{p[0]:.4f}", *answers, sep=" | ")

# %% drawn table=true
print("row | logit | cut by 'accuracy'")
for true, logit in zip(y_true, logits, strict=True):
    print(f"label {true[0]:.0f} | {logit[0]} | 0.5")


# %% helpers
def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


# %% from-logits table=true
sigmoid = np.array(keras.ops.sigmoid(logits))
print("output | from_logits | loss | 'accuracy' | threshold=0.0")
for words, y_pred, from_logits in [
    ("logits", logits, True),
    ("logits", logits, False),
    ("sigmoid", sigmoid, False),
]:
    at_zero = keras.metrics.BinaryAccuracy(threshold=0.0, name="zero")
    values = evaluated(
        y_true,
        y_pred,
        ["accuracy", at_zero],
        keras.losses.BinaryCrossentropy(from_logits=from_logits),
    )
    print(
        words,
        from_logits,
        *[f"{values[k]:.4f}" for k in ("loss", "accuracy", "zero")],
        sep=" | ",
    )

# %% share-of-ones
print(f"{np.mean(y_true):.4f}")

# %% two-by-three
labels = np.array([[0, 0, 0], [0, 1, 1]])
outputs = np.array([[-0.1, -0.1, -0.1], [0.1, 0.1, 0.1]])
at_zero = keras.metrics.BinaryAccuracy(threshold=0.0)
at_half = keras.metrics.BinaryAccuracy()
print(f"threshold=0.0: {at_zero(labels, outputs):.7f}")
print(f"without: {at_half(labels, outputs):.7f}")

# %% two-by-three-accuracy after="two-by-three"
wide = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
wide.compile(
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
results = wide.evaluate(outputs, labels, verbose=0, return_dict=True)
print(f"'accuracy': {results['accuracy']:.7f}")

# %% formula-two-by-three after="two-by-three-accuracy"
zero = np.mean(labels == (outputs > 0))
half = np.mean(labels == (outputs > 0.5))
largest = np.mean(labels.argmax(axis=-1) == outputs.argmax(axis=-1))
assert np.isclose(zero, at_zero.result())
assert np.isclose(half, at_half.result())
assert np.isclose(largest, results["accuracy"])
print(f"{zero:.4f}, {half:.4f}, {largest:.4f}")

# %% softmax table=true
numbers = np.array([0, 1, 2, 0])
scores = np.array(
    [[2.0, -1, 0], [0.1, 0.3, 0.2], [-3, -2, -1], [0, 1, 2]]
)
print("labels | 'accuracy' of logits | 'accuracy' of their softmax")
for words, labels, loss in [
    (
        "one-hot",
        np.eye(3)[numbers],
        keras.losses.CategoricalCrossentropy,
    ),
    (
        "integer labels",
        numbers,
        keras.losses.SparseCategoricalCrossentropy,
    ),
]:
    row = []
    for y_pred, from_logits in [
        (scores, True),
        (np.array(keras.ops.softmax(scores)), False),
    ]:
        values = evaluated(
            labels,
            y_pred,
            ["accuracy"],
            loss(from_logits=from_logits),
        )
        row.append(f"{values['accuracy']:.4f}")
    print(words, *row, sep=" | ")

# %% same-class
grid = np.arange(-1000, 1001).reshape(-1, 1) / 100
ones = np.ones_like(grid)
by_logit = keras.metrics.binary_accuracy(ones, grid, threshold=0.0)
by_sigmoid = keras.metrics.binary_accuracy(
    ones, keras.ops.sigmoid(grid)
)
same = np.sum(np.array(by_logit) == np.array(by_sigmoid))
print(f"the same class for {same} of {len(grid)} logits")

# %% edges table=true
print(
    "logit | logit, threshold=0.0 | sigmoid, threshold=0.5"
    " | logit, threshold=0.5 | sigmoid is exactly 0.5"
)
for logit in [0.0, -0.0, 1e-9, 0.5, np.inf, -np.inf, np.nan]:
    y_pred = np.array([[logit]], "float32")
    sigmoid = keras.ops.sigmoid(y_pred)
    one = np.array([[1.0]], "float32")
    classes = [
        int(keras.metrics.binary_accuracy(one, y, threshold=t)[0, 0])
        for y, t in [(y_pred, 0.0), (sigmoid, 0.5), (y_pred, 0.5)]
    ]
    tie = "yes" if sigmoid[0, 0] == 0.5 else "no"
    print(logit, *classes, tie, sep=" | ")

# %% instead after="reported"
model.compile(
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[
        keras.metrics.BinaryAccuracy(threshold=0.0, name="accuracy")
    ],
)
results = model.evaluate(logits, y_true, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")


# %% instead-function after="instead"
def accuracy_of_logits(y_true, y_pred):
    """Share of logits on the right side of 0."""
    return keras.metrics.binary_accuracy(y_true, y_pred, threshold=0.0)


model.compile(
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[accuracy_of_logits],
)
results = model.evaluate(logits, y_true, verbose=0, return_dict=True)
print(f"accuracy_of_logits: {results['accuracy_of_logits']:.4f}")

# %% instead-sigmoid
model = keras.Sequential(
    [keras.Input((1,)), keras.layers.Activation("sigmoid")]
)
model.compile(
    loss=keras.losses.BinaryCrossentropy(),
    metrics=["accuracy"],
)
results = model.evaluate(logits, y_true, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")

# %% other-threshold after="formula"
p = 0.4
on_logits = keras.metrics.BinaryAccuracy(threshold=np.log(p / (1 - p)))
on_probability = keras.metrics.BinaryAccuracy(threshold=p)
print(f"logits: {float(on_logits(y_true, logits)):.4f}")
value = float(on_probability(y_true, probability))
print(f"probabilities: {value:.4f}")

# %% other-metrics table=true
metrics = keras.metrics
print("written | outcome")
for words, make in [
    (
        "BinaryAccuracy(from_logits=True)",
        lambda: metrics.BinaryAccuracy(from_logits=True),
    ),
    (
        "BinaryAccuracy(threshold=0.0)",
        lambda: metrics.BinaryAccuracy(threshold=0.0),
    ),
    (
        "Precision(thresholds=0.0)",
        lambda: metrics.Precision(thresholds=0.0),
    ),
    (
        "Precision(thresholds=-1.0)",
        lambda: metrics.Precision(thresholds=-1.0),
    ),
    ("AUC(from_logits=True)", lambda: metrics.AUC(from_logits=True)),
    ("F1Score(threshold=0.0)", lambda: metrics.F1Score(threshold=0.0)),
]:
    try:
        make()
        print(words, "accepted", sep=" | ")
    except (TypeError, ValueError) as error:
        message = str(error).splitlines()[0]
        print(words, f"{type(error).__name__}: {message}", sep=" | ")

# %% documented
for name in ("BinaryAccuracy", "Precision", "AUC"):
    mentioned = "from_logits" in getattr(metrics, name).__doc__
    print(f"{name}: {'yes' if mentioned else 'no'}")

# %% older-formula
older = np.mean(y_true == np.round(logits))
print(f"{older:.4f}")
