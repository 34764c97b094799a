# %% [markdown]
# # The class Accuracy() is 0 on probabilities
#
# The class asks whether a prediction is exactly the number of its
# label. The model returns its input, so `y_pred` is what it predicts.

# %% setup
import keras
import numpy as np

labels = np.array([0, 1, 2, 0, 2])
y_true = keras.utils.to_categorical(labels)
y_pred = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.55, 0.25],
        [0.55, 0.30, 0.15],
        [0.30, 0.60, 0.10],
        [0.10, 0.20, 0.70],
    ]
)
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])

# %% reported
for metric in ["accuracy", keras.metrics.Accuracy()]:
    model.compile(loss="categorical_crossentropy", metrics=[metric])
    results = model.evaluate(
        y_pred, y_true, verbose=0, return_dict=True
    )
    print(f"accuracy: {results['accuracy']:.4f}")

# %% formula
for outputs in [y_pred, np.round(y_pred)]:
    metric = keras.metrics.Accuracy()
    metric.update_state(y_true, outputs)
    exact = np.mean(y_true == outputs)
    assert np.isclose(exact, float(metric.result()))
    right = np.mean(y_true.argmax(axis=-1) == outputs.argmax(axis=-1))
    print(f"equal numbers: {exact:.4f}, right rows: {right:.4f}")

# %% instead
model.compile(
    loss="categorical_crossentropy", metrics=["categorical_accuracy"]
)
_, one_hot = model.evaluate(y_pred, y_true, verbose=0)
print(f"one-hot labels: {one_hot:.4f}")

model.compile(
    loss="sparse_categorical_crossentropy",
    metrics=["sparse_categorical_accuracy"],
)
_, integer = model.evaluate(y_pred, labels, verbose=0)
print(f"integer labels: {integer:.4f}")

# %% instead-binary
yes_no = np.array([[1.0], [0.0], [1.0], [0.0]])
sigmoid = np.array([[0.9], [0.2], [0.4], [0.1]])
binary = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
binary.compile(loss="binary_crossentropy", metrics=["binary_accuracy"])
_, value = binary.evaluate(sigmoid, yes_no, verbose=0)
print(f"0 or 1: {value:.4f}")

# %% by-hand
metric = keras.metrics.Accuracy()
metric.update_state(labels, y_pred.argmax(axis=-1))
print(f"{float(metric.result()):.4f}")

# %% integer-labels table=true
print("integer labels | predictions | Accuracy()")
for given, outputs in [
    (labels, y_pred),
    (labels[:3], y_pred[:3]),
    (labels[:1], y_pred[:1]),
    (labels[:, None], y_pred),
]:
    model.compile(
        loss="sparse_categorical_crossentropy",
        metrics=[keras.metrics.Accuracy()],
        run_eagerly=True,
    )
    try:
        value = model.evaluate(outputs, given, verbose=0)[1]
        value = f"{value:.4f}"
    except Exception as error:
        value = type(error).__name__
    print(given.shape, outputs.shape, value, sep=" | ")

# %% saturated table=true
print("largest logit | a row of softmax | 'accuracy' | Accuracy()")
for largest in (1, 5, 25, 150):
    logits = np.eye(3, dtype="float32")[labels] * largest
    outputs = keras.ops.softmax(logits).numpy()
    model.compile(
        loss="categorical_crossentropy",
        metrics=["accuracy", keras.metrics.Accuracy(name="exact")],
    )
    results = model.evaluate(
        outputs, y_true, verbose=0, return_dict=True
    )
    values = [f"{results[name]:.4f}" for name in ("accuracy", "exact")]
    row = ", ".join(f"{score:.2g}" for score in outputs[0])
    print(largest, row, *values, sep=" | ")

# %% same-class
import tensorflow as tf

print(tf.metrics.Accuracy is keras.metrics.Accuracy)
