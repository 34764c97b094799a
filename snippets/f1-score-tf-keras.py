# %% [markdown]
# # F1Score of tf-keras: integer labels and weights
#
# The models return their input, so `y_pred` is what they predict.

# %% setup
import numpy as np
import tensorflow as tf
import tf_keras

y_true = np.array([[1], [0], [1], [1], [0], [0]], "float32")
y_pred = np.array([[0.9], [0.6], [0.4], [0.8], [0.1], [0.7]], "float32")
weights = np.array([1.0, 5.0, 1.0, 1.0, 1.0, 1.0])


def in_old(labels, average="macro", weights=None):
    """Evaluate a model that returns its input."""
    model = tf_keras.Sequential(
        [
            tf_keras.layers.Input((1,)),
            tf_keras.layers.Activation("linear"),
        ]
    )
    metric = tf_keras.metrics.F1Score(threshold=0.5, average=average)
    if weights is None:
        model.compile(loss="mse", metrics=[metric])
    else:
        model.compile(loss="mse", weighted_metrics=[metric])
    results = model.evaluate(
        y_pred,
        labels,
        sample_weight=weights,
        verbose=0,
        return_dict=True,
    )
    return np.round(results["f1_score"], 4)


def try_old(*given):
    """Return that value, or the name of the error."""
    try:
        return str(in_old(*given))
    except Exception as error:
        return type(error).__name__


# %% labels table=true
print("Labels | F1Score(threshold=0.5, average='macro')")
for words, labels in [
    ("(N,), integers", y_true[:, 0].astype(int)),
    ("(N, 1), integers", y_true.astype(int)),
    ("(N,), float32", y_true[:, 0]),
    ("(N, 1), float32", y_true),
]:
    print(words, try_old(labels), sep=" | ")

# %% refused
try:
    in_old(y_true[:, 0].astype("int32"))
except ValueError as error:
    said = [line for line in str(error).splitlines() if "dtype" in line]
    print(said[-1].strip().partition(": <")[0].partition("Error: ")[2])

# %% weights table=true
print("Weights | average='micro' | average='macro' or None")
for words, given in [
    ("none", None),
    ("(N,)", weights),
    ("(N, 1)", weights[:, None]),
]:
    print(
        words,
        try_old(y_true, "micro", given),
        try_old(y_true, "macro", given),
        sep=" | ",
    )


# %% masks
class OldPixelF1(tf_keras.metrics.F1Score):
    """F1 of masks: each pixel is a row."""

    def update_state(self, y_true, y_pred, sample_weight=None):
        rows = (-1, y_pred.shape[-1])
        super().update_state(
            tf.reshape(y_true, rows), tf.reshape(y_pred, rows)
        )


one_hot = np.eye(3, dtype="float32")[[0, 1, 2, 0, 1]]
scores = np.eye(3, dtype="float32")[[0, 1, 0, 2, 1]]
same = tf_keras.layers.Activation("linear")
model = tf_keras.Sequential([tf_keras.layers.Input((5, 1, 3)), same])
model.compile(loss="mse", metrics=[OldPixelF1(average="macro")])
results = model.evaluate(
    scores.reshape(1, 5, 1, 3),
    one_hot.reshape(1, 5, 1, 3),
    verbose=0,
    return_dict=True,
)
print(f"{results['f1_score']:.4f}")
