# %% [markdown]
# # Accuracy of logits in tf-keras
#
# tf-keras is Keras 2, and still has the loop of TensorFlow 1.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# The old loop warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

y_true = np.array([[0.0], [0], [0], [0], [1], [1], [1], [1]])
logits = np.array(
    [[-2.0], [-1.2], [-0.4], [0.3], [0.1], [0.2], [0.4], [1.3]]
)


def both_values():
    """Evaluate the same logits with both metrics."""
    model = tf_keras.Sequential(
        [tf_keras.Input((1,)), tf_keras.layers.Activation("linear")]
    )
    zero = tf_keras.metrics.BinaryAccuracy(threshold=0.0)
    model.compile(
        "sgd",
        loss=tf_keras.losses.BinaryCrossentropy(from_logits=True),
        metrics=["accuracy", zero],
    )
    _, *values = model.test_on_batch(logits, y_true)
    return [f"{value:.4f}" for value in values]


# %% loops table=true
print("tf-keras | 'accuracy' | BinaryAccuracy(threshold=0.0)")
print("its own loop", *both_values(), sep=" | ")
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    print("the loop of TensorFlow 1", *both_values(), sep=" | ")
