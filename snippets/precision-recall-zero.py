# %% [markdown]
# # Precision and Recall are 0 although accuracy is high
#
# The model returns its input, so `y_pred` is what it predicts: one
# sigmoid unit, twenty rows, one of them of class 1.

# %% setup
import keras
import numpy as np

y_true = np.zeros((20, 1))
y_true[0] = 1  # one row of twenty is of class 1
y_pred = np.linspace(0.40, 0.02, 20)[:, None]  # its score is 0.40
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])

# %% reported
model.compile(
    loss="binary_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.Precision(name="precision"),
        keras.metrics.Recall(name="recall"),
        keras.metrics.TruePositives(name="tp"),
        keras.metrics.FalsePositives(name="fp"),
        keras.metrics.TrueNegatives(name="tn"),
        keras.metrics.FalseNegatives(name="fn"),
    ],
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for name in ["accuracy", "precision", "recall"]:
    print(f"{name}: {results[name]:.4f}")
for name in ["tp", "fp", "tn", "fn"]:
    print(f"{name}: {results[name]:.0f}")

# %% formula after="reported"
above, wanted = y_pred > 0.5, y_true == 1
tp, fp = np.sum(above & wanted), np.sum(above & ~wanted)
tn, fn = np.sum(~above & ~wanted), np.sum(~above & wanted)
precision = tp / (tp + fp) if tp + fp else 0.0  # 0 / 0 counts as 0
recall = tp / (tp + fn) if tp + fn else 0.0
accuracy = (tp + tn) / (tp + fp + tn + fn)
assert np.isclose(precision, results["precision"])
assert np.isclose(recall, results["recall"])
assert np.isclose(accuracy, results["accuracy"])
print(f"precision: {tp} / {tp + fp}, counted as {precision:.4f}")
print(f"recall: {tp} / {tp + fn} = {recall:.4f}")
print(f"accuracy: {tp + tn} / {len(y_true)} = {accuracy:.4f}")

# %% instead
model.compile(
    loss="binary_crossentropy",
    metrics=[
        keras.metrics.Precision(thresholds=0.35, name="precision"),
        keras.metrics.Recall(thresholds=0.35, name="recall"),
        keras.metrics.AUC(curve="PR", name="auc_pr"),
    ],
)
values = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for name in ["precision", "recall", "auc_pr"]:
    print(f"{name}: {values[name]:.4f}")

# %% by-hand
threshold = 0.35  # choose it on validation data
above, wanted = y_pred[:, 0] > threshold, y_true[:, 0] == 1
hits = np.sum(above & wanted)
print(f"precision: {hits / max(np.sum(above), 1):.4f}")
print(f"recall: {hits / max(np.sum(wanted), 1):.4f}")

# %% accuracy after="reported"
print(f"{results['accuracy']:.2f}")

# %% no-positives
metric = keras.metrics.Recall()  # no label is 1
metric.update_state([[0], [0]], [[0.9], [0.2]])
print(f"{float(metric.result()):.4f}")

# %% softmax
labels = np.array([0, 1, 2, 0, 1])
one_hot = np.eye(3)[labels]
scores = np.array(
    [
        [0.4, 0.3, 0.3],
        [0.1, 0.8, 0.1],
        [0.6, 0.3, 0.1],
        [0.2, 0.25, 0.55],
        [0.1, 0.9, 0.0],
    ]
)
classes = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
classes.compile(
    loss="categorical_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.Precision(name="precision"),
        keras.metrics.Recall(name="recall"),
        keras.metrics.Precision(top_k=1, name="precision_top_1"),
        keras.metrics.Recall(top_k=1, name="recall_top_1"),
    ],
)
of_all = classes.evaluate(scores, one_hot, verbose=0, return_dict=True)
for name in of_all:
    if name != "loss":
        print(f"{name}: {of_all[name]:.4f}")

