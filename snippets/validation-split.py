# %% [markdown]
# # validation_split takes the last rows
#
# Eight rows, sorted by their label. The model says 0.9 for each row.

# %% setup
import warnings

import keras
import numpy as np

# The model here has nothing to train.
warnings.filterwarnings("ignore", message=".*trainable weights")

x = np.full((8, 1), 0.9)
y = np.array([[1]] * 6 + [[0]] * 2)  # sorted by label

model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="mse", metrics=["accuracy"])

# %% reported
fitted = model.fit(x, y, validation_split=0.25, verbose=0).history
print(f"accuracy:     {fitted['accuracy'][0]:.4f}")
print(f"val_accuracy: {fitted['val_accuracy'][0]:.4f}")

# %% formula after="reported"
first, last = slice(None, 6), slice(6, None)  # the last quarter
right = (x > 0.5) == y
assert np.isclose(np.mean(right[first]), fitted["accuracy"][0])
assert np.isclose(np.mean(right[last]), fitted["val_accuracy"][0])
print(f"labels that are held out: {y[last][:, 0]}")

# %% orders table=true
print("rows | shuffle | accuracy | val_accuracy")
for words, rows in [
    ("sorted: 1 1 1 1 1 1 0 0", np.arange(8)),
    ("sorted: 0 0 1 1 1 1 1 1", np.arange(8)[::-1]),
]:
    for shuffle in [True, False]:
        fitted = model.fit(
            x[rows],
            y[rows],
            validation_split=0.25,
            shuffle=shuffle,
            verbose=0,
        ).history
        numbers = [fitted["accuracy"][0], fitted["val_accuracy"][0]]
        shown = [f"{one:.4f}" for one in numbers]
        print(words, shuffle, *shown, sep=" | ")

# %% instead
draw = np.random.default_rng(0)
rows = draw.permutation(len(x))  # one order for x and y
fitted = model.fit(
    x[rows], y[rows], validation_split=0.25, verbose=0
).history
print(f"accuracy:     {fitted['accuracy'][0]:.4f}")
print(f"val_accuracy: {fitted['val_accuracy'][0]:.4f}")

# %% instead-each-class
draw = np.random.default_rng(0)
held = np.zeros(len(y), dtype=bool)
for label in np.unique(y):
    places = draw.permutation(np.flatnonzero(y[:, 0] == label))
    held[places[: round(0.5 * len(places))]] = True
fitted = model.fit(
    x[~held], y[~held], validation_data=(x[held], y[held]), verbose=0
).history
print(f"val_accuracy: {fitted['val_accuracy'][0]:.4f}")

# %% instead-stratified
from sklearn.model_selection import train_test_split

x_train, x_val, y_train, y_val = train_test_split(
    x, y, test_size=0.5, stratify=y, random_state=0
)
fitted = model.fit(
    x_train, y_train, validation_data=(x_val, y_val), verbose=0
).history
print(f"val_accuracy: {fitted['val_accuracy'][0]:.4f}")

# %% list
rows = np.array([[0.9], [0.2], [0.8], [0.4]])
truth = np.array([[1], [0], [1], [1]])
for given in [[rows, truth], (rows, truth)]:
    fitted = model.fit(
        rows, truth, validation_data=given, verbose=0
    ).history
    words = f"{type(given).__name__}:"
    print(words, f"{fitted['val_accuracy'][0]:.4f}")

# %% list-formula after="list"
by_hand = np.mean((rows > 0.5) == truth)
assert np.isclose(by_hand, fitted["val_accuracy"][0])
print(f"{by_hand:.4f}")
