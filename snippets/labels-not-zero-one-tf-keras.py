# %% [markdown]
# # Labels other than zero and one, in tf-keras
#
# tf-keras is Keras 2, and still has TF1 compatibility mode.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# That mode warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

signs = np.array([[-1.0], [-1], [-1], [-1], [1], [1], [1], [1]])
y_pred = np.array(
    [[-0.9], [-0.7], [-0.4], [0.2], [0.3], [0.4], [0.8], [0.9]]
)


# %% loops table=true
def rows(mode):
    """Print one row for each kind of label."""
    for words, labels in [
        ("-1 and 1", signs),
        ("0 and 1", (signs + 1) / 2),
        ("0.1 and 0.9", np.where(signs > 0, 0.9, 0.1)),
    ]:
        model = tf_keras.Sequential(
            [tf_keras.Input((1,)), tf_keras.layers.Activation("linear")]
        )
        zero = tf_keras.metrics.BinaryAccuracy(threshold=0.0)
        model.compile("sgd", loss="hinge", metrics=["accuracy", zero])
        values = model.test_on_batch(y_pred, labels)
        print(mode, words, *[f"{v:.4f}" for v in values], sep=" | ")


print(
    "tf-keras | labels | hinge | 'accuracy'"
    " | BinaryAccuracy(threshold=0.0)"
)
rows("by default")
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    rows("TF1 compatibility mode")

# %% older
K = tf_keras.backend  # Keras 2: from keras import backend as K


def same_sign(y_true, y_pred):
    """Share of rows on the same side of 0."""
    positive = K.greater(K.cast(y_true, "float32"), 0.0)
    return K.mean(K.equal(positive, K.greater(y_pred, 0.0)), axis=-1)


model = tf_keras.Sequential(
    [tf_keras.Input((1,)), tf_keras.layers.Activation("linear")]
)
model.compile("sgd", loss="hinge", metrics=[same_sign])
value = model.test_on_batch(y_pred, signs)[1]
print(f"same_sign: {value:.4f}")

# %% older-mode after="older"
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    model = tf_keras.Sequential(
        [tf_keras.Input((1,)), tf_keras.layers.Activation("linear")]
    )
    model.compile("sgd", loss="hinge", metrics=[same_sign])
    for labels in (signs, signs[:, 0], signs.astype(int)):
        value = model.test_on_batch(y_pred, labels)[1]
        print(f"same_sign: {value:.4f}")
