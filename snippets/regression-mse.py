# %% [markdown]
# # Accuracy of a regression, on rows that can be checked by hand
#
# The model returns its input, so it predicts the numbers in `y_pred`.

# %% setup
import keras
import numpy as np

y_true = np.array([[0.0], [1.0], [1.0], [2.0], [3.0]])
y_pred = np.array([[0.2], [0.7], [1.8], [2.1], [3.4]])

# %% reported
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="mean_squared_error", metrics=["accuracy"])
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")

# %% chosen
print(type(model.metrics[1].metrics[0]).__name__)

# %% formula
today = np.mean(y_true == (y_pred > 0.5))
assert np.isclose(today, results["accuracy"])
print(f"{today:.4f}")

# %% older-formula
older = np.mean(y_true == np.round(y_pred))
print(f"{older:.4f}")

# %% rows
print(
    "y_true | y_pred | y_pred > 0.5 | counted today"
    " | round(y_pred) | counted by the older formula"
)
for true, pred in zip(y_true[:, 0], y_pred[:, 0], strict=True):
    above, rounded = float(pred > 0.5), float(np.round(pred))
    today_counts = "yes" if true == above else "no"
    older_counts = "yes" if true == rounded else "no"
    row = [true, pred, above, today_counts, rounded, older_counts]
    print(*row, sep=" | ")


# %% instead
def within_half(y_true, y_pred):
    """Share of rows that are at most 0.5 off; both (N, 1)."""
    return keras.ops.abs(y_true - y_pred) <= 0.5


model.compile(
    loss="mean_squared_error",
    metrics=["mean_absolute_error", within_half],
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"mean_absolute_error: {results['mean_absolute_error']:.4f}")
print(f"within_half: {results['within_half']:.4f}")
