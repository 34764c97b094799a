# %% [markdown]
# # Last layer, loss and metric of each task, and the same in NumPy
#
# The weights of each last layer are set, so that the numbers in `x`
# come out of it unchanged but for its activation.

# %% setup
import keras
import numpy as np


def ending_in(layer, shape):
    """Return a model of one layer, with weights that change nothing."""
    model = keras.Sequential([keras.Input(shape), layer])
    kernel, bias = layer.get_weights()
    kept = np.eye(len(bias)).reshape(kernel.shape)
    model.set_weights([kept, np.zeros_like(bias)])
    return model


# %% ran-on
print(f"Keras {keras.__version__} on {keras.backend.backend()}")

# %% regression
y = np.array([2.0, 0.5, 7.0, 4.0])  # any numbers, (N,)
x = np.array([[2.5], [0.5], [6.0], [4.5]])
model = ending_in(keras.layers.Dense(1), (1,))
model.compile("adam", loss="mse", metrics=["mean_absolute_error"])
_, error = model.evaluate(x, y, verbose=0)
y_pred = model.predict(x, verbose=0)[:, 0]
assert np.isclose(error, np.mean(np.abs(y_pred - y)))
print(f"mean_absolute_error: {error:.4f}")

# %% binary
y = np.array([1, 0, 1, 0])  # 0 and 1, (N,)
x = np.array([[2.0], [-1.0], [-0.5], [-3.0]])
model = ending_in(keras.layers.Dense(1, activation="sigmoid"), (1,))
model.compile("adam", loss="binary_crossentropy", metrics=["accuracy"])
_, share = model.evaluate(x, y, verbose=0)
y_pred = model.predict(x, verbose=0)[:, 0]
assert np.isclose(share, np.mean((y_pred > 0.5) == y))
print(f"accuracy: {share:.4f}")

# %% binary-logits
y = np.array([1, 0, 1, 0])  # 0 and 1, (N,)
x = np.array([[2.0], [-1.0], [0.3], [-3.0]])
model = ending_in(keras.layers.Dense(1), (1,))
model.compile(
    "adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
)
_, share = model.evaluate(x, y, verbose=0)
logits = model.predict(x, verbose=0)[:, 0]
assert np.isclose(share, np.mean((logits > 0.0) == y))
print(f"binary_accuracy: {share:.4f}")
half = np.mean((logits > 0.5) == y)
print(f"cut at 0.5, as 'accuracy' does: {half:.4f}")

# %% one-hot
y = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]])  # (N, K)
x = np.array([[2, 1, 0], [0, 3, 1], [1, 2, 0], [0, 1, -1]])
model = ending_in(keras.layers.Dense(3, activation="softmax"), (3,))
model.compile(
    "adam",
    loss="categorical_crossentropy",
    metrics=["categorical_accuracy"],
)
_, share = model.evaluate(x, y, verbose=0)
y_pred = model.predict(x, verbose=0)
right = y_pred.argmax(axis=-1) == y.argmax(axis=-1)
assert np.isclose(share, np.mean(right))
print(f"categorical_accuracy: {share:.4f}")

# %% integers
y = np.array([0, 1, 2, 1])  # 0 to K - 1, (N,)
x = np.array([[2, 1, 0], [0, 3, 1], [1, 2, 0], [0, 1, -1]])
model = ending_in(keras.layers.Dense(3, activation="softmax"), (3,))
model.compile(
    "adam",
    loss="sparse_categorical_crossentropy",
    metrics=["sparse_categorical_accuracy"],
)
_, share = model.evaluate(x, y, verbose=0)
y_pred = model.predict(x, verbose=0)
assert np.isclose(share, np.mean(y_pred.argmax(axis=-1) == y))
print(f"sparse_categorical_accuracy: {share:.4f}")