# %% softmax-formula after="softmax"
above, wanted = scores > 0.5, one_hot == 1
hits = np.sum(above & wanted)
assert np.isclose(hits / np.sum(above), of_all["precision"])
assert np.isclose(hits / np.sum(wanted), of_all["recall"])
print(f"precision: {hits} / {np.sum(above)}")
print(f"recall: {hits} / {np.sum(wanted)}")

# %% softmax-rows table=true after="softmax"
print("label | scores | argmax right | above 0.5")
for label, row in zip(labels, scores, strict=True):
    right = "yes" if row.argmax() == label else "no"
    places = [str(k) for k in range(3) if row[k] > 0.5]
    words = "class " + ", ".join(places) if places else "none"
    print(label, ", ".join(map(str, row)), right, words, sep=" | ")

# %% ten-classes
ten = np.full((10, 10), 0.07)
np.fill_diagonal(ten, 0.37)  # argmax is right in each row
ten_true = np.eye(10)
hits = keras.metrics.CategoricalAccuracy()
precision = keras.metrics.Precision()
recall = keras.metrics.Recall()
for metric in [hits, precision, recall]:
    metric.update_state(ten_true, ten)
    print(f"{metric.name}: {float(metric.result()):.4f}")

# %% of-a-class after="softmax"
classes.compile(
    loss="categorical_crossentropy",
    metrics=[
        keras.metrics.Precision(class_id=0, top_k=1, name="precision"),
        keras.metrics.Recall(class_id=0, top_k=1, name="recall"),
    ],
)
of_0 = classes.evaluate(scores, one_hot, verbose=0, return_dict=True)
for name in ["precision", "recall"]:
    print(f"{name}: {of_0[name]:.4f}")

# %% of-a-class-half after="softmax"
metrics = [
    keras.metrics.Precision(class_id=0),
    keras.metrics.Recall(class_id=0),
]
for metric in metrics:
    metric.update_state(one_hot, scores)
    print(f"{metric.name}: {float(metric.result()):.4f}")

# %% of-a-class-by-hand after="softmax"
found = scores.argmax(axis=-1)  # scores = model.predict(x)
hits = np.sum((found == 0) & (labels == 0))
precision = hits / max(np.sum(found == 0), 1)
recall = hits / max(np.sum(labels == 0), 1)
print(f"precision: {precision:.4f}")
print(f"recall: {recall:.4f}")

# %% class-numbers after="softmax"
try:
    keras.metrics.Precision().update_state(labels, scores)
except Exception as error:
    print(str(error).split("}} ")[-1].split(" [Op")[0])

# %% logits table=true
true, logits = [[1], [0], [1], [0]], [[0.3], [0.2], [2.5], [-3.0]]
print("on logits | value")
for words, metric in [
    ("Precision()", keras.metrics.Precision()),
    ("Precision(thresholds=0.0)", keras.metrics.Precision(0.0)),
]:
    metric.update_state(true, logits)
    print(words, f"{float(metric.result()):.4f}", sep=" | ")
above, wanted = np.array(logits) > 0, np.array(true) == 1
by_hand = np.sum(above & wanted) / np.sum(above)
print("by hand, above 0", f"{by_hand:.4f}", sep=" | ")

# %% other-threshold
recalls, scored = [], []
for threshold in (0.1, 0.9):
    keras.utils.set_random_seed(0)
    trained = keras.Sequential(
        [keras.layers.Dense(1, activation="sigmoid")]
    )
    metric = keras.metrics.Recall(thresholds=threshold)
    trained.compile("sgd", loss="binary_crossentropy", metrics=[metric])
    trained.fit(y_pred, y_true, verbose=0)
    found = trained.evaluate(y_pred, y_true, verbose=0)
    recalls.append(f"{found[1]:.4f}")
    scored.append(trained.predict(y_pred, verbose=0))
equal = "equal" if np.array_equal(*scored) else "other"
print(f"recall {' and '.join(recalls)}, {equal} predictions")
