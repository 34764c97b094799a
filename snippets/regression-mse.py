# %% [markdown]
# # Accuracy of a regression, on rows that can be checked by hand
#
# The model returns its input, so it predicts the numbers in `y_pred`.

# %% setup
import keras
import numpy as np

y_true = np.array([[0.0], [1.0], [1.0], [2.0], [3.0]])
y_pred = np.array([[0.2], [0.7], [1.8], [2.0], [3.4]])

# %% reported
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="mean_squared_error", metrics=["accuracy"])
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")

# %% chosen
print(type(model.metrics[1].metrics[0]).__name__)

# %% formula after="reported"
today = np.mean(y_true == (y_pred > 0.5))
assert np.isclose(today, results["accuracy"])
print(f"{today:.4f}")

# %% older-formula
older = np.mean(y_true == np.round(y_pred))
print(f"{older:.4f}")

# %% rows table=true
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


# %% instead after="reported"
def within_half(y_true, y_pred):
    """Share of rows that are at most 0.5 off."""
    y_true = keras.ops.reshape(y_true, keras.ops.shape(y_pred))
    return keras.ops.abs(y_true - y_pred) <= 0.5


model.compile(
    loss="mean_squared_error",
    metrics=[
        "mean_absolute_error",
        keras.metrics.R2Score(),
        within_half,
    ],
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for name in ["mean_absolute_error", "r2_score", "within_half"]:
    print(f"{name}: {results[name]:.4f}")

# %% by-hand after="instead"
y_model = model.predict(y_pred, verbose=0)  # of shape (N, 1)
off = np.abs(y_true.reshape(-1, 1) - y_model)
assert np.isclose(np.mean(off), results["mean_absolute_error"])
assert np.isclose(np.mean(off <= 0.5), results["within_half"])
print(f"{np.mean(off):.4f} off, {np.mean(off <= 0.5):.4f} within half")
near = off <= 0.15 * np.abs(y_true.reshape(-1, 1))
print(f"{np.mean(near):.4f} within 15 percent")

# %% instead-flat
model.compile(loss="mean_squared_error", metrics=[within_half])
flat = model.evaluate(y_pred, y_true[:, 0], verbose=0, return_dict=True)
print(f"within_half: {flat['within_half']:.4f}")


# %% without-reshape
def within_half_of_all(y_true, y_pred):
    """Do the same as within_half, without the reshape."""
    return keras.ops.abs(y_true - y_pred) <= 0.5


model.compile(loss="mean_squared_error", metrics=[within_half_of_all])
flat = model.evaluate(y_pred, y_true[:, 0], verbose=0, return_dict=True)
print(f"{flat['within_half_of_all']:.4f}")

# %% stuck table=true
targets = np.array([[0.0], [0.0], [0.0], [0.4], [2.5]])
model.compile(
    loss="mean_squared_error",
    metrics=["mean_absolute_error", "accuracy"],
)
print("prediction | mean_absolute_error | 'accuracy'")
for words, guesses in [
    ("0.01 off", targets + 0.01),
    ("always 0.4", np.full_like(targets, 0.4)),
    ("always -9", np.full_like(targets, -9.0)),
]:
    values = model.evaluate(
        guesses, targets, verbose=0, return_dict=True
    )
    error = f"{values['mean_absolute_error']:.4f}"
    print(words, error, f"{values['accuracy']:.4f}", sep=" | ")

# %% several-outputs table=true
targets = np.array([[1.0, 1.1], [3.0, 3.1], [5.0, 5.1]])
wide = keras.Sequential([keras.Input((2,)), keras.layers.Identity()])
wide.compile(
    loss="mean_squared_error",
    metrics=["mean_absolute_error", "accuracy"],
)
print("prediction | mean_absolute_error | 'accuracy'")
for words, guesses in [
    ("the two targets swapped", targets[:, ::-1]),
    ("a hundred times the target", 100 * targets),
]:
    values = wide.evaluate(
        guesses, targets, verbose=0, return_dict=True
    )
    error = f"{values['mean_absolute_error']:.4f}"
    print(words, error, f"{values['accuracy']:.4f}", sep=" | ")

# %% several-outputs-chosen
print(type(wide.metrics[1].metrics[1]).__name__)
