# %% [markdown]
# # Several metrics at once in tf-keras
#
# tf-keras is Keras 2. It still has the loop of TensorFlow 1. The same
# calls go to all three.

# %% setup
import warnings

import keras
import numpy as np
import tensorflow as tf
import tf_keras

# The old loop warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]])
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])


def model_in(library, metrics, weighted=None):
    """Return a model that returns its input."""
    inputs = library.Input((1,))
    linear = library.layers.Activation("linear")
    model = library.Model(inputs, linear(inputs))
    model.compile(
        "sgd", loss="mse", metrics=metrics, weighted_metrics=weighted
    )
    return model


def values_or_error(library, metrics, weighted):
    """Return the list of values without the loss, or the error."""
    try:
        values = model_in(library, metrics, weighted).evaluate(
            y_pred, y_true, sample_weight=weights, verbose=0
        )
    except ValueError as error:
        return type(error).__name__
    return ", ".join(f"{value:.2f}" for value in values[1:])


# %% cases table=true
print("metrics | weighted | Keras 3 | tf-keras | TensorFlow 1 loop")
for metrics, weighted in (
    (["mae", "accuracy"], None),
    (["accuracy"], ["accuracy"]),
    (None, ["accuracy"]),
    (["accuracy", "accuracy"], None),
    ({"no such output": ["accuracy"]}, None),
):
    row = [
        values_or_error(library, metrics, weighted)
        for library in (keras, tf_keras)
    ]
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        row.append(values_or_error(tf_keras, metrics, weighted))
    print(metrics, weighted, *row, sep=" | ")


# %% lazy
def names(library):
    """Return metrics_names before the first batch and after it."""
    model = model_in(library, ["mae"], ["mae"])
    before = list(model.metrics_names)
    model.test_on_batch(y_pred, y_true)
    return f"{before}, then {model.metrics_names}"


print("Keras 3:", names(keras))
print("tf-keras:", names(tf_keras))
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    print("TensorFlow 1 loop:", names(tf_keras))
