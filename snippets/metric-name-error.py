# %% [markdown]
# # Names of metrics that are known, and names that are refused
#
# The models return their input, so they predict the numbers in `x`.

# %% setup
import logging
import tempfile
import warnings

import keras
import numpy as np
import tf_keras

# That a file is .h5, and that metrics are not built yet.
warnings.filterwarnings("ignore", message=".*HDF5")
logging.getLogger("absl").setLevel(logging.ERROR)

x = np.array([[0.9], [0.7], [0.3], [0.2]], "float32")
y = np.array([[1.0], [0.0], [1.0], [0.0]], "float32")


def model_of(metrics, keras=keras):
    """Return a model that predicts its input."""
    model = keras.Sequential(
        [keras.layers.Input((1,)), keras.layers.Activation("linear")]
    )
    model.compile(loss="mse", metrics=metrics, run_eagerly=True)
    return model


def attempt(metrics, keras=keras):
    """Return the keys and values of evaluate, or the error."""
    try:
        found = model_of(metrics, keras).evaluate(
            x, y, verbose=0, return_dict=True
        )
    except (TypeError, ValueError) as error:
        last = str(error).strip().splitlines()[-1].strip()
        return f"{type(error).__name__}: {last}"
    shown = [
        f"{key} {np.mean(value):.4f}"
        for key, value in found.items()
        if key != "loss"
    ]
    return ", ".join(shown) or "no metric"


# %% reported
model = model_of(["f1"])
print("compile: no error")
try:
    model.evaluate(x, y, verbose=0)
except ValueError as error:
    print("evaluate:", error)

# %% tf-keras
print(attempt(["f1"], tf_keras))

# %% instead
model = model_of(["accuracy", keras.metrics.F1Score(threshold=0.5)])
results = model.evaluate(x, y, verbose=0, return_dict=True)
print(f"f1_score: {float(results['f1_score'][0]):.4f}")

# %% formula after="instead"
hits = np.sum((x > 0.5) & (y == 1))
f1 = 2 * hits / (np.sum(x > 0.5) + np.sum(y == 1))
assert np.isclose(f1, results["f1_score"][0])
print(f"{f1:.4f}")


# %% function
def near(y_true, y_pred):
    """Return for each row whether it is at most 0.25 off."""
    return keras.ops.abs(y_true - y_pred) <= 0.25


print(attempt(["near"]))
print(attempt([near]))

# %% names table=true
print("metrics=[…] | Keras 3 | tf-keras")
for name in [
    "mse",
    "bce",
    "auc",
    "AUC",
    "precision",
    "Precision",
    "f1_score",
    "F1Score",
    "MeanIoU",
    "crossentropy",
    "val_accuracy",
]:
    found = [
        answer.split(": ")[0] if "Error: " in answer else answer
        for answer in (attempt([name]), attempt([name], tf_keras))
    ]
    print(f"'{name}'", *found, sep=" | ")

# %% arguments
print("MeanIoU:", attempt(["MeanIoU"]))

# %% not-a-list table=true
print("metrics= | Keras 3 | tf-keras")
for words, given in [
    ("[BinaryAccuracy()]", lambda kind: [kind()]),
    ("[BinaryAccuracy]", lambda kind: [kind]),
    ("BinaryAccuracy()", lambda kind: kind()),
    ("'accuracy'", lambda kind: "accuracy"),
    ("('accuracy',)", lambda kind: ("accuracy",)),
    ("['accuracy', None]", lambda kind: ["accuracy", None]),
    ("None", lambda kind: None),
]:
    found = []
    for one in (keras, tf_keras):
        answer = attempt(given(one.metrics.BinaryAccuracy), one)
        found.append(answer.split(" Received instead")[0])
    print(words, *found, sep=" | ")

# %% class-error
print(attempt([tf_keras.metrics.BinaryAccuracy], tf_keras))

# %% load after="function"
path = tempfile.mkdtemp() + "/model.keras"
model = model_of([near])
model.evaluate(x, y, verbose=0)
model.save(path)
try:
    keras.models.load_model(path)
except TypeError as error:
    print(str(error).split(". ")[0])
loaded = keras.models.load_model(path, custom_objects={"near": near})
print(f"{loaded.evaluate(x, y, verbose=0)[1]:.4f}")

# %% load-uncompiled after="load"
loaded = keras.models.load_model(path, compile=False)
loaded.compile(loss="mse", metrics=[near], run_eagerly=True)
print(f"{loaded.evaluate(x, y, verbose=0)[1]:.4f}")

# %% load-plain after="load"
plain = path.replace("model.keras", "plain.h5")
keras.models.load_model(path, compile=False).save(plain)
again = keras.models.load_model(plain)
print("loaded, with a metric:", again.compiled)

# %% load-wrong-key after="load"
try:
    keras.models.load_model(path, custom_objects={"Near": near})
except TypeError as error:
    print(str(error).split(". ")[0])

# %% load-h5 table=true
print("loss= | Keras 3 | tf-keras")
for loss in ["mse", "mean_squared_error"]:
    found = []
    for one in (keras, tf_keras):
        old = tempfile.mkdtemp() + "/model.h5"
        model = model_of(["accuracy"], one)
        model.compile(loss=loss, metrics=["accuracy"], run_eagerly=True)
        model.evaluate(x, y, verbose=0)
        model.save(old)
        try:
            again = one.models.load_model(old)
            found.append(f"{again.evaluate(x, y, verbose=0)[1]:.4f}")
        except (TypeError, ValueError) as error:
            found.append(f"{type(error).__name__}: {error}")
    print(f"'{loss}'", *found, sep=" | ")


# %% load-folder
class Near(tf_keras.metrics.MeanMetricWrapper):
    """Share of rows within a quarter, as a class."""

    def __init__(self, name="near", **options):
        super().__init__(
            lambda y, p: tf_keras.backend.abs(y - p) < 0.25,
            name=name,
            **options,
        )


folder = tempfile.mkdtemp()
model = model_of([Near()], tf_keras)
model.evaluate(x, y, verbose=0)
model.save(folder, save_format="tf")
load = tf_keras.models.load_model
for options in [
    {"custom_objects": {"Near": Near}},
    {"compile": False},
]:
    again = load(folder, **options)
    if "compile" in options:
        again.compile(loss="mse", metrics=[Near()])
    print(*options, f"{again.evaluate(x, y, verbose=0)[1]:.4f}")
