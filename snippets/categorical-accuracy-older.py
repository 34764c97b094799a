# %% [markdown]
# # Categorical accuracy in Keras 2
#
# tf-keras is Keras 2. It also has the loop of TensorFlow 1 still.

# %% setup
import contextlib
import warnings

import keras
import numpy as np
import tensorflow as tf
import tf_keras

# The old loop warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")


def no_loss(y_true, y_pred):
    """Fit every pair of shapes."""
    return tf.reduce_sum(y_pred) * 0.0


def older(y_true, y_pred, dtype):
    """Evaluate fixed predictions in tf-keras."""
    inputs = tf_keras.Input(y_pred.shape[1:], dtype=dtype)
    same = tf_keras.layers.Activation("linear", dtype=dtype)
    model = tf_keras.Model(inputs, same(inputs))
    model.compile("sgd", no_loss, metrics=["categorical_accuracy"])
    return model.test_on_batch(y_pred, y_true)[1]


def oldest(*arguments):
    """Evaluate them in its loop of TensorFlow 1."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(tf.Graph().as_default())
        stack.enter_context(tf.compat.v1.Session().as_default())
        return older(*arguments)


def today(y_true, y_pred, dtype):
    """Evaluate them in Keras 3."""
    model = keras.Sequential(
        [
            keras.Input(y_pred.shape[1:], dtype=dtype),
            keras.layers.Identity(dtype=dtype),
        ]
    )
    model.compile(
        loss=lambda y_true, y_pred: keras.ops.zeros((1,)),
        metrics=["categorical_accuracy"],
    )
    return model.test_on_batch(y_pred, y_true)[1]


# %% compared
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
labels = np.eye(300, dtype="float32")[[257, 256, 256]]
many = np.eye(300, dtype="float32")[[256, 257, 256]]
zeros = np.array([[-0.0, 0.0]], "float32")
print("case | Keras 3 | tf-keras | its TensorFlow 1 loop")
for words, y_true, y_pred, dtype in [
    ("one-hot", one_hot, scores, "float32"),
    ("class numbers (N,)", classes, scores, "float32"),
    ("class numbers (N, 1)", classes[:, None], scores, "float32"),
    ("300 classes in bfloat16", labels, many, "bfloat16"),
    ("NaN everywhere", one_hot, scores * np.nan, "float32"),
    (
        "scores -0.0 and 0.0, label 0",
        np.array([[1.0, 0.0]]),
        zeros,
        "float32",
    ),
]:
    values = [
        float(run(y_true, y_pred, dtype))
        for run in (today, older, oldest)
    ]
    print(words, *[f"{value:.4f}" for value in values], sep=" | ")
