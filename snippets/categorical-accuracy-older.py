# %% [markdown]
# # Categorical accuracy in Keras 2
#
# tf-keras is Keras 2. It also has the loop of TensorFlow 1 still.

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
    try:
        model.compile("sgd", loss=no_loss, metrics=[metric])
        return f"{model.test_on_batch(y_pred, y_true)[1]:.4f}"
    except Exception as error:
        return type(error).__name__


def value_in_tf1_mode(function, *arguments):
    """Call a function in the loop of TensorFlow 1."""
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
labels = np.eye(300, dtype="float32")[[257, 256, 256]]
many = np.eye(300, dtype="bfloat16")[[256, 257, 256]]
zeros = np.array([[-0.0, 0.0]], "float32")
print("case | Keras 3 | tf-keras | TF1 compatibility mode")
for words, y_true, y_pred in [
    ("one-hot", one_hot, scores),
    ("integer labels (N,)", classes, scores),
    ("integer labels (N, 1)", classes[:, None], scores),
    ("300 classes in bfloat16", labels, many),
    ("NaN everywhere", one_hot, scores * np.nan),
    (
        "scores -0.0 and 0.0, label 0",
        np.array([[1.0, 0.0]]),
        zeros,
    ),
]:
    given = y_true, y_pred, "categorical_accuracy"
    print(
        words,
        value_in(keras, *given),
        value_in(tf_keras, *given),
        value_in_tf1_mode(value_in, tf_keras, *given),
        sep=" | ",
    )

# %% channels-first
K = tf_keras.backend
y_true = np.eye(3, dtype="float32")[[[[0, 1], [2, 0]]]]
y_true = np.moveaxis(y_true, -1, 1)
y_pred = np.full(y_true.shape, 0.1, "float32")
y_pred[:, 0] = 0.8


def channels_first(y_true, y_pred):
    """Take the largest over axis 1."""
    y_true = K.permute_dimensions(y_true, (0, 2, 3, 1))
    y_pred = K.permute_dimensions(y_pred, (0, 2, 3, 1))
    return tf_keras.metrics.categorical_accuracy(y_true, y_pred)


print(value_in(tf_keras, y_true, y_pred, channels_first))
