# %% [markdown]
# # What the string 'accuracy' becomes, by shapes
#
# The model returns its input, so its predictions are the numbers given.
# The loss is the same for every pair of shapes: it does not look at
# labels or output.

# %% setup
import keras
import numpy as np


def no_loss(y_true, y_pred):
    """Fit every pair of shapes."""
    return keras.ops.zeros((1,))


def identity_model(
    y_pred, metric="accuracy", loss=no_loss, run_eagerly=True
):
    """Return a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=[metric], run_eagerly=run_eagerly)
    return model


def chosen(model):
    """Return the metric that Keras made of the first batch."""
    return type(model.metrics[1].metrics[0]).__name__


def report(y_true, y_pred, metric="accuracy", loss=no_loss):
    """Return the metric chosen, its value, and its key."""
    model = identity_model(y_pred, metric, loss)
    results = model.evaluate(
        y_pred, y_true, verbose=0, return_dict=True
    )
    key = next(name for name in results if name != "loss")
    return chosen(model), f"{results[key]:.4f}", key


# %% situations table=true
def word(shape):
    """Write a shape as documentation does."""
    inner = ", ".join(str(size) for size in shape[1:])
    return f"(N, {inner})" if inner else "(N,)"


column, wide = np.zeros((4, 1)), np.zeros((4, 3))
steps, pixels = np.zeros((4, 7)), np.zeros((4, 8, 8, 1))
situations = [
    ("0 or 1, one output", np.zeros((4,)), column),
    ("0 or 1 in a column, one output", column, column),
    ("integer labels", np.zeros((4,)), wide),
    ("integer labels in a column", column, wide),
    ("0 or 1 in a column, two outputs", column, np.zeros((4, 2))),
    ("one-hot", wide, wide),
    ("multi-label: several 1s a row", wide, wide),
    ("numbers to predict (regression)", np.zeros((4,)), column),
    ("several numbers to predict", wide, wide),
    ("an integer label for each step", steps, np.zeros((4, 7, 3))),
    ("0 or 1 for each pixel", pixels, pixels),
]
print("your labels | 'accuracy' becomes | y_true | y_pred")
for words, y_true, y_pred in situations:
    shapes = [word(array.shape) for array in (y_true, y_pred)]
    print(words, report(y_true, y_pred)[0], *shapes, sep=" | ")

# %% matrix after="situations" table=true
# Every pair of ranks up to 3. 5 rows, 4 steps, 3 classes.
label_shapes = [(5,), (5, 1), (5, 3), (5, 4), (5, 4, 1), (5, 4, 3)]
output_shapes = [(5,), (5, 1), (5, 3), (5, 4, 1), (5, 4, 3)]


def outcome(y_true, y_pred):
    """Say what was chosen, and the error if it then fails."""
    model = identity_model(y_pred)
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
found = {}
for labels in label_shapes:
    for outputs in output_shapes:
        pair = np.zeros(labels), np.zeros(outputs)
        found[labels, outputs] = outcome(*pair)
    row = [found[labels, outputs] for outputs in output_shapes]
    print(word(labels), *row, sep=" | ")


# %% rule
def rule(y_true, y_pred):
    """Say what 'accuracy' becomes; the first batch decides."""
    if y_pred.shape[-1] == 1:
        return "BinaryAccuracy"
    if y_true.ndim < y_pred.ndim or y_true.shape[-1] == 1:
        return "SparseCategoricalAccuracy"
    return "CategoricalAccuracy"


# %% agreement after=["matrix", "rule"]
for (labels, outputs), keras_says in found.items():
    says = rule(np.zeros(labels), np.zeros(outputs))
    assert says == keras_says.split(",")[0]
print(f"the rule agrees with Keras on {len(found)} pairs of shapes")

# %% example table=true
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
for words, labels in [("integers", classes), ("one-hot", one_hot)]:
    metric, value, _ = report(labels, scores)
    print(words, metric, value, sep=" | ")

# %% used after="example"
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
results = model.evaluate(scores, classes, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")
print(chosen(model))


# %% formula after=["rule", "example"]
def accuracy_of_batch(y_true, y_pred):
    """Compute 'accuracy' of one batch, in shapes that fit."""
    metric = rule(y_true, y_pred)
    if metric == "BinaryAccuracy":  # each output, above 0.5 or not
        y_true = y_true.reshape(y_pred.shape)
        return np.mean(y_true == (y_pred > 0.5))
    best = y_pred.argmax(axis=-1)  # rows, the largest score
    if metric == "SparseCategoricalAccuracy":
        return np.mean(y_true.reshape(best.shape) == best)
    return np.mean(y_true.argmax(axis=-1) == best)


binary = np.array([[0.0], [1.0], [0.0], [1.0]])
guesses = np.array([[0.2], [0.7], [0.6], [0.4]])
for y_true, y_pred in [
    (classes, scores),
    (one_hot, scores),
    (binary, guesses),
]:
    metric, value, _ = report(y_true, y_pred)
    assert value == f"{accuracy_of_batch(y_true, y_pred):.4f}"
    print(metric, value)

# %% losses after="example" table=true
print("loss | 'accuracy' becomes | value")
for loss in [
    "binary_crossentropy",
    "categorical_crossentropy",
    "mean_squared_error",
    no_loss,
]:
    words = loss if isinstance(loss, str) else "a function of your own"
    metric, value, _ = report(one_hot, scores, loss=loss)
    print(words, metric, value, sep=" | ")

# %% sparse-losses table=true
print("loss | 'accuracy' becomes | value")
for words, loss in [
    ("sparse_categorical_crossentropy",) * 2,
    ("a function of your own", no_loss),
]:
    metric, value, _ = report(classes, scores, loss=loss)
    print(words, metric, value, sep=" | ")

# %% cell-by-cell
each_label = np.mean(one_hot == (scores > 0.5))
print(f"{each_label:.4f}")

# %% spellings table=true
print("metrics=[…] | becomes | value | key in the results")
for words, metric in [
    ("'accuracy'", "accuracy"),
    ("'acc'", "acc"),
    ("'Accuracy'", "Accuracy"),
    ("'ACC'", "ACC"),
    ("'mse', for its key", "mse"),
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
    print(words, *report(one_hot, scores, metric), sep=" | ")

# %% strings
for name in dir(keras.metrics):
    if "accuracy" in name:
        assert callable(keras.metrics.get(name))
        print(name)

# %% first-batch after="example"
model = identity_model(scores)
model.test_on_batch(scores, one_hot)
before = chosen(model)
model.test_on_batch(scores, classes[:, None])
print(f"first one-hot: {before}")
print(f"then integer labels: {chosen(model)}")

# %% one-row
for rows in (2, 1):
    model = identity_model(np.zeros((rows,)))
    model.test_on_batch(np.zeros((rows,)), np.zeros((rows,)))
    print(
        f"batch of {rows}, y_true and y_pred of rank 1: {chosen(model)}"
    )

# %% rank-one-output raises="TypeError"
model = identity_model(np.zeros((5,)), run_eagerly=False)
model.evaluate(np.zeros((5,)), np.zeros((5, 1)), verbose=0)

# %% rank-one-named
y_pred = np.array([0.9, 0.2, 0.6, 0.7, 0.4])
y_true = np.array([[1.0], [0.0], [1.0], [0.0], [1.0]])
model = identity_model(y_pred, "binary_accuracy", run_eagerly=False)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"binary_accuracy: {results['binary_accuracy']:.4f}")

# %% nothing raises="ValueError" after="example"
model = identity_model(scores, None)
print("compile accepted it")
model.evaluate(scores, one_hot, verbose=0)

# %% name-by-hand raises="ValueError" after="example"
model = identity_model(scores, "accurracy")
print("compile accepted it")
model.evaluate(scores, one_hot, verbose=0)
