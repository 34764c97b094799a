# %% [markdown]
# # Keras' accuracy beside scikit-learn's, on the same predictions
#
# The models return their input, so `y_pred` and `scores` are what they
# predict: three sigmoid outputs, and a softmax of three classes.

# %% setup
import keras
import numpy as np
from sklearn import metrics

y_true = np.array([[1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 1, 0]])
y_pred = np.array(
    [[0.9, 0.2, 0.6], [0.7, 0.6, 0.8], [0.1, 0.3, 0.4], [0.9, 0.6, 0.1]]
)
classes = np.array([0, 0, 0, 0, 0, 0, 1, 1, 2, 2])
scores = np.eye(3)[[0, 0, 0, 0, 0, 1, 1, 0, 0, 2]] * 0.5 + 0.1

# %% reported
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(
    loss="binary_crossentropy", metrics=["accuracy", "binary_accuracy"]
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for name in ["accuracy", "binary_accuracy"]:
    print(f"{name}: {results[name]:.4f}")
score = metrics.accuracy_score(y_true, y_pred > 0.5)
print(f"accuracy_score: {score:.4f}")

# %% whole-rows after="reported"
print(f"{score:.4f}")

# %% by-label after="reported"
print(f"{results['binary_accuracy']:.4f}")

# %% formula after="reported"
right = (y_pred > 0.5) == y_true
labels, rows = np.mean(right), np.mean(np.all(right, axis=-1))
largest = y_pred.argmax(axis=-1) == y_true.argmax(axis=-1)
assert np.isclose(labels, results["binary_accuracy"])
assert np.isclose(rows, score)
assert np.isclose(np.mean(largest), results["accuracy"])
print(f"labels: {labels:.4f}")
print(f"whole rows: {rows:.4f}")
print(f"largest output, first label: {np.mean(largest):.4f}")

# %% rows table=true
print("y_true | y_pred | labels right | whole row | largest output")
for label, outputs in zip(y_true, y_pred, strict=True):
    right = (outputs > 0.5) == label
    print(
        ", ".join(map(str, label)),
        ", ".join(map(str, outputs)),
        f"{np.sum(right)} of {len(label)}",
        "yes" if np.all(right) else "no",
        "yes" if outputs.argmax() == label.argmax() else "no",
        sep=" | ",
    )

# %% instead after="reported"
found = y_pred > 0.5  # y_pred = model.predict(x)
labels = metrics.accuracy_score(y_true.ravel(), found.ravel())
assert np.isclose(labels, results["binary_accuracy"])
print(f"each label: {labels:.4f}")
print(f"whole rows: {np.mean(np.all(found == y_true, axis=-1)):.4f}")

# %% instead-classes
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
    weighted_metrics=["sparse_categorical_accuracy"],
)
ours = model.evaluate(scores, classes, verbose=0, return_dict=True)
found = scores.argmax(axis=-1)  # scores = model.predict(x)
theirs = metrics.accuracy_score(classes, found)
assert np.isclose(theirs, ours["accuracy"])
print(f"{theirs:.4f}")

# %% cut table=true
import tensorflow as tf

truth = np.array([0, 0, 1, 1])
predicted = np.array([[0.1], [0.4], [0.9], [0.8]])  # a sigmoid
whole = (predicted[:, 0] > 0.5).astype(int)
print("y_pred of `tf.math.confusion_matrix` | rows of the matrix")
for words, given in [
    ("`model.predict(x)`", predicted),
    ("`(model.predict(x)[:, 0] > 0.5).astype(int)`", whole),
]:
    counted = tf.math.confusion_matrix(truth, given).numpy()
    print(words, " and ".join(map(str, counted.tolist())), sep=" | ")

# %% others table=true after="instead-classes"
print("scikit-learn | value")
counts = metrics.confusion_matrix(classes, found)
assert theirs == np.trace(counts) / np.sum(counts)
print(f"`accuracy_score`; `np.trace(m) / m.sum()` | {theirs:.4f}")
balanced = metrics.balanced_accuracy_score(classes, found)
shares = counts / counts.sum(axis=1, keepdims=True)
assert np.isclose(balanced, np.mean(np.diagonal(shares)))
words = "mean of the diagonal, `m` in shares of its rows"
print(f"`balanced_accuracy_score`; {words} | {balanced:.4f}")
for average in ["micro", "macro", "weighted"]:
    value = metrics.f1_score(classes, found, average=average)
    print(f"`f1_score(average='{average}')` | {value:.4f}")
for average in ["macro", "weighted"]:
    value = metrics.recall_score(classes, found, average=average)
    print(f"`recall_score(average='{average}')` | {value:.4f}")

# %% balanced after="others"
weights = 1 / np.bincount(classes)[classes]
results = model.evaluate(
    scores, classes, sample_weight=weights, verbose=0, return_dict=True
)
assert np.isclose(balanced, results["sparse_categorical_accuracy"])
print(f"{results['sparse_categorical_accuracy']:.4f}")

# %% mix table=true
one_hot, one_unit = np.eye(3)[classes], np.array([[0.9], [0.2], [0.6]])
print("Labels | Predictions | accuracy_score")
for words, labels, predictions in [
    ("class indices | softmax", classes, scores),
    ("one-hot | softmax", one_hot, scores),
    ("one-hot | class indices", one_hot, scores.argmax(axis=-1)),
    ("0 and 1 | one sigmoid", np.array([1, 0, 1]), one_unit),
]:
    try:
        said = metrics.accuracy_score(labels, predictions)
    except ValueError as error:
        said = str(error).partition("mix of ")[2]
    print(words, said, sep=" | ")

# %% mix-message
try:
    metrics.accuracy_score(classes, scores)
except ValueError as error:
    print(error)

# %% collected
truth = [np.array(label) for label in [3, 7, 1]]  # of a dataset
print([int(label.argmax()) for label in truth])
