# %% [markdown]
# # AUC of several classes, of one class, and of logits
#
# The model returns its input, so `y_pred` is what it predicts: three
# probabilities a row, as after a softmax.

# %% setup
import warnings

import keras
import numpy as np
from sklearn.metrics import roc_auc_score

labels = np.array([0, 1, 2, 0, 1])
y_true = np.eye(3)[labels]
y_pred = np.array(
    [
        [0.4, 0.3, 0.3],
        [0.1, 0.8, 0.1],
        [0.6, 0.3, 0.1],
        [0.2, 0.25, 0.55],
        [0.1, 0.9, 0.0],
    ]
)
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])

# %% reported
model.compile(
    loss="categorical_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.AUC(name="auc"),
        keras.metrics.AUC(multi_label=True, name="auc_by_class"),
    ],
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for name in ["accuracy", "auc", "auc_by_class"]:
    print(f"{name}: {results[name]:.4f}")

# %% by-hand
scores = y_pred[:, 1]  # one sigmoid unit: model.predict(x)[:, 0]
of_1, of_0 = scores[labels == 1], scores[labels != 1]
difference = of_1[:, None] - of_0  # each 1 against each 0
auc_1 = np.mean(difference > 0) + np.mean(difference == 0) / 2
print(f"AUC of class 1: {auc_1:.4f}")


# %% formula after="reported"
def auc(y_true, y_pred):
    """Share of pairs in which the 1 has the larger score."""
    of_1, of_0 = y_pred[y_true == 1], y_pred[y_true == 0]
    difference = of_1[:, None] - of_0  # each 1 against each 0
    return np.mean(difference > 0) + np.mean(difference == 0) / 2


flat = auc(y_true.ravel(), y_pred.ravel())
by_class = [auc(y_true[:, k], y_pred[:, k]) for k in range(3)]
assert np.isclose(flat, results["auc"])
assert np.isclose(np.mean(by_class), results["auc_by_class"])
print(f"flat: {flat:.4f}")
print("by class:", ", ".join(f"{one:.4f}" for one in by_class))
print(f"their mean: {np.mean(by_class):.4f}")


# %% each-column
class ColumnAUC(keras.metrics.AUC):
    """AUC of one column of labels and outputs."""

    def __init__(self, column, **options):
        super().__init__(name=f"auc_of_{column}", **options)
        self.column = column

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = y_true[:, self.column, None]
        y_pred = y_pred[:, self.column, None]
        super().update_state(y_true, y_pred, sample_weight)


model.compile(
    loss="categorical_crossentropy",
    metrics=[ColumnAUC(k) for k in range(3)],
)
columns = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for k in range(3):
    value = columns[f"auc_of_{k}"]
    assert np.isclose(value, roc_auc_score(y_true[:, k], y_pred[:, k]))
    print(f"auc_of_{k}: {value:.4f}")

# %% sklearn
flat = roc_auc_score(y_true, y_pred, average="micro")
by_class = roc_auc_score(y_true, y_pred, average="macro")
print(f"micro: {flat:.4f}, macro: {by_class:.4f}")

# %% instead
binary_true = np.array([[1.0], [0.0], [1.0], [1.0], [0.0], [0.0]])
binary_pred = np.array([[0.9], [0.6], [0.4], [0.8], [0.1], [0.7]])
binary = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
binary.compile(
    loss="binary_crossentropy",
    metrics=[keras.metrics.AUC(name="auc")],
)
values = binary.evaluate(
    binary_pred, binary_true, verbose=0, return_dict=True
)
print(f"auc: {values['auc']:.4f}")
print(f"scikit-learn: {roc_auc_score(binary_true, binary_pred):.4f}")

# %% high after="formula"
six = np.eye(6)[np.arange(60) % 6]
generator = np.random.default_rng(0)
scores = 1.9 * six + generator.normal(size=six.shape)
softmax = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
high = keras.Sequential([keras.Input((6,)), keras.layers.Identity()])
high.compile(
    loss="categorical_crossentropy",
    metrics=["accuracy", keras.metrics.AUC(name="auc")],
)
values = high.evaluate(softmax, six, verbose=0, return_dict=True)
print(f"accuracy: {values['accuracy']:.4f}")
print(f"auc: {values['auc']:.4f}")
print(f"by pairs: {auc(six.ravel(), softmax.ravel()):.4f}")

# %% high-accuracy after="high"
print(f"{values['accuracy']:.2f}")

# %% high-auc after="high"
print(f"{values['auc']:.2f}")

# %% one-class
only, scores = np.ones((3, 1)), np.array([[0.9], [0.6], [0.4]])
metric = keras.metrics.AUC()
metric.update_state(only, scores)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    other = roc_auc_score(only, scores)
print(f"Keras: {float(metric.result()):.4f}, scikit-learn: {other}")

# %% class-numbers
model.compile(
    loss="sparse_categorical_crossentropy",
    metrics=[keras.metrics.AUC()],
)
try:
    model.evaluate(y_pred, labels, verbose=0)
except Exception as error:
    said = str(error).splitlines()
    print(*(line for line in said if "data.shape" in line))

# %% two-units table=true after="formula"
two_true = np.eye(2)[[0, 1, 0, 1, 0]]
of_1 = np.array([0.2, 0.6, 0.7, 0.1, 0.3])
two_pred = np.stack([1 - of_1, of_1], axis=-1)
flat = keras.metrics.AUC()
by_class = keras.metrics.AUC(multi_label=True)
print("two softmax units | value")
for words, metric in [
    ("AUC()", flat),
    ("AUC(multi_label=True)", by_class),
]:
    metric.update_state(two_true, two_pred)
    print(words, f"{float(metric.result()):.4f}", sep=" | ")
of_class_1 = auc(two_true[:, 1], of_1)
print("class 1, by pairs", f"{of_class_1:.4f}", sep=" | ")

# %% logits table=true after="formula"
true = np.array([[1], [0], [1], [0]])
logits = np.array([[-0.5], [-1.0], [2.5], [-3.0]])
plain = keras.metrics.AUC()
told = keras.metrics.AUC(from_logits=True)
print("logits | value")
for words, metric in [
    ("AUC()", plain),
    ("AUC(from_logits=True)", told),
]:
    metric.update_state(true, logits)
    print(words, f"{float(metric.result()):.4f}", sep=" | ")
print("by pairs", f"{auc(true, logits):.4f}", sep=" | ")

# %% thresholds table=true
small_true = np.array([0, 0, 0, 0, 1, 1, 1, 1])
small = np.array([1, 2, 3, 4, 5, 6, 7, 8]) * 0.0005
print("scores from 0.0005 to 0.004 | value")
for count in [200, 2000, 20000]:
    metric = keras.metrics.AUC(num_thresholds=count)
    metric.update_state(small_true, small)
    value = f"{float(metric.result()):.4f}"
    print(f"AUC(num_thresholds={count})", value, sep=" | ")
exact = roc_auc_score(small_true, small)
print("scikit-learn", f"{exact:.4f}", sep=" | ")

# %% constant
metric = keras.metrics.AUC()
metric.update_state([[1], [0], [0], [0]], np.full((4, 1), 0.3))
print(f"{float(metric.result()):.4f}")
