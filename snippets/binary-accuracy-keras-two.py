# %% [markdown]
# # binary_accuracy in Keras 2 and in Keras 3
#
# tf-keras is Keras 2, and runs beside Keras 3.

# %% setup
import warnings

import keras
import numpy as np
import tensorflow as tf
import tf_keras

# The mode of TensorFlow 1 warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")
both = (tf_keras, keras)


def tried(action, *given):
    """Return what an action returns, or the name of its error."""
    try:
        return action(*given)
    except Exception as error:
        return type(error).__name__


# %% function
labels = np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]])
scores = np.array([[0.9, 0.2, 0.8], [0.1, 0.2, 0.7]])
for library in both:
    print(f"{library.__name__}:")
    print(library.metrics.binary_accuracy(labels, scores).numpy())

# %% images
masks = np.ones((4, 256, 256, 2), "float32")
shapes = [
    library.metrics.binary_accuracy(masks, masks).shape
    for library in both
]
print(*map(tuple, shapes), sep=" and ")


# %% differences table=true
def mean(library, y_true, y_pred, threshold=0.5):
    """Call the function, and take the mean."""
    cells = library.metrics.binary_accuracy(y_true, y_pred, threshold)
    return f"{float(np.mean(cells)):.4f}"


def from_class(library, y_true, y_pred):
    """Use the class."""
    metric = library.metrics.BinaryAccuracy()
    metric.update_state(y_true, y_pred)
    return f"{float(metric.result()):.4f}"


def from_evaluate(library, y_true, y_pred, loss):
    """Evaluate a model that returns its input."""
    inputs = library.Input(y_pred.shape[1:])
    outputs = library.layers.Activation("linear")(inputs)
    model = library.Model(inputs, outputs)
    model.compile(
        loss=loss, metrics=["binary_accuracy"], run_eagerly=True
    )
    results = model.evaluate(
        y_pred, y_true, verbose=0, return_dict=True
    )
    return f"{results['binary_accuracy']:.4f}"


flat = np.array([1.0, 0.0, 1.0, 1.0])
column = np.array([[0.9], [0.2], [0.4], [0.6]])
one_hot = np.eye(2)[[1, 0, 1, 1]]
three = np.array([0.3], "float16")
softmax = np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1]] * 2)
bce, sparse = "binary_crossentropy", "sparse_categorical_crossentropy"

print("what | Keras 2 | Keras 3")
for words, action, *given in [
    ("function, (N,) and (N, 1)", mean, flat, column),
    ("class, (N,) and (N, 1)", from_class, flat, column),
    ("function, y_pred of bool", mean, flat, column[:, 0] > 0.5),
    ("float16, 0.3 above 0.3", mean, np.ones(1, "f2"), three, 0.3),
    ("2.0 and 2.1", mean, np.array([2.0]), np.array([2.1])),
    (
        "evaluate, one-hot and (N, 1)",
        from_evaluate,
        one_hot,
        column,
        bce,
    ),
    (
        "evaluate, integer labels and (N, 3)",
        from_evaluate,
        np.array([0, 1, 0, 1]),
        softmax,
        sparse,
    ),
]:
    row = [tried(action, library, *given) for library in both]
    print(words, *row, sep=" | ")

# %% backend-code
K = tf_keras.backend
y_true = tf.constant([0.0, 1.0, 1.0, 0.0])
y_pred = tf.constant([0.4, 0.8, 0.3, 0.7])
rounded = K.mean(K.equal(y_true, K.round(y_pred)), axis=-1)
print(f"the formula: {float(rounded):.4f}")
value = tf_keras.metrics.binary_accuracy(y_true, y_pred)
print(f"binary_accuracy of Keras 2: {float(value):.4f}")

# %% old-loop
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    inputs = tf_keras.Input((1,))
    outputs = tf_keras.layers.Activation("linear")(inputs)
    model = tf_keras.Model(inputs, outputs)
    model.compile(
        "sgd", loss="mean_squared_error", metrics=["accuracy"]
    )
    y_true = np.array([[2.0], [3.0], [0.0]])
    y_pred = np.array([[2.1], [2.9], [0.1]])
    value = model.test_on_batch(y_pred, y_true)[1]
    print(f"{model.metrics[0]._fn.__name__}: {value:.4f}")

# %% by-rounding
print(f"{np.mean(y_true == np.round(y_pred)):.4f}")

# %% by-threshold
print(f"{np.mean(y_true == (y_pred > 0.5)):.4f}")
