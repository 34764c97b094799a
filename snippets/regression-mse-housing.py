# %% [markdown]
# # Accuracy of a regression, on the Boston house prices
#
# Trained as in the question that made this famous. It reads
# `data/housing.csv`, which is in the `snippets` folder of this project.
# The target `medv`, the price in thousands, is the last column.

# %% setup
import textwrap
import warnings

import keras
import numpy as np

table = np.loadtxt("data/housing.csv", delimiter=",", skiprows=1)
x, y_true = table[:, :13], table[:, 13:]
x = (x - x.mean(axis=0)) / x.std(axis=0)
print(
    f"{len(table)} rows, targets from {y_true.min()} to {y_true.max()}"
)

# %% train
keras.utils.set_random_seed(1)
model = keras.Sequential(
    [
        keras.Input((13,)),
        keras.layers.Dense(13, activation="relu"),
        keras.layers.Dense(1),
    ]
)
model.compile(
    loss="mean_squared_error",
    optimizer=keras.optimizers.Adam(0.01),
    metrics=["accuracy"],
)
history = model.fit(
    x, y_true, batch_size=32, epochs=15, verbose=0
).history

# %% history after="train"
loss, accuracy = history["loss"], history["accuracy"]
print(
    f"the loss fell by more than 9 tenths: {loss[-1] < 0.1 * loss[0]}"
)
print(f"accuracy in {len(accuracy)} epochs: {set(accuracy)}")

# %% reported after="train"
results = model.evaluate(x, y_true, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']}")

# %% share
share = 0.013833992168483997  # the accuracy printed there
rows = round(share * len(table))
assert np.isclose(share, rows / len(table))
print(f"{rows} of {len(table)}")

# %% asked-model
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    asked = keras.Sequential()
    asked.add(
        keras.layers.Dense(
            13,
            input_dim=13,
            kernel_initializer="normal",
            activation="relu",
        )
    )
    asked.add(keras.layers.Dense(1, kernel_initializer="normal"))
print(f"from {asked.input_shape} to {asked.output_shape}")
for warning in caught:
    print(textwrap.fill(f"{warning.message}", 68))

# %% zeros-and-ones
print(f"{np.isin(y_true, [0, 1]).sum()} of {len(y_true)}")

# %% older-formula
y_pred = model.predict(x, verbose=0)
print(f"{np.sum(y_true == np.round(y_pred))} of {len(y_true)}")

# %% whole-targets
whole = y_true == np.round(y_true)
print(f"{whole.sum()} of {len(y_true)}")

# %% margin
# On another processor the weights differ in their last digits. That may
# change the older count only where a prediction is at a half, the point
# at which rounding tips over. None is near one.
distance = np.abs(y_pred - np.floor(y_pred) - 0.5)
tipping = whole & (np.abs(y_true - y_pred) < 1) & (distance < 0.001)
print(f"{tipping.sum()} predictions are near a half")