# %% multilabel
y = np.array([[1, 0, 0, 1], [0, 0, 1, 0], [0, 0, 0, 0]])  # (N, K)
x = np.array([[2, -1, -2, -1], [-2, -1, 1, -3], [-1, -2, -1, -2]])
model = ending_in(keras.layers.Dense(4, activation="sigmoid"), (4,))
model.compile(
    "adam", loss="binary_crossentropy", metrics=["binary_accuracy"]
)
_, share = model.evaluate(x, y, verbose=0)
y_pred = model.predict(x, verbose=0)
assert np.isclose(share, np.mean((y_pred > 0.5) == y))
print(f"binary_accuracy: {share:.4f}")
print(f"predicting no label: {np.mean(y == 0):.4f}")

# %% segmentation
y = np.array([[[0, 0], [2, 1]]])  # 0 to K - 1, (N, H, W)
x = np.array([[[[2, 1, 0], [1, 2, 0]], [[0, 1, 3], [0, 3, 2]]]])
last = keras.layers.Conv2D(3, 1, activation="softmax")
model = ending_in(last, (2, 2, 3))
model.compile(
    "adam",
    loss="sparse_categorical_crossentropy",
    metrics=[keras.metrics.MeanIoU(num_classes=3, sparse_y_pred=False)],
)
_, mean_iou = model.evaluate(x, y, verbose=0)
found = model.predict(x, verbose=0).argmax(axis=-1)
each = [
    np.sum((found == k) & (y == k)) / np.sum((found == k) | (y == k))
    for k in range(3)
]
assert np.isclose(mean_iou, np.mean(each))
print(f"mean_io_u: {mean_iou:.4f}")
print("each class:", *[f"{one:.4f}" for one in each])

# %% segmentation-binary
y = np.array([[[[0], [0]], [[1], [1]]]])  # 0 and 1, (N, H, W, 1)
x = np.array([[[[-2.0], [0.5]], [[1.0], [3.0]]]])
last = keras.layers.Conv2D(1, 1, activation="sigmoid")
model = ending_in(last, (2, 2, 1))
model.compile(
    "adam",
    loss="binary_crossentropy",
    metrics=[keras.metrics.BinaryIoU(target_class_ids=[1])],
)
_, iou = model.evaluate(x, y, verbose=0)
found, wanted = model.predict(x, verbose=0) > 0.5, y == 1
both, either = np.sum(found & wanted), np.sum(found | wanted)
assert np.isclose(iou, both / either)
print(f"binary_io_u: {iou:.4f}")

# %% sequence
y = np.array([[1, 2, 1, 0], [2, 0, 0, 0]])  # integers, (N, T)
mask = np.array([[1, 1, 1, 0], [1, 0, 0, 0]])  # 0 at the padding
x = 4.0 * np.eye(3)[[[1, 2, 2, 0], [2, 0, 0, 0]]]
model = ending_in(keras.layers.Dense(3, activation="softmax"), (4, 3))
model.compile(
    "adam",
    loss="sparse_categorical_crossentropy",
    weighted_metrics=["sparse_categorical_accuracy"],
)
weights = mask.astype("float32")
_, share = model.evaluate(x, y, sample_weight=weights, verbose=0)
right = model.predict(x, verbose=0).argmax(axis=-1) == y
assert np.isclose(share, np.mean(right[mask == 1]))
print(f"sparse_categorical_accuracy: {share:.4f}")
print(f"with the padding: {np.mean(right):.4f}")


# %% ordinal
def classes_off(y_true, y_pred):
    """Return how many classes each row is off."""
    found = keras.ops.argmax(y_pred, axis=-1)
    wanted = keras.ops.reshape(y_true, keras.ops.shape(found))
    wanted = keras.ops.cast(wanted, "float32")
    return keras.ops.abs(keras.ops.cast(found, "float32") - wanted)


y = np.array([0, 1, 3, 4])  # in order, 0 to K - 1, (N,)
x = np.eye(5)[[0, 2, 3, 1]]
model = ending_in(keras.layers.Dense(5, activation="softmax"), (5,))
model.compile(
    "adam",
    loss="sparse_categorical_crossentropy",
    metrics=["sparse_categorical_accuracy", classes_off],
)
_, share, off = model.evaluate(x, y, verbose=0)
found = model.predict(x, verbose=0).argmax(axis=-1)
assert np.isclose(share, np.mean(found == y))
assert np.isclose(off, np.mean(np.abs(found - y)))
print(f"sparse_categorical_accuracy: {share:.4f}")
print(f"classes_off: {off:.4f}")

