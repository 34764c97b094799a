# %% [markdown]
# # Categorical accuracy mixes up classes in half precision
#
# Class indices are compared in the dtype of the scores.

# %% setup
import keras
import numpy as np


# %% dtypes table=true
def counted_as(label, found, dtype):
    """Say what Keras counts where `found` is predicted for `label`."""
    labels = np.eye(2100)[[label]]
    scores = np.eye(2100)[[found]].astype(dtype)
    match = keras.metrics.categorical_accuracy(labels, scores)
    return "right" if np.all(match) else "wrong"


pairs = [(257, 256), (2049, 2048), (299, 43)]
words = [f"label {label}, found {found}" for label, found in pairs]
print("dtype of the scores", *words, sep=" | ")
for dtype in ["float32", "bfloat16", "float16", "uint8", "bool"]:
    outcomes = [counted_as(*pair, dtype) for pair in pairs]
    print(dtype, *outcomes, sep=" | ")

# %% reported
labels, predicted_classes = [257, 256, 256], [256, 257, 256]
for dtype in ("mixed_bfloat16", "float32"):
    model = keras.Sequential(
        [
            keras.Input((300,)),
            keras.layers.Identity(dtype="mixed_bfloat16"),
            keras.layers.Activation("softmax", dtype=dtype),
        ]
    )
    model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
    results = model.evaluate(
        np.eye(300)[predicted_classes],
        np.eye(300)[labels],
        verbose=0,
        return_dict=True,
    )
    print(f"last layer {dtype}: {results['accuracy']:.4f}")
