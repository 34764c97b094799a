# %% [markdown]
# # Sparse top-k accuracy in tf-keras
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


def no_loss(y_true, y_pred):
    """Fit every pair of shapes."""
    return keras.ops.zeros((1,))


def value_in(library, y_true, y_pred, metric):
    """Evaluate fixed predictions; return the value or the error."""
    dtype = y_pred.dtype.name
    inputs = library.Input(y_pred.shape[1:], dtype=dtype)
    linear = library.layers.Activation("linear", dtype=dtype)
    model = library.Model(inputs, linear(inputs))
    assert model.output.dtype == dtype
    model.compile("sgd", loss=no_loss, metrics=[metric])
    try:
        return f"{model.test_on_batch(y_pred, y_true)[1]:.4f}"
    except Exception as error:
        return type(error).__name__


def in_old_loop(function, *arguments):
    """Call a function in the loop of TensorFlow 1."""
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        return function(*arguments)


def top_2_in(library, y_true, y_pred):
    """Evaluate fixed predictions with k=2."""
    metric = library.metrics.SparseTopKCategoricalAccuracy(k=2)
    return value_in(library, y_true, y_pred, metric)


# %% cases table=true
y_true = np.array([0, 1, 2, 3])
y_pred = np.array(
    [
        [0.50, 0.20, 0.12, 0.09, 0.05, 0.04],
        [0.40, 0.30, 0.15, 0.08, 0.04, 0.03],
        [0.30, 0.25, 0.08, 0.20, 0.10, 0.07],
        [0.35, 0.25, 0.20, 0.01, 0.10, 0.09],
    ],
    dtype="float32",
)
masked = np.where(np.arange(6) == 5, -np.inf, y_pred)
cases = [
    ("class numbers, (4,)", y_true, y_pred),
    ("class numbers, (4, 1)", y_true[:, None], y_pred),
    (
        "a number for each step, (4, 1)",
        y_true[:, None],
        y_pred[:, None],
    ),
    ("labels -1, 1, 2, 6", np.array([-1, 1, 2, 6]), y_pred),
    ("all scores equal", y_true, np.ones_like(y_pred)),
    ("class 5 set to -inf", y_true, masked.astype("float32")),
    ("float16 scores", y_true, y_pred.astype("float16")),
]
print("case, k=2 | Keras 3 | tf-keras | TensorFlow 1 loop")
for words, *given in cases:
    print(
        words,
        top_2_in(keras, *given),
        top_2_in(tf_keras, *given),
        in_old_loop(top_2_in, tf_keras, *given),
        sep=" | ",
    )

# %% sorted-ids
try:
    tf_keras.metrics.SparseTopKCategoricalAccuracy(from_sorted_ids=True)
except TypeError as error:
    print(str(error).split(".")[-1])
