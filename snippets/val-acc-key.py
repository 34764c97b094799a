# %% [markdown]
# # KeyError: 'acc' or 'val_acc': the keys of the history
#
# The model returns its input, and its learning rate is zero. So its
# predictions are the numbers given.

# %% setup
import keras
import numpy as np

x = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]])
y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])


def trained_model(metric, validation_data=(x, y_true)):
    """Train with one metric, and return what fit returns."""
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(1, kernel_initializer="ones"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.0),
        loss="mse",
        metrics=[metric],
        run_eagerly=True,
    )
    return model.fit(
        x, y_true, validation_data=validation_data, verbose=0
    )


# %% reported
history = trained_model("accuracy")
print(list(history.history))
try:
    history.history["val_acc"]
except KeyError as error:
    print("KeyError:", error)

# %% formula after="reported"
val_accuracy = np.mean(y_true == (x > 0.5))
assert np.isclose(val_accuracy, history.history["val_accuracy"])
print(f"{val_accuracy:.4f}")

# %% instead after="reported"
key = "accuracy" if "accuracy" in history.history else "acc"
print(key, np.round(history.history[key], 4))
print("val_" + key, np.round(history.history["val_" + key], 4))

# %% no-validation
print(*trained_model("accuracy", validation_data=None).history)

# %% as-metric
try:
    trained_model("val_acc")
except ValueError as error:
    print(error)

# %% other-metric
print(*trained_model("binary_accuracy").history)
