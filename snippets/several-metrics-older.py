# %% [markdown]
# # Several metrics at once in tf-keras
#
# tf-keras is Keras 2. It still has the loop of TensorFlow 1.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# The old loop warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]])
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])


def compiled(metrics, weighted=None):
    """Return a model that returns its input."""
    inputs = tf_keras.Input((1,))
    linear = tf_keras.layers.Activation("linear")
    model = tf_keras.Model(inputs, linear(inputs))
    model.compile(
        "sgd", loss="mse", metrics=metrics, weighted_metrics=weighted
    )
    return model


def outcome(metrics, weighted):
    """Return names and values side by side, or the error."""
    try:
        model = compiled(metrics, weighted)
        values = model.evaluate(
            y_pred, y_true, sample_weight=weights, verbose=0
        )
    except ValueError as error:
        return type(error).__name__
    pairs = zip(model.metrics_names[1:], values[1:], strict=True)
    return ", ".join(f"{name} {value:.4f}" for name, value in pairs)


# %% cases
print("metrics | weighted_metrics | tf-keras | TensorFlow 1 loop")
for metrics, weighted in (
    (["mae", "accuracy"], None),
    (["accuracy"], ["accuracy"]),
    (None, ["accuracy"]),
    (["accuracy", "accuracy"], None),
    ({"no such output": ["accuracy"]}, None),
):
    today = outcome(metrics, weighted)
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        older = outcome(metrics, weighted)
    print(metrics, weighted, today, older, sep=" | ")

# %% lazy
print(compiled(["mae", "accuracy"]).metrics_names)
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    print(compiled(["mae", "accuracy"]).metrics_names)
