# %% [markdown]
# # Ask your own model which accuracy it computes
#
# A function to paste below `compile`. What it prints has one form:
# a word, a colon, and what belongs to it, in the same order for each
# output, and last a line for each doubt.

# %% setup
import re

import keras
import numpy as np


# %% function
def which_accuracy(model, x, y=None):
    """Print, for each output, which accuracy Keras chose, and doubts.

    model: compiled with metrics=["accuracy"]. x, y: arrays, or lists
    of arrays; or x alone, a tf.data.Dataset of batches (x, y).
    """
    values = model.evaluate(x, y, verbose=0, return_dict=True)
    doubts = {}
    if y is None:
        fixed = x.element_spec[0].shape[0] and x.cardinality() < 0
        doubts["fixed batch size, unknown length: KA023"] = fixed
        both = [(b[1], model.predict_on_batch(b[0])) for b in x]
        y, y_pred = map(np.concatenate, zip(*both, strict=True))
    else:
        y_pred = model.predict(x, verbose=0)
    doubts["the model has a mask: KA007"] = any(
        getattr(layer, "mask_zero", hasattr(layer, "mask_value"))
        for layer in model.layers
    )
    several = isinstance(y, (list, tuple))
    names = model.output_names if several else ["the only one"]
    pairs = zip(y, y_pred, strict=True) if several else [(y, y_pred)]
    kept = [getattr(m, "metrics", 0) or [m] for m in model.metrics]
    kept = [m for some in kept for m in some if "acc" in m.name]
    for name, pair, metric in zip(names, pairs, kept, strict=False):
        true, pred = pair
        config, kind = metric.get_config(), type(metric).__name__
        kind = getattr(config.get("fn"), "__name__", kind)
        kind = re.sub("(?<=[a-z])(?=[A-Z])", "_", kind).lower()
        first, cut = kind[0], config.get("threshold", 0.5)
        win = pred > cut if first == "b" else pred.argmax(-1)
        left = "argmax(y)" if first == "c" else "y"
        right = (
            f"(y_pred > {cut})" if first == "b" else "argmax(y_pred)"
        )
        print(f"output: {name}")
        for what, a in [("labels", true), ("scores", pred)]:
            print(f"{what}: {a.shape}, {a.min():.4g} to {a.max():.4g}")
        print(f"metric: {kind}")
        print(f"formula: mean of {left} == {right}")
        key = f"{name}_accuracy" if several else "accuracy"
        print(f"value: {values[key]:.4f}")
        for doubt, applies in {
            **doubts,
            "labels other than 0 and 1: KA001, KA005": first == "b"
            and not np.isin(true, [0, 1]).all(),
            "scores outside 0 to 1, are they logits? KA004": first
            == "b"
            and (pred.min() < 0 or pred.max() > 1),
            "argmax of one column: KA012": first != "b"
            and pred.shape[-1] == 1,
            "labels that are not one-hot: KA003": first == "c"
            and not (true.sum(-1) == 1).all(),
            "labels outside 0 to K-1: KA017": first == "s"
            and not np.isin(true, range(pred.shape[-1])).all(),
            "one prediction for all: KA036": win.min() == win.max(),
        }.items():
            if applies:
                print(f"warning: {doubt}")


# %% logits after="function"
logits = np.array([[2.3], [0.4], [-1.2], [0.3]], dtype="float32")
labels = np.array([1, 1, 0, 1])
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="binary_crossentropy", metrics=["accuracy"])
which_accuracy(model, logits, labels)

# %% two-outputs after="function"
inputs = keras.Input((3,))
heads = [
    keras.layers.Activation("softmax", name="kind")(inputs),
    keras.layers.Activation("sigmoid", name="tags")(inputs),
]
model = keras.Model(inputs, heads)
model.compile(
    loss=["sparse_categorical_crossentropy", "binary_crossentropy"],
    metrics=[["accuracy"], ["accuracy"]],
)
scores = np.array([[2.0, 1.0, 0.5], [0.1, 3.0, 1.2]], dtype="float32")
tags = np.array([[1, 1, 0], [0, 1, 1]])
which_accuracy(model, scores, [np.array([0, 1]), tags])

# %% tf-keras after="logits"
import tf_keras

older = tf_keras.Sequential(
    [tf_keras.layers.Input((1,)), tf_keras.layers.Activation("linear")]
)
older.compile(loss="binary_crossentropy", metrics=["accuracy"])
which_accuracy(older, logits, labels)

# %% ran-on after="tf-keras"
print(f"Keras {keras.__version__} and tf-keras {tf_keras.__version__}")

# %% [markdown]
# ## Sequences, images, a model without names, a dataset

# %% kinds after="function"
rng = np.random.default_rng(0)


def identity(shape):
    model = keras.Sequential(
        [keras.Input(shape), keras.layers.Identity()]
    )
    model.compile(loss=lambda y, p: 0.0 * p, metrics=["accuracy"])
    return model


for label_shape, shape in [
    ((4, 3), (4, 3, 1)),
    ((4, 3), (4, 3, 5)),
    ((4, 2, 2, 1), (4, 2, 2, 1)),
    ((4, 2, 2), (4, 2, 2, 3)),
]:
    scores = rng.random(shape, dtype="float32")
    labels = rng.integers(0, 2, label_shape)
    which_accuracy(identity(shape[1:]), scores, labels)

# %% mask after="function"
model = keras.Sequential([keras.Input((3, 1)), keras.layers.Masking()])
model.compile(loss="binary_crossentropy", metrics=["accuracy"])
steps = np.array([[[0.9], [0.2], [0.0]]], dtype="float32")
which_accuracy(model, steps, np.array([[[1], [0], [1]]]))

# %% dataset after="kinds" warns=true
import tensorflow as tf

batch = (
    np.full((4, 1), 0.9, "float32"),
    np.array([[0], [1], [1], [1]]),
)
data = tf.data.Dataset.from_generator(
    lambda: iter([batch, batch]),
    output_signature=(
        tf.TensorSpec((4, 1), tf.float32),
        tf.TensorSpec((4, 1), tf.int64),
    ),
)
which_accuracy(identity((1,)), data)
