# %% [markdown]
# # Dropout with rate one, and what accuracy is left
#
# Six rows with fixed first weights, so that nothing here is random.

# %% setup
import textwrap
import warnings

import keras
import numpy as np

x = np.array([[1, 1], [2, 0], [-1, -1], [0, -2], [0, 2], [-2, 0]])
y_true = np.array([[1], [1], [1], [1], [0], [0]])


def build(rate):
    """Return a model that begins as sigmoid(sum of the row)."""
    return keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(2, kernel_initializer="identity"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(
                1, kernel_initializer="ones", activation="sigmoid"
            ),
        ]
    )


# %% train
model = build(rate=1.0)
before = model.get_weights()
model.compile(
    loss="binary_crossentropy",
    optimizer=keras.optimizers.SGD(1.0),
    metrics=["accuracy"],
)
with warnings.catch_warnings(record=True) as caught:
    history = model.fit(x, y_true, epochs=30, verbose=0).history

# %% warning
print(textwrap.fill(str(caught[0].message), 64))

# %% reported after="train"
results = model.evaluate(x, y_true, verbose=0, return_dict=True)
print(f"fit, first epoch: {history['accuracy'][0]:.4f}")
print(f"fit, last epoch:  {history['accuracy'][-1]:.4f}")
print(f"evaluate:         {results['accuracy']:.4f}")

# %% formula after="reported"
b = model.get_weights()[-1]


def sigmoid(z):
    """Return the probability of class 1."""
    return 1 / (1 + np.exp(-z))


in_training = sigmoid(np.zeros((6, 1)) + b)  # nothing but the bias
in_evaluate = sigmoid(x.sum(axis=1, keepdims=True) + b)
assert np.allclose(model(x, training=True), in_training)
assert np.allclose(model(x, training=False), in_evaluate)

from_bias = np.mean(y_true == (in_training > 0.5))
assert np.isclose(history["accuracy"][-1], from_bias)
from_rows = np.mean(y_true == (in_evaluate > 0.5))
assert np.isclose(results["accuracy"], from_rows)
print(f"fit: {from_bias:.4f}, evaluate: {from_rows:.4f}")

# %% one-prediction
print(f"{in_training[0, 0]:.4f} for each of {len(x)} rows")

# %% share
print(f"{np.mean(y_true):.4f}")

# %% moved table=true
print("weights | moved by 30 epochs")
names = ["first kernel", "first bias", "last kernel", "last bias"]
for name, old, new in zip(
    names, before, model.get_weights(), strict=True
):
    print(name, "no" if np.array_equal(old, new) else "yes", sep=" | ")

# %% rates table=true
ones = np.ones((1, 1000))


def values(layer, training):
    """List the different values that come out."""
    return ", ".join(
        f"{v:.4g}" for v in np.unique(layer(ones, training=training))
    )


print("rate | in training, 1 becomes | elsewhere, 1 becomes")
for rate in [0.0, 0.5, 0.99, 1.0]:
    layer = keras.layers.Dropout(rate, seed=1)
    print(rate, values(layer, True), values(layer, False), sep=" | ")

# %% beyond
for rate in [1.5, 50, 256, -0.5]:
    try:
        keras.layers.Dropout(rate)
        print(f"{rate}: accepted")
    except ValueError as error:
        print(f"{rate}: {type(error).__name__}")

# %% instead
keep_prob = 1.0  # the share to keep, as older code has it
model = build(rate=1 - keep_prob)
model.compile(
    loss="binary_crossentropy",
    optimizer=keras.optimizers.SGD(1.0),
    metrics=["accuracy"],
)
history = model.fit(x, y_true, epochs=30, verbose=0).history
results = model.evaluate(x, y_true, verbose=0, return_dict=True)
print(f"fit, last epoch: {history['accuracy'][-1]:.4f}")
print(f"evaluate:        {results['accuracy']:.4f}")

# %% margin
# No prediction is near one half, so other processors count the same.
distance = np.abs(model.predict(x, verbose=0) - 0.5).min()
for p in (in_training, in_evaluate):
    distance = min(distance, np.abs(p - 0.5).min())
print(f"nearest to one half is further than 0.01: {distance > 0.01}")


# %% guard
def checked(rate):
    """Refuse a rate that leaves nothing to learn from."""
    if not 0 <= rate < 1:
        raise ValueError(f"rate={rate}: the share to drop, below 1")
    return rate


for rate in [0.0, 0.5, 1.0]:
    try:
        layer = keras.layers.Dropout(checked(rate))
        print(f"{rate}: {type(layer).__name__}")
    except ValueError as error:
        print(error)

# %% baseline
counts = np.bincount(y_true.ravel())
print(f"{counts.max() / counts.sum():.4f}")
