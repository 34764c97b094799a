# %% [markdown]
# # Accuracy of many classes in half precision, in Keras 2
#
# tf-keras is Keras 2, and still has TF1 compatibility mode. Class 256
# is found for class 257, class 257 for class 256, and class 256 for
# class 256: a third is right.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# That mode warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

labels = np.array([257, 256, 256])
found = np.array([256, 257, 256])


def accuracy_of_half(labels, found, last):
    """Evaluate a model whose last layer has a policy of its own."""
    inputs = tf_keras.Input((300,))
    half = tf_keras.layers.Activation("linear", dtype="mixed_bfloat16")
    softmax = tf_keras.layers.Activation("softmax", dtype=last)
    model = tf_keras.Model(inputs, softmax(half(inputs)))
    loss = "sparse_categorical_crossentropy"
    if labels.ndim == 2:
        loss = "categorical_crossentropy"
    model.compile("sgd", loss=loss, metrics=["accuracy"])
    x = np.eye(300, dtype="float32")[found]
    return f"{model.test_on_batch(x, labels)[1]:.4f}"


# %% models table=true
print(
    "labels | last layer mixed_bfloat16"
    " | the same, TF1 compatibility mode"
    " | last layer float32, both"
)
for words, y_true in [
    ("integers", labels),
    ("the same as float32", labels.astype("float32")),
    ("one-hot", np.eye(300, dtype="float32")[labels]),
]:
    values = [accuracy_of_half(y_true, found, "mixed_bfloat16")]
    mended = {accuracy_of_half(y_true, found, "float32")}
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        values.append(accuracy_of_half(y_true, found, "mixed_bfloat16"))
        mended.add(accuracy_of_half(y_true, found, "float32"))
    print(words, *values, *mended, sep=" | ")

# %% all-right
print(
    accuracy_of_half(found.astype("float32"), found, "mixed_bfloat16")
)
