# %% [markdown]
# # Accuracy of a regression, on the Boston house prices
#
# Trained as in the question that made this famous. It needs `data/housing.csv` from the `snippets`
# folder of this project beside it. The target `medv`, the price in thousands, is the last column.

# %% setup
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
    loss="mean_squared_error", optimizer="adam", metrics=["accuracy"]
)
history = model.fit(
    x, y_true, batch_size=32, epochs=60, verbose=0
).history

# %% history
print(
    f"the loss fell: {history['loss'][-1] < 0.1 * history['loss'][0]}"
)
print(
    f"accuracy took these values in {len(history['accuracy'])} epochs: {set(history['accuracy'])}"
)

# %% reported
results = model.evaluate(x, y_true, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']}")

# %% zeros-and-ones
print(f"{np.isin(y_true, [0, 1]).sum()} of {len(y_true)}")

# %% older-formula
y_pred = model.predict(x, verbose=0)
print(f"{np.sum(y_true == np.round(y_pred))} of {len(y_true)}")

# %% whole-targets
whole = y_true == np.round(y_true)
print(f"{whole.sum()} of {len(y_true)}")

# %% margin
# The count above is safe to repeat on another machine: where it could change, no prediction is near
# a half, the point at which rounding tips over.
distance = np.abs(y_pred - np.floor(y_pred) - 0.5)
close = np.abs(y_true - y_pred) < 1
print(
    f"{np.sum(whole & close & (distance < 0.001))} predictions are near a half"
)
