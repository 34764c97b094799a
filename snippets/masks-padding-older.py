# %% [markdown]
# # A weight for each step in the years of TensorFlow 1
#
# tf-keras is Keras 2, and still has what TensorFlow 1 did.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# What is left of TensorFlow 1 warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")
tf.compat.v1.disable_v2_behavior()

y_true = np.array([[1, 1, 2, 1], [2, 1, 0, 0], [2, 0, 0, 0]])
mask = y_true != 0  # False at the padding
classes = np.array([[1, 2, 0, 1], [2, 1, 0, 0], [1, 0, 0, 0]])
y_pred = 0.7 * np.eye(3)[classes] + 0.1  # as after a softmax

# %% temporal
model = tf_keras.Sequential(
    [tf_keras.layers.Activation("linear", input_shape=(4, 3))]
)
model.compile(
    "sgd",
    loss="sparse_categorical_crossentropy",
    weighted_metrics=["sparse_categorical_accuracy"],
    sample_weight_mode="temporal",
)
results = model.evaluate(
    y_pred,
    y_true[..., None],  # labels of shape (N, T, 1)
    sample_weight=mask.astype("float32"),
    verbose=0,
)
print(f"{results[1]:.4f}")

# %% temporal-one-hot after="temporal"
model.compile(
    "sgd",
    loss="categorical_crossentropy",
    weighted_metrics=["categorical_accuracy"],
    sample_weight_mode="temporal",
)
results = model.evaluate(
    y_pred,
    np.eye(3)[y_true] * mask[..., None],  # padding: rows of zeros
    sample_weight=mask.astype("float32"),
    verbose=0,
)
print(f"{results[1]:.4f}")
