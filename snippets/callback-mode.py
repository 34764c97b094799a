# %% [markdown]
# # EarlyStopping and ModelCheckpoint: what counts as better
#
# One callback gives the values that the others watch. It also sets
# the bias to the number of the epoch, so that the bias says of which
# epoch the weights are.

# %% setup
import os
import tempfile
import warnings
from pathlib import Path

import keras
import numpy as np
import tf_keras

os.chdir(tempfile.mkdtemp())  # files are saved there


def gives(library, values):
    """Return a callback that writes val_f1, a value for each epoch."""

    class Gives(library.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            logs["val_f1"] = values[epoch]
            self.model.layers[0].bias.assign([epoch + 1.0])

    return Gives()


def watched(library, callbacks, epochs):
    """Train a model that does not learn, and return it."""
    model = library.Sequential(
        [library.Input((1,)), library.layers.Dense(1)]
    )
    model.compile(
        optimizer=library.optimizers.SGD(learning_rate=0.0),
        loss="mse",
        run_eagerly=True,
    )
    one = np.ones((1, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(
            one, one, callbacks=callbacks, epochs=epochs, verbose=0
        )
    return model


# %% instead
callbacks = [
    gives(keras, [0.65, 0.79, 0.76]),
    keras.callbacks.EarlyStopping(
        monitor="val_f1",
        mode="max",
        patience=5,
        restore_best_weights=True,
    ),
    keras.callbacks.ModelCheckpoint(
        "best.keras",
        monitor="val_f1",
        mode="max",
        save_best_only=True,
        verbose=1,
    ),
]
model = watched(keras, callbacks, epochs=3)

# %% every-epoch
for library in (keras, tf_keras):
    print(library.__name__)
    saver = library.callbacks.ModelCheckpoint(
        "model.keras", monitor="val_f1", mode="max", verbose=1
    )
    watched(library, [gives(library, [0.79, 0.76]), saver], epochs=2)

# %% patience table=true
values = [0.65, 0.71, 0.79, 0.76, 0.76, 0.78, 0.85, 0.8]
print("EarlyStopping | Keras 3 | tf-keras")
for patience, min_delta in ((3, 0.0), (4, 0.0), (4, 0.1)):
    row = []
    for library in (keras, tf_keras):
        stop = library.callbacks.EarlyStopping(
            "val_f1",
            mode="max",
            patience=patience,
            min_delta=min_delta,
            restore_best_weights=True,
        )
        model = watched(library, [gives(library, values), stop], 8)
        ran = len(model.history.epoch)
        kept = int(model.get_weights()[1][0])
        row.append(f"ran {ran} of 8, weights of epoch {kept}")
    print(f"{patience=}, {min_delta=}", *row, sep=" | ")

# %% formula after="patience"
best, since = -np.inf, 0
for epoch, value in enumerate(values, 1):
    since += 1
    if value - min_delta > best:
        best, best_epoch, since = value, epoch, 0
    if since == patience:
        break
assert (epoch, best_epoch) == (ran, kept)
print(epoch, best_epoch)

# %% order table=true
print("Callbacks, in their order | Keras 3 | tf-keras")
for words, step in (
    ("one that writes val_f1, EarlyStopping", 1),
    ("EarlyStopping, one that writes val_f1", -1),
):
    row = []
    for library in (keras, tf_keras):
        stop = library.callbacks.EarlyStopping("val_f1", mode="max")
        pair = [gives(library, [0.5] * 5), stop]
        model = watched(library, pair[::step], 5)
        row.append(f"ran {len(model.history.epoch)} of 5")
    print(words, *row, sep=" | ")

# %% array
two = [np.array([0.6, 0.7]), np.array([0.5, 0.6])]
for library in (keras, tf_keras):
    name = library.__name__
    saver = library.callbacks.ModelCheckpoint(
        f"{name}-{{epoch}}.keras",
        monitor="val_f1",
        mode="max",
        save_best_only=True,
    )
    try:
        watched(library, [gives(library, two), saver], 2)
        print(f"{name}: {len(list(Path().glob(f'{name}*')))} saved")
    except ValueError as error:
        print(f"{name}: ValueError: {error}")
