# %% [markdown]
# # Accuracy of logits in tf-keras
#
# tf-keras is Keras 2, and still has TF1 compatibility mode.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# That mode warns about itself on every use.
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
print("by default", *both_values(), sep=" | ")
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    print("TF1 compatibility mode", *both_values(), sep=" | ")

# %% older
K = tf_keras.backend  # Keras 2: from keras import backend as K


def accuracy_above_zero(y_true, y_pred):
    """Share of logits on the right side of 0."""
    above = K.cast(K.greater(y_pred, 0.0), "float32")
    return K.mean(K.equal(K.cast(y_true, "float32"), above), axis=-1)


model = tf_keras.Sequential(
    [tf_keras.Input((1,)), tf_keras.layers.Activation("linear")]
)
model.compile("sgd", loss="mse", metrics=[accuracy_above_zero])
value = model.test_on_batch(logits, y_true)[1]
print(f"accuracy_of_logits: {value:.4f}")

# %% older-mode after="older"
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    model = tf_keras.Sequential(
        [tf_keras.Input((1,)), tf_keras.layers.Activation("linear")]
    )
    model.compile("sgd", loss="mse", metrics=[accuracy_above_zero])
    for labels in (y_true, y_true[:, 0], y_true.astype(int)):
        value = model.test_on_batch(logits, labels)[1]
        print(f"accuracy_of_logits: {value:.4f}")
