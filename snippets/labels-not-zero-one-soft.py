# %% [markdown]
# # Accuracy with soft labels
#
# The model returns its input, so it predicts the numbers given here.

# %% setup
import keras
import numpy as np

hard = np.array([[0.0], [0], [0], [0], [1], [1], [1], [1]])
soft = np.where(hard == 1, 0.9, 0.1)
one_sided = np.where(hard == 1, 0.9, 0.0)
y_pred = np.array(
    [[0.1], [0.2], [0.3], [0.6], [0.4], [0.7], [0.8], [0.9]]
)


def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


# %% binary table=true
BinaryCrossentropy = keras.losses.BinaryCrossentropy
print("labels | label_smoothing | loss | 'accuracy'")
for words, labels, smoothing in [
    ("0 and 1", hard, 0),
    ("0 and 1", hard, 0.2),
    ("0.1 and 0.9", soft, 0),
    ("0 and 0.9", one_sided, 0),
]:
    loss = BinaryCrossentropy(label_smoothing=smoothing)
    values = evaluated(labels, y_pred, ["accuracy"], loss)
    print(
        words,
        smoothing,
        f"{values['loss']:.4f}",
        f"{values['accuracy']:.4f}",
        sep=" | ",
    )

# %% categorical table=true
one_hot = np.eye(3)[[0, 1, 2, 0]]
softened = 0.8 * one_hot + 0.2 / 3
scores = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.50, 0.30],
        [0.40, 0.35, 0.25],
        [0.70, 0.20, 0.10],
    ]
)
print("labels | 'accuracy' | 'binary_accuracy'")
for words, labels in [
    ("one-hot", one_hot),
    ("one-hot, softened", softened),
    ("-1 and 1 in place of 0 and 1", 2 * one_hot - 1),
]:
    values = evaluated(
        labels,
        scores,
        ["accuracy", "binary_accuracy"],
        "categorical_crossentropy",
    )
    print(
        words,
        f"{values['accuracy']:.4f}",
        f"{values['binary_accuracy']:.4f}",
        sep=" | ",
    )

# %% tie
undecided = np.array([[0.5, 0.5, 0.0]])
for scores in (
    np.array([[0.7, 0.2, 0.1]]),
    np.array([[0.2, 0.7, 0.1]]),
):
    loss = "categorical_crossentropy"
    values = evaluated(undecided, scores, ["accuracy"], loss)
    print(f"{scores[0]}: {values['accuracy']:.4f}")

# %% types table=true
seen = []


def note_type(y_true, y_pred):
    """Note the type in which labels reach a metric."""
    seen.append(y_true.dtype.name)
    return keras.ops.zeros_like(y_pred)


print(
    "labels | type in evaluate | 'accuracy' in evaluate"
    " | binary_accuracy() alone"
)
for words, labels in [
    ("0 and 1, int64", hard.astype("int64")),
    ("0 and 1, bool", hard.astype("bool")),
    ("0 and 1, uint8", hard.astype("uint8")),
    ("0 and 1.0000001, float64", hard * 1.0000001),
    ("0 and 1.00000001, float64", hard * 1.00000001),
]:
    metrics = ["accuracy", note_type]
    values = evaluated(labels, y_pred, metrics, BinaryCrossentropy())
    alone = keras.metrics.binary_accuracy(labels, y_pred)
    print(
        words,
        seen[-1],
        f"{values['accuracy']:.4f}",
        f"{np.mean(alone):.4f}",
        sep=" | ",
    )


# %% instead
def same_side(y_true, y_pred):
    """Share of rows on the same side of 0.5."""
    y_true = keras.ops.reshape(y_true, keras.ops.shape(y_pred))
    return (y_true > 0.5) == (y_pred > 0.5)


soft = np.array([[0.1], [0.1], [0.9], [0.9]])
y_pred = np.array([[0.2], [0.6], [0.7], [0.8]])
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="binary_crossentropy", metrics=[same_side])
results = model.evaluate(y_pred, soft, verbose=0, return_dict=True)
print(f"same_side: {results['same_side']:.4f}")
