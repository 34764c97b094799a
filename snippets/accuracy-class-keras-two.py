# %% [markdown]
# # keras.metrics.Accuracy() in Keras 2
#
# tf-keras is Keras 2. It has two loops: its own, and the older one of
# TensorFlow 1.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# The old loop warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

classes = np.array([0, 1, 2, 0, 2])
one_hot = np.eye(3)[classes]
scores = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.55, 0.25],
        [0.55, 0.30, 0.15],
        [0.30, 0.60, 0.10],
        [0.10, 0.20, 0.70],
    ]
)


def on_batch(
    y_true, metric, loss="categorical_crossentropy", **options
):
    """Return the metric of one batch of fixed predictions."""
    inputs = tf_keras.Input((3,))
    outputs = tf_keras.layers.Activation("linear")(inputs)
    model = tf_keras.Model(inputs, outputs)
    model.compile("sgd", loss=loss, metrics=[metric], **options)
    return float(model.test_on_batch(scores, y_true)[1])


# %% strings table=true
print("metrics=[…], one-hot | tf-keras | TF1 compatibility mode")
for metric in ("accuracy", "acc", "Accuracy", "ACC"):
    newer = on_batch(one_hot, metric, run_eagerly=True)
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        older = on_batch(one_hot, metric)
    print(f"'{metric}'", f"{newer:.4f}", f"{older:.4f}", sep=" | ")

# %% get
for name in ("accuracy", "acc"):
    function = tf_keras.metrics.get(name)
    cells = function(tf.constant(one_hot), tf.constant(scores))
    print(f"get('{name}'): {float(np.mean(cells)):.4f}")
public = hasattr(tf_keras.metrics, "accuracy")
print(f"tf_keras.metrics.accuracy exists: {public}")

# %% shapes
for words, labels in [
    ("integer labels", classes),
    ("integer labels (N, 1)", classes[:, None]),
    ("one-hot", one_hot),
]:
    loss = (
        "categorical_crossentropy"
        if words == "one-hot"
        else "sparse_categorical_crossentropy"
    )
    try:
        exact = tf_keras.metrics.Accuracy()
        value = on_batch(labels, exact, loss, run_eagerly=True)
        print(f"{words}: {value:.4f}")
    except ValueError as error:
        print(f"{words}: ValueError: {str(error).splitlines()[0]}")

# %% casts
function = tf_keras.metrics.get("accuracy")
y_true = tf.constant([1, 0, 1])
y_pred = tf.constant([0.8, 0.1, 0.9])
print(f"function: {float(np.mean(function(y_true, y_pred))):.4f}")
metric = tf_keras.metrics.Accuracy()
metric.update_state(y_true, y_pred)
print(f"class: {float(metric.result()):.4f}")
