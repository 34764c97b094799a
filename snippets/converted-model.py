# %% [markdown]
# # Accuracy after TFLite conversion and after export
#
# A small network for handwritten digits, trained on 1200 images whose
# values are 0 to 1. The other 597 are counted. No layer is special.

# %% setup
import pathlib
import tempfile
import warnings

import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

# TensorFlow says that tf.lite moves to a package of its own.
warnings.filterwarnings("ignore", message=r"[\s\S]*tf.lite")
folder = pathlib.Path(tempfile.mkdtemp())

x, y = load_digits(return_X_y=True)
x = (x / 16).astype("float32")
x_test, y_true = x[1200:], y[1200:]

keras.utils.set_random_seed(1)
model = keras.Sequential(
    [
        keras.Input((64,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(
    loss="sparse_categorical_crossentropy",
    optimizer=keras.optimizers.Adam(0.01),
    metrics=["accuracy"],
)
model.fit(x[:1200], y[:1200], epochs=15, verbose=0)
model.export(folder / "saved", verbose=False)

# %% version
print(f"TensorFlow {tf.__version__}")


# %% convert
def converted(dtype=None, images=x[:100]):
    """Convert the SavedModel; with a dtype, to integers inside."""
    converter = tf.lite.TFLiteConverter.from_saved_model(
        str(folder / "saved")
    )
    if dtype is not None:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: (
            [image[None]] for image in images
        )
        converter.target_spec.supported_ops = [
            tf.lite.OpsSet.TFLITE_BUILTINS_INT8
        ]
        converter.inference_input_type = dtype
        converter.inference_output_type = dtype
    lite = tf.lite.Interpreter(model_content=converter.convert())
    lite.allocate_tensors()
    return lite


floats, uint8 = converted(), converted(tf.uint8)


# %% instead after="convert"
def feed(lite, rows):
    """Give rows to the model as they are; return its output."""
    source = lite.get_input_details()[0]["index"]
    target = lite.get_output_details()[0]["index"]
    outputs = []
    for row in rows:
        lite.set_tensor(source, row[None])
        lite.invoke()
        outputs.append(lite.get_tensor(target)[0])
    return np.array(outputs)


def quantized(lite, rows):
    """Return rows in the integers of the input."""
    details = lite.get_input_details()[0]
    scale, zero_point = details["quantization"]
    ends = np.iinfo(details["dtype"])
    whole = np.round(rows / scale + zero_point)
    return whole.clip(ends.min, ends.max).astype(details["dtype"])


def dequantized(lite, outputs):
    """Return integers of the output as probabilities."""
    scale, zero_point = lite.get_output_details()[0]["quantization"]
    return (outputs.astype("float32") - zero_point) * scale


y_pred = dequantized(uint8, feed(uint8, quantized(uint8, x_test)))
print(f"accuracy: {np.mean(y_pred.argmax(axis=-1) == y_true):.2f}")


# %% reported after=["convert", "instead"] table=true
def accuracy(outputs):
    """Return the share of rows whose largest output is right."""
    return np.mean(outputs.argmax(axis=-1) == y_true)


saved = tf.saved_model.load(folder / "saved")
int8, inside = converted(tf.int8), converted(tf.float32)
results = {
    "Keras model, x": model.evaluate(x_test, y_true, verbose=0)[1],
    "SavedModel, x": accuracy(saved.serve(x_test).numpy()),
    "TFLite float32, x": accuracy(feed(floats, x_test)),
    "TFLite float32 (integers inside), x": accuracy(
        feed(inside, x_test)
    ),
}
for name, lite in {"uint8": uint8, "int8": int8}.items():
    cast = feed(lite, x_test.astype(name))
    scaled = feed(lite, quantized(lite, x_test))
    results[f'TFLite {name}, x.astype("{name}")'] = accuracy(cast)
    results[f"TFLite {name}, quantized"] = accuracy(scaled)
images = (x_test * 255).astype("uint8")
results['TFLite uint8, (x * 255).astype("uint8")'] = accuracy(
    feed(uint8, images)
)

print("model | input | accuracy")
for name, value in results.items():
    print(*name.split(", "), f"{value:.2f}", sep=" | ")

# %% formula after="reported"
best = model.predict(x_test, verbose=0).argmax(axis=-1)
assert np.isclose(np.mean(best == y_true), results["Keras model, x"])

scale, zero_point = uint8.get_input_details()[0]["quantization"]
stands_for = (x_test.astype("uint8") - float(zero_point)) * scale
best = model.predict(stands_for, verbose=0).argmax(axis=-1)
cast = results['TFLite uint8, x.astype("uint8")']
print(f"x: {x_test.min()} to {x_test.max()}")
print(f"the cast: {stands_for.min():.3f} to {stands_for.max():.3f}")
print(f"Keras model on it: {np.mean(best == y_true):.2f}")
assert np.isclose(np.mean(best == y_true), cast, atol=0.02)

# %% range after="reported" table=true
print("input of the `float32` file | labels | accuracy")
for words, rows, labels in [
    ("as for `fit` | `y`", x_test, y_true),
    ("`x * 2 - 1` | `y`", x_test * 2 - 1, y_true),
    ("as for `fit` | `y + 1`", x_test, y_true + 1),
]:
    best = feed(floats, rows).argmax(axis=-1)
    print(words, f"{np.mean(best == labels):.2f}", sep=" | ")

# %% applications
pixels = np.array([0.0, 255.0], "float32").reshape(1, 1, 2, 1)
applied = keras.applications.mobilenet_v2.preprocess_input(pixels)
print(f"{applied.min():g} to {applied.max():g}")

# %% one-class after="reported"
cast = feed(uint8, x_test.astype("uint8"))
classes = np.unique(cast.argmax(axis=-1))
print(f"classes that are predicted: {len(classes)}")

# %% parameters after="reported" table=true
print("input | scale | zero point | x = 0 | x = 1")
for name, lite in {"uint8": uint8, "int8": int8}.items():
    scale, zero_point = lite.get_input_details()[0]["quantization"]
    ends = quantized(lite, np.array([0, 1]))
    print(name, f"{scale:.4f}", zero_point, *ends, sep=" | ")

# %% refused after="convert"
try:
    details = uint8.get_input_details()[0]
    uint8.set_tensor(details["index"], x_test[:1])
except ValueError as error:
    words = str(error).split(" for input")[0]
    print(f"{type(error).__name__}: {words}")

# %% representative after="reported" table=true
print("representative_dataset | integers for x | accuracy")
for name, images in {"x": x[:100], "x * 255": x[:100] * 255}.items():
    lite = converted(tf.uint8, images)
    rows = quantized(lite, x_test)
    value = accuracy(feed(lite, rows))
    print(name, len(np.unique(rows)), f"{value:.1f}", sep=" | ")

# %% threshold after="instead"
whole = feed(uint8, quantized(uint8, x_test))
print(f"largest output: {whole.max()} of {whole.dtype}")
print(f"above 0.5, as it is: {np.mean(whole > 0.5):.2f}")
share = np.mean(dequantized(uint8, whole) > 0.5)
print(f"above 0.5, dequantized: {share:.2f}")
share = np.mean(model.predict(x_test, verbose=0) > 0.5)
print(f"above 0.5, Keras model: {share:.2f}")

# %% export
saved = tf.saved_model.load(folder / "saved")
best = saved.serve(x_test).numpy().argmax(axis=-1)
print(f"accuracy: {np.mean(best == y_true):.2f}")
same = best == model.predict(x_test, verbose=0).argmax(axis=-1)
print(f"classes as predicted by Keras: {same.mean():.2f}")

# %% evaluate-export
layer = keras.layers.TFSMLayer(folder / "saved", call_endpoint="serve")
again = keras.Sequential([keras.Input((64,)), layer])
again.compile(
    loss="sparse_categorical_crossentropy",
    metrics=["sparse_categorical_accuracy"],
)
result = again.evaluate(x_test, y_true, verbose=0)[1]
print(f"{result:.2f}")

# %% no-evaluate after="export"
try:
    saved.evaluate(x_test, y_true)
except AttributeError as error:
    print(f"{type(error).__name__}: {error}")

# %% load-model
try:
    keras.models.load_model(folder / "saved")
except ValueError as error:
    print(f"{type(error).__name__}: {str(error).split(': ')[0]}")

# %% logits
logits = keras.Sequential(
    [
        keras.Input((64,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10),
    ]
)
logits.set_weights(model.get_weights())
for one in (model, logits):
    best = one.predict(x_test, verbose=0).argmax(axis=-1)
    print(f"{np.mean(best == y_true):.2f}")
