# %% [markdown]
# # One-hot labels and one output unit
#
# Five rows that one unit can learn. With one-hot labels of two classes
# it unlearns them, and accuracy is one half in each epoch.

# %% setup
import pathlib
import tempfile

import keras
import numpy as np
import tensorflow as tf

x = np.array([[-2.0], [1.0], [2.0], [-1.0], [3.0]])
classes = np.array([0, 1, 1, 0, 1])
one_hot = np.eye(2)[classes]


def one_unit_model(units=1, activation="sigmoid"):
    """Return a model; with one unit all rows are right at first."""
    return keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(
                units, activation=activation, kernel_initializer="ones"
            ),
        ]
    )


# %% reported
model = one_unit_model()  # ends in Dense(1, activation="sigmoid")
y_pred = model.predict(x, verbose=0)  # before training: all right
model.compile(
    loss="mean_squared_error",
    optimizer=keras.optimizers.SGD(1.0),
    metrics=["accuracy"],
)
before = model.evaluate(x, one_hot, verbose=0, return_dict=True)
history = model.fit(x, one_hot, epochs=30, verbose=0).history
print(f"labels {one_hot.shape}, output {y_pred.shape}")
print(f"accuracy before training: {before['accuracy']:.4f}")
print(f"accuracy, first epoch:    {history['accuracy'][0]:.4f}")
print(f"accuracy, last epoch:     {history['accuracy'][-1]:.4f}")

# %% rows after="reported" table=true
print("one-hot label | y_pred | above 0.5 | equal labels of the two")
for label, pred in zip(one_hot, y_pred[:, 0], strict=True):
    above = float(pred > 0.5)
    print(
        label, f"{pred:.2f}", above, np.sum(label == above), sep=" | "
    )

# %% formula after="reported"
each = one_hot == (y_pred > 0.5)  # (5, 2) against (5, 1): broadcast
assert each.shape == (5, 2)
assert np.isclose(np.mean(each), before["accuracy"])
right = np.mean(classes == (y_pred[:, 0] > 0.5))
print(f"both labels: {np.mean(each):.4f}, classes: {right:.4f}")

# %% unlearned after="reported"
print(", ".join(f"{p:.2f}" for p in model.predict(x, verbose=0)[:, 0]))

# %% instead
y = one_hot.argmax(axis=-1)  # one label per row, 0 or 1
model = one_unit_model()
model.compile(
    loss="binary_crossentropy",
    optimizer=keras.optimizers.SGD(1.0),
    metrics=["accuracy"],
)
history = model.fit(x, y, epochs=30, verbose=0).history
print(f"labels {y.shape}, accuracy: {history['accuracy'][-1]:.4f}")

# %% instead-two-units
model = one_unit_model(units=2, activation="softmax")
model.compile(
    loss="categorical_crossentropy",
    optimizer=keras.optimizers.SGD(1.0),
    metrics=["accuracy"],
)
history = model.fit(x, one_hot, epochs=30, verbose=0).history
print(f"{history['accuracy'][-1]:.4f}")

# %% folder table=true
print("label_mode | shape of the labels | labels")
with tempfile.TemporaryDirectory() as folder:
    for number, name in enumerate(["cat", "dog", "dog"]):
        path = pathlib.Path(folder, name, f"{number}.png")
        path.parent.mkdir(exist_ok=True)
        image = np.zeros((8, 8, 3), "uint8")
        path.write_bytes(tf.io.encode_png(image).numpy())
    for mode in ("categorical", "binary", "int"):
        data = keras.utils.image_dataset_from_directory(
            folder, label_mode=mode, shuffle=False, verbose=False
        )
        labels = next(iter(data))[1].numpy()
        print(mode, labels.shape, labels.tolist(), sep=" | ")
