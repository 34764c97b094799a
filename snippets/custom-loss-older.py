# %% [markdown]
# # A custom loss by the older rule
#
# tf-keras is Keras 2. In TF1 compatibility mode it still has the older
# rule, which looks at the loss.

# %% setup
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# This mode warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

labels = np.array([0, 1, 2, 1, 2])
scores = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.55, 0.25],
        [0.55, 0.30, 0.15],
        [0.30, 0.60, 0.10],
        [0.10, 0.20, 0.70],
    ]
)


def evaluated_older(loss, metric="accuracy", labels=labels):
    """Return loss, value of the metric, and what it became."""
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        inputs = tf_keras.layers.Input((3,))
        outputs = tf_keras.layers.Activation("linear")(inputs)
        older = tf_keras.models.Model(inputs, outputs)
        older.compile("sgd", loss=loss, metrics=[metric])
        values = older.evaluate(scores, labels, verbose=0)
        return *values, older.metrics[-1]._fn.__name__


# %% reported
def own_loss(y_true, y_pred):
    """Do what the built-in loss does."""
    crossentropy = tf_keras.losses.sparse_categorical_crossentropy
    return crossentropy(y_true, y_pred)


for loss in ["sparse_categorical_crossentropy", own_loss]:
    value, accuracy, chosen = evaluated_older(loss)
    print(f"loss {value:.4f}, accuracy {accuracy:.4f}, {chosen}")

# %% formula after="reported"
column = labels[:, None]  # older releases make a column of (N,)
first = np.argmax(column, axis=-1)  # 0 in each row
share = np.mean(np.argmax(scores, axis=-1) == first)
assert np.isclose(share, accuracy)
print(first, f"{share:.4f}")

# %% instead after="reported"
print(
    f"{evaluated_older(own_loss, 'sparse_categorical_accuracy')[1]:.4f}"
)


# %% losses after="reported" table=true
class OwnLoss(tf_keras.losses.Loss):
    def call(self, y_true, y_pred):
        return own_loss(y_true, y_pred)


builtin = tf_keras.losses.sparse_categorical_crossentropy
of_class = tf_keras.losses.SparseCategoricalCrossentropy
print("loss, integer labels | 'accuracy' becomes | value")
for words, loss in [
    ("'sparse_categorical_crossentropy'", builtin.__name__),
    ("losses.sparse_categorical_crossentropy", builtin),
    ("SparseCategoricalCrossentropy()", of_class()),
    (
        "SparseCategoricalCrossentropy(from_logits=True)",
        of_class(from_logits=True),
    ),
    ("a lambda that calls it", lambda t, p: builtin(t, p) + 0),
    ("a function that calls it", own_loss),
    ("a subclass of Loss that calls it", OwnLoss()),
]:
    _, accuracy, chosen = evaluated_older(loss)
    print(words, chosen, f"{accuracy:.4f}", sep=" | ")


# %% copies table=true
def own_binary(y_true, y_pred):
    return tf_keras.losses.binary_crossentropy(y_true, y_pred)


several = np.array(
    [[1, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 0], [0, 1, 1]]
)
print("loss, several labels a row | 'accuracy' becomes | value")
for words, loss in [
    ("'binary_crossentropy'", "binary_crossentropy"),
    ("a function that calls it", own_binary),
]:
    _, accuracy, chosen = evaluated_older(loss, labels=several)
    print(words, chosen, f"{accuracy:.4f}", sep=" | ")
