# %% [markdown]
# # F1Score: what it refuses, and what it counts
#
# The models return their input, so `y_pred` and `scores` are what they
# predict: one sigmoid output, and a softmax of three classes.

# %% setup
import keras
import numpy as np
from sklearn.metrics import f1_score

y_true = np.array([[1], [0], [1], [1], [0], [0]], "float32")
y_pred = np.array([[0.9], [0.6], [0.4], [0.8], [0.1], [0.7]], "float32")
classes = np.array([0, 1, 2, 0, 1])
scores = np.array(
    [
        [0.4, 0.3, 0.3],
        [0.1, 0.8, 0.1],
        [0.6, 0.3, 0.1],
        [0.2, 0.25, 0.55],
        [0.1, 0.9, 0.0],
    ],
    "float32",
)
one_hot = np.eye(3, dtype="float32")[classes]


def in_model(labels, predictions, weights=None, **config):
    """Evaluate F1Score in a model that returns its input."""
    width = predictions.shape[-1]
    model = keras.Sequential(
        [keras.Input((width,)), keras.layers.Identity()]
    )
    metric = keras.metrics.F1Score(**config)
    if weights is None:
        model.compile(loss="mse", metrics=[metric])
    else:
        model.compile(loss="mse", weighted_metrics=[metric])
    results = model.evaluate(
        predictions,
        labels,
        sample_weight=weights,
        verbose=0,
        return_dict=True,
    )
    return np.round(results["f1_score"], 4)


def try_f1(*given, **config):
    """Return that value, or the name of the error."""
    try:
        return str(in_model(*given, **config))
    except Exception as error:
        return type(error).__name__


# %% reported
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
for arguments in [{}, {"threshold": 0.5, "average": "macro"}]:
    model.compile(
        loss="binary_crossentropy",
        metrics=[keras.metrics.F1Score(**arguments)],
    )
    results = model.evaluate(
        y_pred, y_true, verbose=0, return_dict=True
    )
    print(arguments, results["f1_score"])
print("scikit-learn:", f1_score(y_true, y_pred > 0.5))

# %% default
print(f"{in_model(y_true, y_pred)[0]:.4f}")

# %% formula after="reported"
found, wanted = y_pred > 0.5, y_true == 1
hits = np.sum(found & wanted)  # true positives
f1 = 2 * hits / (np.sum(found) + np.sum(wanted))
assert np.isclose(f1, results["f1_score"])
all_found = 2 * np.sum(wanted) / (len(y_pred) + np.sum(wanted))
default = keras.metrics.F1Score()
default.update_state(y_true, y_pred)
assert np.isclose(all_found, default.result())
print(f"threshold=0.5: {f1:.4f}, every row found: {all_found:.4f}")

# %% instead
y = np.array([1, 0, 1, 1, 0, 0])  # integers, (N,)
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(
    loss="binary_crossentropy",
    metrics=[keras.metrics.F1Score(threshold=0.5, average="macro")],
)
column = y.astype("float32").reshape(-1, 1)
results = model.evaluate(y_pred, column, verbose=0, return_dict=True)
print(f"{results['f1_score']:.4f}")

# %% instead-classes
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(
    loss="categorical_crossentropy",
    metrics=[keras.metrics.F1Score(average="macro")],
)
one_hot = keras.utils.to_categorical(classes, 3)
results = model.evaluate(scores, one_hot, verbose=0, return_dict=True)
print(f"{results['f1_score']:.4f}")


# %% masks
class PixelF1(keras.metrics.F1Score):
    """F1 of masks: each pixel is a row."""

    def update_state(self, y_true, y_pred, sample_weight=None):
        rows = (-1, y_pred.shape[-1])
        super().update_state(
            keras.ops.reshape(y_true, rows),
            keras.ops.reshape(y_pred, rows),
        )


masks = one_hot.reshape(1, 5, 1, 3)
found = scores.reshape(1, 5, 1, 3)
same = keras.layers.Identity()
model = keras.Sequential([keras.Input((5, 1, 3)), same])
model.compile(loss="mse", metrics=[PixelF1(average="macro")])
results = model.evaluate(found, masks, verbose=0, return_dict=True)
print(f"{results['f1_score']:.4f}")

# %% masks-refused after="masks"
by_class = f1_score(classes, scores.argmax(-1), average="macro")
assert np.isclose(results["f1_score"], by_class)
try:
    keras.metrics.F1Score().update_state(masks, found)
except ValueError as error:
    print(error)

