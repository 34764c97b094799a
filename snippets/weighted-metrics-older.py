# %% [markdown]
# # Weights and masks in tf-keras
#
# tf-keras is Keras 2. It still has the loop of TensorFlow 1. The rows
# are those of the page: three, padded to four steps.

# %% setup
import contextlib
import warnings

import keras
import numpy as np
import tensorflow as tf
import tf_keras

# The old loop warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

y_true = np.array([[1, 1, 2, 1], [2, 1, 0, 0], [2, 0, 0, 0]])
best = np.array([[1, 2, 0, 1], [2, 1, 0, 0], [1, 0, 0, 0]])
mask = np.arange(4) < np.array([[4], [2], [1]])
y_pred = np.eye(3)[best] * mask[..., None]
per_row = np.array([1.0, 2.0, 0.5])


@contextlib.contextmanager
def tensorflow_1():
    """Work in a graph and a session, as TensorFlow 1 does."""
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        yield


def two_values(masked, sample_weight, **arguments):
    """Return the value in metrics and in weighted_metrics."""
    inputs = tf_keras.Input((4, 3))
    layer = (
        tf_keras.layers.Masking()
        if masked
        else tf_keras.layers.Activation("linear")
    )
    model = tf_keras.Model(inputs, layer(inputs))
    name = "sparse_categorical_accuracy"
    model.compile(
        "sgd",
        loss=tf_keras.losses.SparseCategoricalCrossentropy(
            from_logits=True
        ),
        metrics=[name],
        weighted_metrics=[name],
        **arguments,
    )
    results = model.evaluate(
        y_pred,
        y_true[..., None],
        sample_weight=sample_weight,
        verbose=0,
    )
    return results[1:]


# %% who table=true
per_step = mask * per_row[:, None]
temporal = {"sample_weight_mode": "temporal"}
print("tf-keras | given | metrics | weighted_metrics")
for name, place, steps in [
    ("eager", contextlib.nullcontext, {}),
    ("loop of TensorFlow 1", tensorflow_1, temporal),
]:
    for words, masked, w, arguments in [
        ("nothing", False, None, {}),
        ("mask", True, None, {}),
        ("sample_weight (N,)", False, per_row, {}),
        ("sample_weight (N, T)", False, per_step, steps),
        ("mask and sample_weight (N,)", True, per_row, {}),
    ]:
        with place():
            values = two_values(masked, w, **arguments)
        print(name, words, *[f"{v:.4f}" for v in values], sep=" | ")

# %% lengths table=true
right = [np.array([[1.0, 1.0]]), np.zeros((1, 8))]  # by step
seen = [np.array([[1.0, 1.0]]), np.arange(8)[None] < 2]
print("two right steps, then two wrong of eight | weights | mean")
for name, library in [("Keras", keras), ("tf-keras", tf_keras)]:
    for words, weights in [("none", [None, None]), ("mask", seen)]:
        metric = library.metrics.Mean()
        for values, w in zip(right, weights, strict=True):
            metric.update_state(values, sample_weight=w)
        print(name, words, f"{float(metric.result()):.4f}", sep=" | ")
