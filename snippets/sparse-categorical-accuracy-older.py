# %% [markdown]
# # Sparse categorical accuracy in Keras 2
#
# tf-keras is Keras 2. It also has the TF1 compatibility mode.

# %% setup
import warnings

import keras
import numpy as np
import tensorflow as tf
import tf_keras

# The old mode warns about itself on every use.
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
    try:
        model.compile("sgd", loss=no_loss, metrics=[metric])
        return f"{model.test_on_batch(y_pred, y_true)[1]:.4f}"
    except Exception as error:
        return type(error).__name__


def in_old_loop(function, *arguments):
    """Call a function in TF1 compatibility mode."""
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        return function(*arguments)


# %% compared table=true
classes = np.array([0, 1, 2, 0, 2])
scores = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.55, 0.25],
        [0.55, 0.30, 0.15],
        [0.30, 0.60, 0.10],
        [0.10, 0.20, 0.70],
    ],
    "float32",
)
one_hot = np.eye(3, dtype="float32")[classes]
steps = np.repeat(classes[:, None], 2, axis=1)
step_scores = np.repeat(scores[:, None], 2, axis=1)
labels = np.array([257, 256, 256])
many = np.eye(300, dtype="bfloat16")[[256, 257, 256]]
print("labels | Keras 3 | tf-keras | its TF1 compatibility mode")
for words, y_true, y_pred in [
    ("(N,)", classes, scores),
    ("(N, 1)", classes[:, None], scores),
    ("(N, 2), two steps", steps, step_scores),
    ("(N, 2, 1), two steps", steps[..., None], step_scores),
    ("1 to 3", classes + 1, scores),
    ("2.7 for 2", classes + 0.7, scores),
    ("one-hot, 5 rows", one_hot, scores),
    ("one-hot, 3 rows", one_hot[:3], scores[:3]),
    ("of 300 classes in bfloat16", labels, many),
]:
    given = y_true, y_pred, "sparse_categorical_accuracy"
    print(
        words,
        value_in(keras, *given),
        value_in(tf_keras, *given),
        in_old_loop(value_in, tf_keras, *given),
        sep=" | ",
    )
