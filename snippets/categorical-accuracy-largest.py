# %% [markdown]
# # Which class is the largest: ties, NaN, rows of zeros
#
# Models return their input, so their predictions are the numbers given.

# %% setup
import keras
import numpy as np


def counted(row):
    """Return the class that Keras counts as right for this row."""
    labels = np.eye(row.shape[-1])
    rows = np.repeat(row[None], len(labels), axis=0)
    matches = keras.metrics.categorical_accuracy(labels, rows)
    return np.flatnonzero(matches).item()


# %% ties table=true
softmax, sigmoid = keras.ops.softmax, keras.ops.sigmoid
logits = np.array([0.1, 0.10000001], "float32")
wide = np.array([20.0, 30.0, -5.0], "float32")
near = np.array([0.5001, 0.5002])
print("scores | counted as class")
for words, row in [
    ("two equal ones: 0.2, 0.4, 0.4", np.array([0.2, 0.4, 0.4])),
    ("all equal, as of an untrained model", np.full(3, 1 / 3)),
    ("logits 20, 30, -5", wide),
    ("sigmoid of the logits 20, 30, -5", np.array(sigmoid(wide))),
    ("logits 0.1, 0.10000001", logits),
    (
        "softmax of the logits 0.1, 0.10000001",
        np.array(softmax(logits)),
    ),
    ("0.5001, 0.5002", near),
    ("0.5001, 0.5002 in float16", near.astype("float16")),
]:
    print(words, counted(row), sep=" | ")

# %% edge-values table=true
nan, inf = np.nan, np.inf
edge_rows = [
    [0.1, nan, 0.3],
    [0.5, nan, 0.3],
    [nan, nan, nan],
    [1.0, inf, inf],
    [-inf, -inf, -inf],
    [-0.0, 0.0, -1.0],
]


def counted_by(model, row, labels):
    """Return the class the model's metric counts as right."""
    values = [
        model.test_on_batch(np.array([row]), label[None])[1]
        for label in labels
    ]
    return np.flatnonzero(values).item()


models = []
for jit_compile in (False, True):
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Identity()]
    )
    model.compile(
        loss="categorical_crossentropy",
        metrics=["categorical_accuracy"],
        jit_compile=jit_compile,
    )
    models.append(model)
print("scores | counted as class | with jit_compile=True")
for row in edge_rows:
    print(
        ", ".join(str(score) for score in row),
        *[counted_by(model, row, np.eye(3)) for model in models],
        sep=" | ",
    )

# %% jit-default
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(loss="categorical_crossentropy")
print(f"jit_compile: {model.jit_compile}")

# %% padding table=true
# Two sentences of four steps: two words and one word, then padding.
words = np.array([[1, 2, -1, -1], [2, -1, -1, -1]])
padded = np.where(words[..., None] >= 0, np.eye(3)[words], 0.0)
is_word = padded.any(axis=-1).astype("float32")


def predicted(class_of_padding):
    """Return scores: the second word wrong, the rest as given."""
    found = np.where(words >= 0, words, class_of_padding)
    found[0, 1] = 0
    return np.eye(3)[found]


print("predicted at the padding | all steps | words only")
for class_of_padding in (0, 1):
    model = keras.Sequential(
        [keras.Input((4, 3)), keras.layers.Identity()]
    )
    model.compile(
        loss="categorical_crossentropy",
        metrics=[keras.metrics.CategoricalAccuracy("all_steps")],
        weighted_metrics=[keras.metrics.CategoricalAccuracy("words")],
    )
    results = model.evaluate(
        predicted(class_of_padding),
        padded,
        sample_weight=is_word,
        verbose=0,
        return_dict=True,
    )
    print(
        f"class {class_of_padding}",
        f"{results['all_steps']:.4f}",
        f"{results['words']:.4f}",
        sep=" | ",
    )

# %% words-only after="padding"
is_word = padded.any(axis=-1).astype("float32")
model.compile(
    loss="categorical_crossentropy",
    weighted_metrics=["categorical_accuracy"],
)
results = model.evaluate(
    predicted(1),
    padded,
    sample_weight=is_word,
    verbose=0,
    return_dict=True,
)
print(f"{results['categorical_accuracy']:.4f}")

# %% wrong-columns
zeros = np.zeros((4, 2))
first = np.tile([1.0, 0.0], (4, 1))
metric = keras.metrics.CategoricalAccuracy()
print(f"{float(metric(zeros, first)):.4f}")