# %% imbalanced
from sklearn.metrics import precision_score, recall_score

y = np.array([1, 1, 0, 0, 0, 0, 0, 0, 0, 0])  # few are 1, (N,)
scores = np.array([80, 30, 60, 20, 15, 10, 8, 6, 4, 2]) / 100
x = np.log(scores / (1 - scores))[:, None]
model = ending_in(keras.layers.Dense(1, activation="sigmoid"), (1,))
model.compile(
    "adam",
    loss="binary_crossentropy",
    metrics=[
        keras.metrics.AUC(curve="PR"),
        keras.metrics.Precision(),
        keras.metrics.Recall(),
    ],
)
_, auc, precision, recall = model.evaluate(x, y, verbose=0)
y_pred = model.predict(x, verbose=0)[:, 0]
assert np.isclose(precision, precision_score(y, y_pred > 0.5))
assert np.isclose(recall, recall_score(y, y_pred > 0.5))
rank = np.flatnonzero(y[np.argsort(-y_pred)]) + 1  # where the 1 are
zeros = rank - np.arange(1, len(rank) + 1)  # how many 0 are above
area = 1 - zeros * np.log(rank / np.maximum(rank - 1, 1))
assert np.isclose(auc, np.mean(area))
print(f"auc: {auc:.4f}")
print(f"precision: {precision:.4f}, recall: {recall:.4f}")
right, none = np.mean((y_pred > 0.5) == y), np.mean(y == 0)
print(f"accuracy: {right:.4f}, if no row is predicted as 1: {none:.4f}")


# %% siamese
def contrastive(y_true, y_pred):
    """Return the loss of a distance: 1 belong together, margin 1."""
    y_true = keras.ops.cast(y_true, y_pred.dtype)
    short = keras.ops.maximum(1.0 - y_pred, 0.0)
    return y_true * y_pred**2 + (1.0 - y_true) * short**2


def near_is_same(y_true, y_pred):
    """Count pairs whose distance is on the right side of 0.5."""
    y_true = keras.ops.reshape(y_true, keras.ops.shape(y_pred))
    near = keras.ops.cast(y_pred < 0.5, y_true.dtype)
    return keras.ops.equal(y_true, near)


y = np.array([[1], [1], [0], [0]])  # 1: belong together, (N, 1)
one = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [2.0, 0.0]])
two = np.array([[0.0, 0.1], [1.0, 2.0], [0.9, 1.0], [0.0, 0.0]])
a, b = keras.Input((2,)), keras.Input((2,))  # of the shared network
total = keras.ops.sum((a - b) ** 2, axis=-1, keepdims=True)
distance = keras.ops.sqrt(keras.ops.maximum(total, 1e-12))
model = keras.Model([a, b], distance)
model.compile("adam", loss=contrastive, metrics=[near_is_same])
_, share = model.evaluate([one, two], y, verbose=0)
far = model.predict([one, two], verbose=0)
assert np.isclose(share, np.mean((far < 0.5) == y))
print(f"near_is_same: {share:.4f}")
turned = np.mean((far > 0.5) == y)
print(f"far counted as 1, as 'accuracy' does: {turned:.4f}")

# %% autoencoder
x = np.array([[0.0, 1.0, 0.3], [0.9, 0.0, 1.0]])  # pixels, 0 to 1
model = ending_in(keras.layers.Dense(3, activation="sigmoid"), (3,))
model.set_weights([8 * np.eye(3), np.full(3, -4.0)])  # as if trained
model.compile("adam", loss="mse", metrics=["mean_absolute_error"])
_, error = model.evaluate(x, x, verbose=0)
y_pred = model.predict(x, verbose=0)
assert np.isclose(error, np.mean(np.abs(y_pred - x)))
print(f"mean_absolute_error: {error:.4f}")