# %% by-hand
found = y_pred[:, 0] > 0.5  # y_pred = model.predict(x)
wanted = y_true.reshape(-1) == 1
f1 = 2 * np.sum(found & wanted) / (np.sum(found) + np.sum(wanted))
print(f"{f1:.4f}")


# %% each-epoch
class BatchF1(keras.callbacks.Callback):
    """Print F1 of some rows after each epoch."""

    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x, y

    def on_epoch_end(self, epoch, logs=None):
        found = self.model.predict(self.x, verbose=0)[:, 0] > 0.5
        print(f"epoch {epoch + 1}: f1 {f1_score(self.y, found):.4f}")


same = keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")
model = keras.Sequential([keras.Input((1,)), same])
model.compile(loss="mse", optimizer="sgd")
x_val, y_val = y_pred, y_true.reshape(-1)
history = model.fit(
    y_pred,
    y_true,
    epochs=2,
    verbose=0,
    callbacks=[BatchF1(x_val, y_val)],
)

# %% labels table=true
column = classes[:, None]
two = np.eye(2, dtype="float32")[y_true[:, 0].astype(int)]
print(
    "Labels | One output, threshold=0.5 | Three outputs, threshold=None"
)
for words, of_one, of_three in [
    ("(N,), integers", y_true[:, 0].astype(int), classes),
    ("(N, 1), integers", y_true.astype(int), column),
    ("(N, 1), float32", y_true, column.astype("float32")),
    ("one-hot", two, one_hot),
]:
    print(
        words,
        try_f1(of_one, y_pred, threshold=0.5, average="macro"),
        try_f1(of_three, scores, average="macro"),
        sep=" | ",
    )

# %% refused
try:
    in_model(y_true[:, 0], y_pred)
except ValueError as error:
    print(error)

# %% averages table=true
argmax = scores.argmax(axis=-1)
print("average | F1Score(average) | f1_score of scikit-learn")
for average in [None, "macro", "weighted", "micro"]:
    metric = keras.metrics.F1Score(average=average)
    metric.update_state(one_hot, scores)
    value = np.array(metric.result())
    by_class = f1_score(classes, argmax, average=average)
    assert np.allclose(value, by_class)
    print(
        repr(average),
        ", ".join(f"{one:.4f}" for one in np.atleast_1d(value)),
        ", ".join(f"{one:.4f}" for one in np.atleast_1d(by_class)),
        sep=" | ",
    )

# %% accuracy
print(f"{np.mean(argmax == classes):.4f}")

# %% history
same = keras.layers.Dense(
    3, use_bias=False, kernel_initializer="identity"
)
model = keras.Sequential([keras.Input((3,)), same])
model.compile(
    loss="mse", optimizer="sgd", metrics=[keras.metrics.F1Score()]
)
history = model.fit(scores, one_hot, epochs=1, verbose=0).history
print(history["f1_score"])

# %% stopping
try:
    model.fit(
        scores,
        one_hot,
        epochs=2,
        verbose=0,
        callbacks=[
            keras.callbacks.EarlyStopping(
                monitor="f1_score", mode="max"
            )
        ],
    )
except ValueError as error:
    print(error)

# %% weights table=true
weights = np.array([1.0, 5.0, 1.0, 1.0, 1.0, 1.0])
print("Weights | average='micro' | average='macro' or None")
for words, given in [
    ("none", None),
    ("(N,)", weights),
    ("(N, 1)", weights[:, None]),
]:
    print(
        words,
        try_f1(y_true, y_pred, given, threshold=0.5, average="micro"),
        try_f1(y_true, y_pred, given, threshold=0.5, average="macro"),
        sep=" | ",
    )

# %% weights-sklearn after="weights"
above = y_pred[:, 0] > 0.5
print(f"{f1_score(y_true[:, 0], above, sample_weight=weights):.4f}")

# %% weights-scalar
metric = keras.metrics.F1Score(threshold=0.5)
try:
    metric.update_state(y_true, y_pred, sample_weight=2)
except Exception as error:
    print(type(error).__name__)

# %% weights-cells
by_cell = np.ones((5, 3), "float32")
by_cell[1, 0], by_cell[3, 2], by_cell[4, 1] = 4, 2, 2
metric = keras.metrics.F1Score(average="micro")
metric.update_state(one_hot, scores, sample_weight=by_cell)
found = np.eye(3)[argmax]
hits = np.sum(found * one_hot * by_cell)
f1 = 2 * hits / np.sum((found + one_hot) * by_cell)
print(f"{float(metric.result()):.4f}, by label {f1:.4f}")

# %% threshold-zero
try:
    keras.metrics.F1Score(threshold=0.0)
except ValueError as error:
    print(error)
