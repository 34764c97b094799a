# %% [markdown]
# # A metric of your own: labels (N,), and one number for each batch
#
# Labels (N,) are compared with every prediction of the batch. A single
# number is averaged over batches. The model returns its input, so its
# predictions are the numbers in `y_pred`.

# %% setup
import keras
import numpy as np

y_true = np.array([0.0, 1.0, 1.0, 1.0, 0.0])  # labels (5,)
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]])  # (5, 1)
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])


# %% reported
def hits(y_true, y_pred):
    """Say which predictions are right."""
    return keras.ops.equal(
        y_true, keras.ops.cast(y_pred > 0.5, "float32")
    )


model.compile(loss="mse", metrics=[hits, "binary_accuracy"])
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"hits:            {results['hits']:.4f}")
print(f"binary_accuracy: {results['binary_accuracy']:.4f}")

# %% by-hand
right = y_true == (model.predict(y_pred, verbose=0) > 0.5)
print(right.shape, f"{right.mean():.4f}")

# %% formula after="reported"
each_with_each = y_true[None, :] == (y_pred > 0.5)
assert np.isclose(np.mean(each_with_each), results["hits"])
print(each_with_each.astype(int))
print(f"{np.mean(each_with_each):.4f}")


# %% instead
def hits(y_true, y_pred):
    """Say which predictions are right, for labels (N,) and (N, 1)."""
    y_true = keras.ops.reshape(y_true, keras.ops.shape(y_pred))
    return keras.ops.equal(
        y_true, keras.ops.cast(y_pred > 0.5, y_true.dtype)
    )


model.compile(loss="mse", metrics=[hits])
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
by_hand = y_true == (model.predict(y_pred, verbose=0)[:, 0] > 0.5)
print(f"hits: {results['hits']:.4f}, by hand: {by_hand.mean():.4f}")

# %% instead-class
model.compile(
    loss="mse",
    metrics=[
        keras.metrics.RootMeanSquaredError(name="rmse"),
        keras.metrics.Recall(name="recall"),
        keras.metrics.F1Score(
            average="micro", threshold=0.5, name="f1"
        ),
    ],
)
column = y_true.reshape(-1, 1)  # F1Score refuses labels (N,)
results = model.evaluate(
    y_pred, column, batch_size=2, verbose=0, return_dict=True
)
for name in ["rmse", "recall", "f1"]:
    print(f"{name}: {results[name]:.4f}")

# %% f1-flat raises="ValueError"
model.compile(loss="mse", metrics=[keras.metrics.F1Score()])
model.evaluate(y_pred, y_true, verbose=0)

# %% instead-predict
from sklearn.metrics import f1_score, matthews_corrcoef, recall_score

predicted = model.predict(y_pred, verbose=0)[:, 0]
guesses = predicted > 0.5
print(f"recall: {recall_score(y_true, guesses):.4f}")
print(f"f1: {f1_score(y_true, guesses):.4f}")
print(f"matthews: {matthews_corrcoef(y_true, guesses):.4f}")
print(f"rmse: {np.sqrt(np.mean((y_true - predicted) ** 2)):.4f}")


# %% batches table=true
def rmse(y_true, y_pred):
    """Return one number for the batch."""
    errors = keras.ops.square(y_true - y_pred)
    return keras.ops.sqrt(keras.ops.mean(errors))


def recall(y_true, y_pred):
    """Return one number for the batch, not 0 / 0."""
    hits = keras.ops.sum(y_true * keras.ops.round(y_pred))
    return hits / (keras.ops.sum(y_true) + keras.backend.epsilon())


column = y_true.reshape(-1, 1)
model.compile(loss="mse", metrics=["accuracy", recall, rmse])
print("batch size | 'accuracy' | recall | rmse | root of the loss")
for batch_size in (5, 2, 1):
    got = model.evaluate(
        y_pred,
        column,
        batch_size=batch_size,
        verbose=0,
        return_dict=True,
    )
    row = [got["accuracy"], got["recall"], got["rmse"]]
    row = [f"{value:.4f}" for value in [*row, np.sqrt(got["loss"])]]
    print(batch_size, *row, sep=" | ")

# %% formula-batches after="batches"
got = model.evaluate(
    y_pred, column, batch_size=2, verbose=0, return_dict=True
)
parts = [slice(0, 2), slice(2, 4), slice(4, 5)]
of_batches = [
    np.sqrt(np.mean((column[part] - y_pred[part]) ** 2))
    for part in parts
]
assert np.isclose(np.mean(of_batches), got["rmse"])
print(f"mean of {len(parts)} batches: {np.mean(of_batches):.4f}")
print(f"all rows: {np.sqrt(np.mean((column - y_pred) ** 2)):.4f}")


# %% dice
def dice(y_true, y_pred):
    """Return one number for the batch, as Dice metrics do."""
    shared = 2 * keras.ops.sum(y_true * y_pred)
    return shared / (keras.ops.sum(y_true) + keras.ops.sum(y_pred))


masks = np.zeros((4, 8, 8, 1), "float32")
scores = np.full((4, 8, 8, 1), 0.1, "float32")
for image, size in enumerate([8, 4, 2, 1]):
    masks[image, :size, :size] = 1.0
    scores[image, :size, : max(size - 1, 1)] = 0.8
segment = keras.Sequential(
    [keras.Input((8, 8, 1)), keras.layers.Identity()]
)
segment.compile(loss="mse", metrics=[dice])
found = segment.evaluate(scores, masks, batch_size=2, verbose=0)[1]
cut = (scores > 0.5).astype("float32")
pairs = zip(masks, scores, strict=True)
images = [float(dice(*pair)) for pair in pairs]
print(f"by batches of two {found:.4f},", end=" ")
print(f"by image {np.mean(images):.4f},", end=" ")
print(f"all pixels {float(dice(masks, scores)):.4f},", end=" ")
print(f"all pixels, cut {float(dice(masks, cut)):.4f}")


# %% axis
def rmse(y_true, y_pred):
    """Return a value for each row: the root of one square."""
    errors = keras.ops.square(y_true - y_pred)
    return keras.ops.sqrt(keras.ops.mean(errors, axis=-1))


model.compile(loss="mse", metrics=[rmse, "mae"])
got = model.evaluate(
    y_pred, y_true.reshape(-1, 1), verbose=0, return_dict=True
)
print(f"rmse: {got['rmse']:.4f}")
print(f"mae:          {got['mae']:.4f}")
