# %% [markdown]
# # Weights change the loss; the accuracy only in weighted_metrics
#
# Four rows of class 0 and two of class 1. The model multiplies its
# input by one, so it predicts the numbers in `y_pred`. It is trained
# with a learning rate of zero.

# %% setup
import keras
import numpy as np

y_true = np.array([[0.0], [0.0], [0.0], [0.0], [1.0], [1.0]])
y_pred = np.array([[0.1], [0.2], [0.3], [0.4], [0.4], [0.9]])
weights = np.array([1.0, 1.0, 1.0, 1.0, 4.0, 4.0])


def make_model():
    """Return a model that predicts its input."""
    one = keras.layers.Dense(
        1, kernel_initializer="ones", use_bias=False
    )
    return keras.Sequential([keras.Input((1,)), one])


# %% reported
model = make_model()
model.compile(loss="binary_crossentropy", metrics=["accuracy"])
for words, w in [("no weights", None), ("weights", weights)]:
    results = model.evaluate(
        y_pred, y_true, sample_weight=w, verbose=0, return_dict=True
    )
    loss, accuracy = results["loss"], results["accuracy"]
    print(f"{words}: loss {loss:.4f}, accuracy {accuracy:.4f}")

# %% instead
model = make_model()
model.compile(loss="binary_crossentropy", weighted_metrics=["accuracy"])
results = model.evaluate(
    y_pred, y_true, sample_weight=weights, verbose=0, return_dict=True
)
print(f"accuracy: {results['accuracy']:.4f}")

# %% by-hand after="instead"
predicted = model.predict(y_pred, verbose=0).reshape(-1) > 0.5
right = predicted == y_true.reshape(-1)
print(f"{np.average(right, weights=weights):.4f}")

# %% formula after="instead"
right = ((y_pred > 0.5) == y_true)[:, 0]
by_hand = np.sum(weights * right) / np.sum(weights)
assert np.isclose(by_hand, results["accuracy"])
print(f"{by_hand:.4f}")

# %% early-releases after="formula"
counted = np.sum(weights * right) / np.count_nonzero(weights)
print(f"{counted:.4f}")

# %% weighted-loss
model = make_model()
model.compile(
    loss="binary_crossentropy",
    weighted_metrics=["binary_crossentropy"],
)
both = model.evaluate(
    y_pred, y_true, sample_weight=weights, verbose=0, return_dict=True
)
print(
    f"{both['loss']:.4f}",
    f"{both['binary_crossentropy']:.4f}",
    sep=" and ",
)

# %% weighted-loss-formula after="weighted-loss"
errors = -np.log(np.where(y_true == 1, y_pred, 1 - y_pred))[:, 0]
total = np.sum(weights * errors)
assert np.isclose(total / len(weights), both["loss"])
assert np.isclose(total / np.sum(weights), both["binary_crossentropy"])
print(f"{total / len(weights):.4f}, {total / np.sum(weights):.4f}")

# %% class-weight table=true
once = {"verbose": 0, "batch_size": 6}
plain = (y_pred, y_true)
weighted = (y_pred, y_true, weights)
model = make_model()
model.compile(
    loss="binary_crossentropy",
    optimizer=keras.optimizers.SGD(0.0),
    metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    weighted_metrics=[keras.metrics.BinaryAccuracy(name="weighted")],
)
print(
    "fit(x, y, …) | accuracy | weighted | val_accuracy | val_weighted"
)
for words, arguments in [
    (
        "class_weight={0: 1, 1: 4}, validation_data=(x, y)",
        {"class_weight": {0: 1, 1: 4}, "validation_data": plain},
    ),
    (
        "sample_weight=w, validation_data=(x, y)",
        {"sample_weight": weights, "validation_data": plain},
    ),
    (
        "sample_weight=w, validation_data=(x, y, w)",
        {"sample_weight": weights, "validation_data": weighted},
    ),
]:
    history = model.fit(y_pred, y_true, **arguments, **once).history
    names = ["accuracy", "weighted", "val_accuracy", "val_weighted"]
    print(words, *[f"{history[n][0]:.4f}" for n in names], sep=" | ")
