# %% [markdown]
# # Claims about accuracy that a few rows settle
#
# The models return their input, so they predict the numbers they get.

# %% setup
import warnings

import keras
import numpy as np

# %% no-warning
y_true = np.array([[0.0], [1.0], [7.5]])
y_pred = np.array([[0.2], [0.7], [7.4]])
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    model.compile(loss="mean_squared_error", metrics=["accuracy"])
    _, accuracy = model.evaluate(y_pred, y_true, verbose=0)
print(f"accuracy: {accuracy:.4f}, {len(caught)} warnings")

# %% loss-falls
ones = np.ones((4, 1))
before = np.array([[0.51], [0.51], [0.51], [0.01]])
after = np.array([[0.49], [0.49], [0.49], [0.49]])
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="binary_crossentropy", metrics=["accuracy"])
loss, accuracy = model.evaluate(before, ones, verbose=0)
new_loss, new_accuracy = model.evaluate(after, ones, verbose=0)
print(
    f"the loss fell from {loss:.4f} to {new_loss:.4f},"
    f" and accuracy from {accuracy:.4f} to {new_accuracy:.4f}"
)

# %% logits
labels = np.array([[0, 0, 0], [0, 1, 1]])
logits = np.array([[-0.1, -0.1, -0.1], [0.1, 0.1, 0.1]])
zero = keras.metrics.BinaryAccuracy(threshold=0.0)
half = keras.metrics.BinaryAccuracy()
zero.update_state(labels, logits)
half.update_state(labels, logits)
at_zero, at_half = float(zero.result()), float(half.result())
assert np.isclose(at_zero, np.mean(labels == (logits > 0.0)))
assert np.isclose(at_half, np.mean(labels == (logits > 0.5)))
print(f"{at_zero:.4f} with it, {at_half:.4f} without")

# %% top-k
seven = np.arange(7, dtype="float32")[None]  # class 6 is largest
hits = [
    float(
        keras.metrics.top_k_categorical_accuracy(
            keras.utils.to_categorical([label], 7), seven
        )[0]
    )
    for label in range(7)
]
print(f"{sum(hits):.0f} of {len(hits)} classes count")

# %% input-dim
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    model = keras.Sequential()
    model.add(
        keras.layers.Dense(
            13,
            input_dim=13,
            kernel_initializer="normal",
            activation="relu",
        )
    )
    model.add(keras.layers.Dense(1, kernel_initializer="normal"))
    model.compile(
        loss="mean_squared_error",
        optimizer="adam",
        metrics=["accuracy"],
    )
    model.fit(np.ones((10, 13)), np.ones((10, 1)), verbose=0)
said = [one for one in caught if "input_dim" in str(one.message)]
print(f"it trains, with {len(said)} {said[0].category.__name__}")
