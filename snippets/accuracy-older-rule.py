# %% [markdown]
# # What 'accuracy' became by the older rule, which looks at the loss
#
# tf-keras is Keras 2. In TF1 compatibility mode it still has the older
# rule.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# This mode warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")


def chosen_and_value(y_true, y_pred, loss, metric="accuracy"):
    """Evaluate in tf-keras; return the function and its value."""
    inputs = tf_keras.Input(y_pred.shape[1:])
    outputs = tf_keras.layers.Activation("linear")(inputs)
    model = tf_keras.Model(inputs, outputs)
    model.compile("sgd", loss=loss, metrics=[metric])
    value = model.test_on_batch(y_pred, y_true)[1]
    return model.metrics[-1]._fn.__name__, value


def in_old_loop(function, *arguments):
    """Call a function in TF1 compatibility mode."""
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        return function(*arguments)


def own_loss(y_true, y_pred):
    """Do as categorical_crossentropy does, under another name."""
    return tf_keras.losses.categorical_crossentropy(y_true, y_pred)


# %% losses table=true
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
    chosen, value = in_old_loop(chosen_and_value, one_hot, scores, loss)
    print(name, chosen, f"{value:.4f}", sep=" | ")


# %% sparse table=true
def own_sparse_loss(y_true, y_pred):
    """Do as Keras' own does, under another name."""
    return tf_keras.losses.sparse_categorical_crossentropy(
        y_true, y_pred
    )


labels = np.array([[0], [1], [2], [1], [2]])
print("loss, integer labels | 'accuracy' becomes | value")
for loss in ["sparse_categorical_crossentropy", own_sparse_loss]:
    name = loss if isinstance(loss, str) else "a function of your own"
    chosen, value = in_old_loop(chosen_and_value, labels, scores, loss)
    print(name, chosen, f"{value:.4f}", sep=" | ")

# %% regression
print(
    *in_old_loop(
        chosen_and_value,
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
