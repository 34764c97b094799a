# %% [markdown]
# # A metric of your own in tf-keras
#
# tf-keras is Keras 2. It still has the loop of TensorFlow 1. The same
# calls go to all three.

# %% setup
import functools
import warnings

import keras
import numpy as np
import tensorflow as tf
import tf_keras
from keras import ops

# The old loop warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]])
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])


def key_and_value(
    library, metric, labels=y_true, weighted=False, batch_size=2
):
    """Evaluate; return key and value."""
    inputs = library.Input((1,))
    linear = library.layers.Activation("linear")
    model = library.Model(inputs, linear(inputs))
    place = "weighted_metrics" if weighted else "metrics"
    data = {"sample_weight": weights} if weighted else {}
    try:
        model.compile("sgd", loss="mse", **{place: [metric]})
        values = model.evaluate(
            y_pred, labels, batch_size=batch_size, verbose=0, **data
        )
    except Exception as error:
        return type(error).__name__
    inside = getattr(model.metrics[-1], "metrics", None)
    name = inside[0].name if inside else model.metrics_names[1]
    return f"{name} {values[1]:.4f}"


# %% cases table=true
# The functions of keras.ops call TensorFlow, also for tf-keras.
def right(y_true, y_pred):
    return ops.cast(
        ops.equal(y_true, ops.cast(y_pred > 0.5, "float32")), "float32"
    )


def hit_rate(y_true, y_pred):
    """Return one number a batch."""
    return ops.mean(
        ops.equal(y_true, ops.cast(y_pred > 0.5, "float32"))
    )


def hit_each(y_true, y_pred):
    """Return one number a row."""
    return ops.equal(y_true, ops.cast(y_pred > 0.5, "float32"))


def F1Score(y_true, y_pred):  # noqa: N802
    return right(y_true, y_pred)


def with_numpy(y_true, y_pred):
    return np.mean(np.equal(y_true, np.round(y_pred)))


cases = [
    ("one number a batch", hit_rate, {}),
    ("one number a row", hit_each, {}),
    ("a number a batch, weighted", hit_rate, {"weighted": True}),
    ("a number a row, weighted", hit_each, {"weighted": True}),
    (
        "labels (5,), one batch",
        hit_each,
        {"labels": y_true[:, 0], "batch_size": 5},
    ),
    ("NumPy inside", with_numpy, {}),
    ("def F1Score(…)", F1Score, {}),
    ("a lambda", lambda t, p: 1 - right(t, p), {}),
    ("functools.partial", functools.partial(hit_each), {}),
]
print("case | Keras 3 | tf-keras | TensorFlow 1 loop")
for words, metric, options in cases:
    row = [
        key_and_value(library, metric, **options)
        for library in (keras, tf_keras)
    ]
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        row.append(key_and_value(tf_keras, metric, **options))
    print(words, *row, sep=" | ")

# %% name after="cases"
print(key_and_value(tf_keras, F1Score).split()[0])


# %% f1-class
class OlderF1(tf_keras.metrics.Metric):
    """Compute F1 of all rows since the last reset."""

    def __init__(self, name="f1", **options):
        super().__init__(name=name, **options)
        self.hits = self.add_weight(name="hits", initializer="zeros")
        self.sizes = self.add_weight(name="sizes", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        guess = tf.cast(y_pred > 0.5, "float32")
        truth = tf.reshape(tf.cast(y_true, "float32"), tf.shape(guess))
        self.hits.assign_add(tf.reduce_sum(truth * guess))
        self.sizes.assign_add(tf.reduce_sum(truth + guess))

    def result(self):
        return tf.math.divide_no_nan(2 * self.hits, self.sizes)


for batch_size in (5, 2, 1):
    print(key_and_value(tf_keras, OlderF1(), batch_size=batch_size))
