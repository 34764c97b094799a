# %% [markdown]
# # What 'accuracy' became by the older rule, which looks at the loss
#
# tf-keras is Keras 2. It still has the loop of TensorFlow 1, and in it
# the older rule is at work.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# The old loop warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")


def evaluated(y_true, y_pred, loss):
    """Evaluate fixed predictions in the loop of TensorFlow 1."""
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        inputs = tf_keras.Input(y_pred.shape[1:])
        model = tf_keras.Model(
            inputs, tf_keras.layers.Activation("linear")(inputs)
        )
        model.compile("sgd", loss=loss, metrics=["accuracy"])
        value = model.test_on_batch(y_pred, y_true)[1]
        return model.metrics[0]._fn.__name__, value


def own_loss(y_true, y_pred):
    """Do as categorical_crossentropy does, under another name."""
    return tf_keras.losses.categorical_crossentropy(y_true, y_pred)


# %% losses
classes = np.array([0, 1, 2, 0, 2])
one_hot = np.eye(3)[classes]
scores = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.55, 0.25],
        [0.55, 0.30, 0.15],
        [0.30, 0.60, 0.10],
        [0.10, 0.20, 0.70],
    ]
)
print("loss | 'accuracy' becomes | value")
for loss in [
    "binary_crossentropy",
    "categorical_crossentropy",
    "mean_squared_error",
    own_loss,
]:
    name = loss if isinstance(loss, str) else "a function of your own"
    chosen, value = evaluated(one_hot, scores, loss)
    print(name, chosen, f"{value:.4f}", sep=" | ")


# %% sparse
def own_sparse_loss(y_true, y_pred):
    """Do as Keras' own does, under another name."""
    return tf_keras.losses.sparse_categorical_crossentropy(
        y_true, y_pred
    )


labels = np.array([[0], [1], [2], [1], [2]])
print("loss, class numbers as labels | 'accuracy' becomes | value")
for loss in ["sparse_categorical_crossentropy", own_sparse_loss]:
    name = loss if isinstance(loss, str) else "a function of your own"
    chosen, value = evaluated(labels, scores, loss)
    print(name, chosen, f"{value:.4f}", sep=" | ")

# %% regression
print(
    *evaluated(
        np.array([[1.0], [2.0]]),
        np.array([[1.4], [2.1]]),
        "mean_squared_error",
    )
)

# %% cells
print(f"{np.mean(one_hot == (scores > 0.5)):.4f}")

# %% rows
print(f"{np.mean(classes == scores.argmax(axis=-1)):.4f}")

# %% column-zero
print(f"{np.mean(scores.argmax(axis=-1) == 0):.4f}")
