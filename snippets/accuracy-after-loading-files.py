# %% [markdown]
# # Which metric an .h5 file names, and what tf-keras makes of it
#
# tf-keras is tf.keras, that is Keras 2. The model returns its input.

# %% setup
import json
import pathlib
import tempfile
import warnings

import h5py
import numpy as np
import tensorflow as tf
import tf_keras

# Not on this subject: a legacy format, and TF1 compatibility mode.
warnings.filterwarnings("ignore", message=".*(HDF5|state_updates)")
folder = pathlib.Path(tempfile.mkdtemp())

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


def compiled_model(metric):
    """Return a model that returns its input, with one metric."""
    layers = [
        tf_keras.layers.InputLayer((3,)),
        tf_keras.layers.Activation("linear"),
    ]
    model = tf_keras.Sequential(layers)
    model.compile(
        optimizer="sgd",
        loss="sparse_categorical_crossentropy",
        metrics=[metric],
    )
    return model


# %% in-file
def in_file(path):
    """Return which metric a file of tf-keras or Keras names."""
    with h5py.File(path) as file:
        config = json.loads(file.attrs["training_config"])
    (metric,) = np.ravel(config["metrics"])
    if isinstance(metric, dict):
        return metric["config"]["fn"]
    return metric


# %% files table=true after="in-file"
print("tf-keras saved it | in the file | accuracy after load_model")
used = compiled_model("accuracy")
used.evaluate(y_pred, y_true, verbose=0)
used.save(folder / "used.h5")

fresh = compiled_model("accuracy")
fresh.save(folder / "fresh.h5")

again = compiled_model("accuracy")
again.evaluate(y_pred, y_true, verbose=0)
again.compile(again.optimizer, again.loss, metrics=["accuracy"])
again.save(folder / "again.h5")

with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    old = compiled_model("accuracy")
    old.evaluate(y_pred, y_true, verbose=0)
    old.save(folder / "old.h5")

for words, name in [
    ("after a batch", "used"),
    ("before the first batch", "fresh"),
    ("compiled again after the last batch", "again"),
    ("after a batch, in TF1 compatibility mode", "old"),
]:
    path = folder / f"{name}.h5"
    one = tf_keras.models.load_model(path)
    value = one.evaluate(y_pred, y_true, verbose=0)[1]
    print(words, in_file(path), f"{value:.4f}", sep=" | ")
