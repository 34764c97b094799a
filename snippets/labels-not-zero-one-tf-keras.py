# %% [markdown]
# # Labels other than zero and one, in tf-keras
#
# tf-keras is Keras 2, and still has the loop of TensorFlow 1.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# The old loop warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

signs = np.array([[-1.0], [-1], [-1], [-1], [1], [1], [1], [1]])
y_pred = np.array(
    [[-0.9], [-0.7], [-0.4], [0.2], [0.3], [0.4], [0.8], [0.9]]
)


# %% loops table=true
def rows(loop):
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
        print(loop, words, *[f"{v:.4f}" for v in values], sep=" | ")


print(
    "tf-keras | labels | hinge | 'accuracy'"
    " | BinaryAccuracy(threshold=0.0)"
)
rows("its own loop")
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    rows("the loop of TensorFlow 1")
