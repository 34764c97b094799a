# %% [markdown]
# # Sparse top-k accuracy in tf-keras
#
# tf-keras is Keras 2. It still has a TF1 compatibility mode. The same
# calls go to all three.

# %% setup
import warnings

import keras
import numpy as np
import tensorflow as tf
import tf_keras

# The TF1 compatibility mode warns about itself on every use.
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


def in_tf1_mode(function, *arguments):
    """Call a function in TF1 compatibility mode."""
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
    ("integer labels, (4,)", y_true, y_pred),
    ("integer labels, (4, 1)", y_true[:, None], y_pred),
    (
        "a label for each time step, (4, 1)",
        y_true[:, None],
        y_pred[:, None],
    ),
    ("labels -1, 1, 2, 6", np.array([-1, 1, 2, 6]), y_pred),
    ("all scores equal", y_true, np.ones_like(y_pred)),
    ("class 5 set to -inf", y_true, masked.astype("float32")),
    ("float16 scores", y_true, y_pred.astype("float16")),
]
print("case, k=2 | Keras 3 | tf-keras | TF1 compatibility mode")
for words, *given in cases:
    print(
        words,
        top_2_in(keras, *given),
        top_2_in(tf_keras, *given),
        in_tf1_mode(top_2_in, tf_keras, *given),
        sep=" | ",
    )

# %% steps
backend = tf_keras.backend


def top2(y_true, y_pred):
    """Count each time step by itself, in releases that cannot."""
    classes = backend.int_shape(y_pred)[-1]
    return tf_keras.metrics.sparse_top_k_categorical_accuracy(
        backend.reshape(y_true, (-1, 1)),
        backend.reshape(y_pred, (-1, classes)),
        k=2,
    )


# %% steps-values after="steps"
labels = np.array([[0, 1, 2], [3, 0, 1]])
row = np.array([0.4, 0.3, 0.1, 0.2], dtype="float32")
sequences = labels, np.tile(row, (2, 3, 1))
print("tf-keras:", value_in(tf_keras, *sequences, top2))
print(
    "TF1 mode:",
    in_tf1_mode(value_in, tf_keras, *sequences, top2),
)
right = np.isin(labels, [0, 1])  # the two largest outputs of each row
print(f"by hand:  {right.mean():.4f}")

# %% sorted-ids
try:
    tf_keras.metrics.SparseTopKCategoricalAccuracy(from_sorted_ids=True)
except TypeError as error:
    print(str(error).split(".")[-1])
