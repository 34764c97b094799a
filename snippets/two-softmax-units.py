# %% [markdown]
# # Precision, recall and F1 with two softmax units
#
# The model returns its input, so `y_pred` is what it predicts: two
# probabilities in each row, as after a softmax.

# %% setup
import keras
import numpy as np

labels = np.array([0, 0, 0, 0, 0, 1, 1, 1])
of_class_1 = np.array([0.1, 0.2, 0.4, 0.3, 0.7, 0.8, 0.3, 0.4])
y_true = np.eye(2)[labels]
y_pred = np.stack([1 - of_class_1, of_class_1], axis=-1)
model = keras.Sequential([keras.Input((2,)), keras.layers.Identity()])

# %% reported
model.compile(
    loss="categorical_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.Precision(name="precision"),
        keras.metrics.Recall(name="recall"),
        keras.metrics.F1Score(average="micro", name="f1"),
    ],
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for name in ["accuracy", "precision", "recall", "f1"]:
    print(f"{name}: {results[name]:.4f}")

# %% formula after="reported"
above, wanted = y_pred > 0.5, y_true == 1
hits = np.sum(above & wanted)  # true positives of both columns
precision = hits / np.sum(above)
recall = hits / np.sum(wanted)
right = np.mean(y_pred.argmax(axis=-1) == labels)
assert np.isclose(precision, results["precision"])
assert np.isclose(recall, results["recall"])
assert np.isclose(right, results["accuracy"])
print(f"{hits} / {np.sum(above)} = {precision:.4f}")
print(f"{hits} / {np.sum(wanted)} = {recall:.4f}")
print(f"rows with the right argmax: {right:.4f}")

# %% rows table=true
print(
    "y_true | y_pred | true positives"
    " | false positives | false negatives"
)
for label, scores in zip(y_true, y_pred, strict=True):
    above, wanted = scores > 0.5, label == 1
    print(
        ", ".join(f"{one:.0f}" for one in label),
        ", ".join(f"{one:.1f}" for one in scores),
        np.sum(above & wanted),
        np.sum(above & ~wanted),
        np.sum(~above & wanted),
        sep=" | ",
    )

# %% instead
model.compile(
    loss="categorical_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.Precision(class_id=1, name="precision"),
        keras.metrics.Recall(class_id=1, name="recall"),
    ],
)
values = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for name in ["accuracy", "precision", "recall"]:
    print(f"{name}: {values[name]:.4f}")

# %% recall-of-1 after="instead"
print(f"{values['recall']:.4f}")

# %% all-four after="reported"
print(f"{results['accuracy']:.4f}")

# %% by-hand
found = y_pred.argmax(axis=-1)  # y_pred = model.predict(x)
wanted = y_true.argmax(axis=-1)  # or the integer labels
hits = np.sum((found == 1) & (wanted == 1))
precision = hits / np.sum(found == 1)
recall = hits / np.sum(wanted == 1)
f1 = 2 * hits / (np.sum(found == 1) + np.sum(wanted == 1))
print(f"precision: {precision:.4f}")
print(f"recall: {recall:.4f}")
print(f"f1: {f1:.4f}")

# %% one-unit
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(
    loss="binary_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.Precision(name="precision"),
        keras.metrics.Recall(name="recall"),
    ],
)
values = model.evaluate(
    y_pred[:, 1:], labels[:, None], verbose=0, return_dict=True
)
for name in ["accuracy", "precision", "recall"]:
    print(f"{name}: {values[name]:.4f}")

# %% f1 table=true
print("F1Score(…) | value")
for average in ["micro", "macro", None]:
    f1 = keras.metrics.F1Score(average=average)
    f1.update_state(y_true, y_pred)
    values = np.atleast_1d(np.array(f1.result()))
    words = ", ".join(f"{one:.4f}" for one in values)
    print(f"average={average!r}", words, sep=" | ")

# %% integer-labels
try:
    keras.metrics.Precision().update_state(labels, y_pred)
except Exception as error:
    print(str(error).split("}} ")[-1].split(" [Op")[0])

# %% tie
even = keras.metrics.Precision(), keras.metrics.Recall()
for metric in even:
    metric.update_state([[1, 0]], [[0.5, 0.5]])
print(", ".join(f"{float(metric.result()):.4f}" for metric in even))

# %% three
classes = np.array([0, 1, 2, 2])
scores = np.array(
    [
        [0.6, 0.3, 0.1],
        [0.4, 0.3, 0.3],
        [0.2, 0.1, 0.7],
        [0.4, 0.2, 0.4],
    ]
)
three = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
three.compile(
    loss="categorical_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.Precision(name="precision"),
        keras.metrics.Recall(name="recall"),
    ],
)
values = three.evaluate(
    scores, np.eye(3)[classes], verbose=0, return_dict=True
)
for name in ["accuracy", "precision", "recall"]:
    print(f"{name}: {values[name]:.4f}")
