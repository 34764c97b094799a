# %% [markdown]
# # Several metrics in fit: the keys of the history, and KeyError
#
# The model multiplies its input by one, and its learning rate is zero.
# So its predictions are the numbers given.

# %% setup
import keras
import numpy as np

y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]])
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])

# %% history
model = keras.Sequential(
    [
        keras.Input((1,)),
        keras.layers.Dense(1, kernel_initializer="ones"),
    ]
)
model.compile(
    loss="mse",
    optimizer=keras.optimizers.SGD(learning_rate=0.0),
    metrics=["mae", "accuracy"],
    weighted_metrics=["accuracy"],
)
fitted = model.fit(
    y_pred,
    y_true,
    sample_weight=weights,
    validation_data=(y_pred, y_true),
    epochs=2,
    verbose=0,
)
for key, values in fitted.history.items():
    print(key, np.round(values, 4).tolist())

# %% validation-weights
fitted = model.fit(
    y_pred,
    y_true,
    sample_weight=weights,
    validation_data=(y_pred, y_true, weights),
    epochs=1,
    verbose=0,
)
print(f"{fitted.history['val_weighted_accuracy'][0]:.4f}")


# %% key-error after="history"
def history(metric, *callbacks):
    """Train with one metric, and return the history."""
    model.compile(
        loss="mse",
        optimizer=keras.optimizers.SGD(learning_rate=0.0),
        metrics=[metric],
    )
    return model.fit(
        y_pred,
        y_true,
        validation_data=(y_pred, y_true),
        callbacks=callbacks,
        verbose=0,
    ).history


for metric in ("accuracy", "acc", "binary_accuracy"):
    print(f"{metric}:", *history(metric))
try:
    history("accuracy")["acc"]
except KeyError as error:
    print("KeyError:", error)

# %% monitor after="key-error"
import textwrap
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    stopper = keras.callbacks.EarlyStopping("val_acc", mode="max")
    history("accuracy", stopper)
for warning in caught:
    print(textwrap.fill(f"{warning.message}", 68))
try:
    history("accuracy", keras.callbacks.EarlyStopping("val_acc"))
except ValueError as error:
    print(textwrap.fill(f"ValueError: {error}", 68))
