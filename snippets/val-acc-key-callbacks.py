# %% [markdown]
# # Callbacks that watch a key which is not there, or the wrong way
#
# The same calls go to Keras 3 and to tf-keras, which is Keras 2.

# %% setup
import tempfile
import warnings

import keras
import numpy as np
import tensorflow as tf
import tf_keras

x = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]])
y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
folder = tempfile.mkdtemp()
logged = []
# tf-keras logs what it has to say; this keeps it.
tf.get_logger().addFilter(
    lambda record: logged.append(record.getMessage())
)


def trained_watching(library, metric, callback, epochs=1):
    """Train with a callback, or a list; the learning rate is zero."""
    model = library.Sequential(
        [
            library.Input((1,)),
            library.layers.Dense(1, kernel_initializer="ones"),
        ]
    )
    model.compile(
        optimizer=library.optimizers.SGD(learning_rate=0.0),
        loss="mse",
        metrics=[metric],
        run_eagerly=True,
    )
    return model.fit(
        x,
        y_true,
        validation_data=(x, y_true),
        callbacks=[callback],
        epochs=epochs,
        verbose=0,
    )


# %% not-available table=true
def said(library, name, **options):
    """Return what a callback says of a key that is not there."""
    if name == "ModelCheckpoint":
        options = {"filepath": f"{folder}/best.keras", **options}
    logged.clear()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        callback = getattr(library.callbacks, name)(**options)
        try:
            trained_watching(library, "accuracy", callback)
        except (KeyError, ValueError) as error:
            words = error.args[0].split(", but")[0]
            return f"{type(error).__name__}: {words}"
    heard = logged + [str(warning.message) for warning in caught]
    about = [one for one in heard if "available" in one]
    return about[0] if about else "nothing"


print("callback | Keras 3 | tf-keras")
watch = {"monitor": "val_acc"}
for name, options in [
    ("EarlyStopping", watch),
    ("EarlyStopping", {**watch, "mode": "max"}),
    (
        "ModelCheckpoint",
        {**watch, "mode": "max", "save_best_only": True},
    ),
    ("ReduceLROnPlateau", {**watch, "mode": "max"}),
    ("ModelCheckpoint", {"filepath": "{val_acc:.2f}.keras"}),
]:
    words = ", ".join(f"{key}={one!r}" for key, one in options.items())
    row = [said(one, name, **options) for one in (keras, tf_keras)]
    print(f"{name}({words})", *row, sep=" | ")

# %% epochs table=true
print("EarlyStopping | Keras 3 | tf-keras")
for key in ("val_accuracy", "val_acc"):
    row = []
    for library in (keras, tf_keras):
        callback = library.callbacks.EarlyStopping(key, mode="max")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fitted = trained_watching(
                library, "accuracy", callback, epochs=5
            )
        row.append(len(fitted.epoch))
    print(f"monitor='{key}'", *row, sep=" | ")

# %% by-batches
print(
    said(
        keras,
        "ModelCheckpoint",
        monitor="val_accuracy",
        save_best_only=True,
        save_freq=1,
    )
)


# %% direction table=true
def gain(y_true, y_pred):
    """Compute a metric of one's own."""
    return abs(y_true - y_pred) < 0.5


def direction(library, name, key, metric):
    """Return what a callback takes for better, without a mode."""
    options = {"monitor": f"val_{key}"}
    if name == "ModelCheckpoint":
        options["filepath"] = f"{folder}/best.keras"
    callback = getattr(library.callbacks, name)(**options)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            trained_watching(library, metric, callback)
    except ValueError as error:
        return type(error).__name__
    return "max" if callback.monitor_op(2.0, 1.0) else "min"


keys = {
    "'accuracy'": "accuracy",
    "Precision()": "precision",
    "AUC()": "auc",
    "a function, gain": "gain",
}
print("callback", *keys, sep=" | ")
for words, library in (("Keras 3", keras), ("tf-keras", tf_keras)):
    for name in (
        "EarlyStopping",
        "ModelCheckpoint",
        "ReduceLROnPlateau",
    ):
        metrics = {
            "accuracy": "accuracy",
            "precision": library.metrics.Precision(name="precision"),
            "auc": library.metrics.AUC(name="auc"),
            "gain": gain,
        }
        row = [
            direction(library, name, key, metrics[key])
            for key in keys.values()
        ]
        print(f"{name}, {words}", *row, sep=" | ")
