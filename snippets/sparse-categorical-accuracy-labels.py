# %% [markdown]
# # Labels that are not the index of an output
#
# The model returns its input, so its predictions are the numbers given.

# %% setup
import keras
import numpy as np

name = "sparse_categorical_accuracy"
sparse_loss = "sparse_categorical_crossentropy"
classes = np.array([0, 1, 2, 0, 2])
scores = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.55, 0.25],
        [0.55, 0.30, 0.15],
        [0.30, 0.60, 0.10],
        [0.10, 0.20, 0.70],
    ]
)


def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


# %% base-one table=true
unused = np.pad(scores, ((0, 0), (1, 0)))
print("labels | outputs | value | loss")
for words, labels, outputs in [
    ("0 to 2", classes, scores),
    ("1 to 3", classes + 1, scores),
    ("1 to 3", classes + 1, unused),
    ("1 to 3, minus 1", classes + 1 - 1, scores),
]:
    try:
        results = evaluated(labels, outputs, [name], sparse_loss)
        value, loss = f"{results[name]:.4f}", f"{results['loss']:.4f}"
    except Exception as error:
        value, loss = "none", type(error).__name__
    print(words, outputs.shape[1], value, loss, sep=" | ")

# %% base-one-message
try:
    evaluated(classes + 1, scores, [name], sparse_loss)
except Exception as error:
    message = str(error)
    message = message[message.index("Received") :]
    print(message.split(".  ")[0])

# %% base-one-compiled
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(loss=sparse_loss, metrics=[name], jit_compile=True)
loss, value = model.evaluate(scores, classes + 1, verbose=0)
print(f"{name}: {value:.4f}, loss: {loss:.4f}")

# %% base-one-metric table=true
print("labels | sparse_categorical_accuracy")
for words, labels in [
    ("0 to 2", classes),
    ("1 to 3", classes + 1),
    ("-1 for rows that do not count", np.where(classes, classes, -1)),
    ("all -1", np.full(5, -1)),
    ("99 among them", np.where(classes == 1, 99, classes)),
    ("2**40 added", classes + 2**40),
]:
    metric = keras.metrics.SparseCategoricalAccuracy()
    print(words, f"{float(metric(labels, scores)):.4f}", sep=" | ")

# %% base-one-weights
labels = np.where(classes, classes, -1)
metric = keras.metrics.SparseCategoricalAccuracy()
value = metric(labels, scores, sample_weight=labels >= 0)
print(f"{float(value):.4f}")
