# %% [markdown]
# # Dropout with rate one in tf-keras
#
# tf-keras is Keras 2. It still has the compatibility mode for
# TensorFlow 1.

# %% setup
import contextlib
import warnings

import numpy as np
import tensorflow as tf
import tf_keras

# That mode warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")

x = np.array([[1.0, 2.0], [3.0, 4.0]])
y_true = np.array([[0.0], [1.0]])


@contextlib.contextmanager
def tensorflow_1():
    """Work in a graph and a session, as TensorFlow 1 does."""
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        yield


def layer(training):
    """Call one layer."""
    out = tf_keras.layers.Dropout(1.0)(
        tf.constant(x), training=training
    )
    if not tf.executing_eagerly():
        out = tf.compat.v1.get_default_session().run(out)
    return "input unchanged" if np.array_equal(out, x) else "changed"


def model(method):
    """Call a method of a model with the layer in it."""
    inputs = tf_keras.Input((2,))
    dropped = tf_keras.layers.Dropout(1.0)(inputs)
    outputs = tf_keras.layers.Dense(1, activation="sigmoid")(dropped)
    built = tf_keras.Model(inputs, outputs)
    built.compile(
        "sgd", loss="binary_crossentropy", metrics=["accuracy"]
    )
    getattr(built, method)(x, y_true, verbose=0)
    return "runs"


def or_refused(function, *arguments):
    """Say what came out, or that it is refused."""
    try:
        return function(*arguments)
    except ValueError as error:
        return f"refused: {type(error).__name__}"


# %% outcomes table=true
print("tf-keras | in training | in evaluation")
for name, place in [
    ("eager", contextlib.nullcontext),
    ("TF1 compatibility mode", tensorflow_1),
]:
    with place():
        row = [or_refused(layer, True), or_refused(layer, False)]
    print(f"the layer, {name}", *row, sep=" | ")
    row = []
    for method in ("fit", "evaluate"):
        with place():
            row.append(or_refused(model, method))
    print(f"a model, {name}", *row, sep=" | ")

# %% tensorflow-refuses raises="ValueError"
tf.nn.experimental.stateless_dropout(x, rate=1.0, seed=[1, 0])
