# %% [markdown]
# # Sparse categorical accuracy in Keras 2
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
    model.compile(
        "sgd", no_loss, metrics=["sparse_categorical_accuracy"]
    )
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
        metrics=["sparse_categorical_accuracy"],
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
steps = np.repeat(classes[:, None], 2, axis=1)
step_scores = np.repeat(scores[:, None], 2, axis=1)
labels = np.array([257, 256, 256])
many = np.eye(300, dtype="float32")[[256, 257, 256]]
print("labels | Keras 3 | tf-keras | its TensorFlow 1 loop")
for words, y_true, y_pred, dtype in [
    ("(N,)", classes, scores, "float32"),
    ("(N, 1)", classes[:, None], scores, "float32"),
    ("(N, 2), two steps", steps, step_scores, "float32"),
    ("(N, 2, 1), two steps", steps[..., None], step_scores, "float32"),
    ("1 to 3", classes + 1, scores, "float32"),
    ("2.7 for 2", classes + 0.7, scores, "float32"),
    ("one-hot, 5 rows", one_hot, scores, "float32"),
    ("one-hot, 3 rows", one_hot[:3], scores[:3], "float32"),
    ("of 300 classes in bfloat16", labels, many, "bfloat16"),
]:
    values = []
    for run in (today, older, oldest):
        try:
            values.append(f"{float(run(y_true, y_pred, dtype)):.4f}")
        except Exception as error:
            values.append(type(error).__name__)
    print(words, *values, sep=" | ")
