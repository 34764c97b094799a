# %% [markdown]
# # Keras 3: accuracy after load_model, and what else may differ
#
# The model returns its input, so it predicts what is in `y_pred`.

# %% setup
import logging
import pathlib
import subprocess
import sys
import tempfile

import keras
import numpy as np

folder = pathlib.Path(tempfile.mkdtemp())
warned = []  # what Keras logs, kept instead of shown
logging.getLogger("absl").addFilter(
    lambda record: warned.append(record.getMessage())
)

y_true = np.array([0, 1, 2, 0, 1])
y_pred = np.array(
    [
        [0.4, 0.3, 0.3],
        [0.1, 0.8, 0.1],
        [0.6, 0.3, 0.1],
        [0.3, 0.2, 0.5],
        [0.2, 0.7, 0.1],
    ]
)


def keras_3_model(metric="accuracy"):
    """Return a model that returns its input, with one metric."""
    layers = [keras.Input((3,)), keras.layers.Identity()]
    model = keras.Sequential(layers)
    model.compile(
        loss="sparse_categorical_crossentropy", metrics=[metric]
    )
    return model


# %% reported table=true
model = keras_3_model()  # saved before its first batch
print("model | loss | accuracy")
for name in ["model.keras", "model.h5"]:
    model.save(folder / name)
loaded = {
    name: keras.models.load_model(folder / name)
    for name in ["model.keras", "model.h5"]
}
for words, one in {"not loaded": model, **loaded}.items():
    loss, accuracy = one.evaluate(y_pred, y_true, verbose=0)
    print(f"{words} | {loss:.4f} | {accuracy:.4f}")

# %% warning after="reported"
for message in dict.fromkeys(warned):
    if message.startswith("Compiled the loaded model"):
        print(message)

# %% not-compiled after="reported"
path = folder / "model.keras"
plain = keras.models.load_model(path, compile=False)
try:
    plain.evaluate(y_pred, y_true, verbose=0)
except ValueError as error:
    print(f"{type(error).__name__}: {error}")


# %% own-metric
def share_of_class_0(y_true, y_pred):
    """Share of predictions of class 0."""
    return keras.ops.argmax(y_pred, axis=-1) == 0


path = folder / "own.keras"
keras_3_model(share_of_class_0).save(path)
again = keras.models.load_model(
    path, custom_objects={"share_of_class_0": share_of_class_0}
)
value = again.evaluate(y_pred, y_true, verbose=0)[1]
print(f"{value:.4f}")

# %% sessions table=true
words = "print(*set(['bird', 'cat', 'dog']))"
print("session | list(set(names)) | sorted(set(names))")
orders = []
for session in ["1", "2"]:
    made = subprocess.run(
        [sys.executable, "-c", words],
        env={"PYTHONHASHSEED": session},
        capture_output=True,
        text=True,
        check=True,
    )
    order = made.stdout.split()
    orders.append(order)
    print(
        session, ", ".join(order), ", ".join(sorted(order)), sep=" | "
    )

# %% label-order table=true after=["reported", "sessions"]
names = [orders[0][label] for label in y_true]
print("class indices of | loss | accuracy")
for session, order in enumerate(orders, 1):
    labels = np.array([order.index(name) for name in names])
    loss, accuracy = model.evaluate(y_pred, labels, verbose=0)
    print(f"session {session} | {loss:.4f} | {accuracy:.4f}")
