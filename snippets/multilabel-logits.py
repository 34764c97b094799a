# %% [markdown]
# # Four accuracies of one multi-label model
#
# 250 rows with 20 labels each, most of them 0, and logits for them. The
# model returns its input, so it predicts the numbers in `logits`.

# %% setup
import keras
import numpy as np

rng = np.random.default_rng(7)
y_true = (rng.random((250, 20)) < 0.07).astype("float32")
centre = np.where(y_true == 1, 2.0, -6.5)
logits = rng.normal(centre, 2.5).round(3).astype("float32")


# %% all-labels-right
def all_labels_right(y_true, y_pred):
    """Share of rows with every label right; y_pred are logits."""
    right = keras.ops.equal(y_true > 0.5, y_pred > 0.0)
    return keras.ops.all(right, axis=-1)


# %% reported after="all-labels-right"
model = keras.Sequential([keras.Input((20,)), keras.layers.Identity()])
model.compile(
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[
        "accuracy",
        "binary_accuracy",
        keras.metrics.BinaryAccuracy(threshold=0.0, name="above_zero"),
        all_labels_right,
    ],
)
results = model.evaluate(logits, y_true, verbose=0, return_dict=True)
for name in [
    "accuracy",
    "binary_accuracy",
    "above_zero",
    "all_labels_right",
]:
    print(f"{name}: {results[name]:.4f}")

# %% softmax after="reported"
softmax = keras.Sequential([keras.Input((20,)), keras.layers.Softmax()])
softmax.compile(loss="categorical_crossentropy", metrics=["accuracy"])
print(f"{softmax.evaluate(logits, y_true, verbose=0)[1]:.4f}")

# %% chosen
print(type(model.metrics[1].metrics[0]).__name__)


# %% formula after="reported"
def four(y_true, logits):
    """Compute the four numbers, in the same order."""
    best = logits.argmax(axis=-1)
    above = logits > 0.0
    return {
        "accuracy": np.mean(y_true.argmax(axis=-1) == best),
        "binary_accuracy": np.mean(y_true == (logits > 0.5)),
        "above_zero": np.mean(y_true == above),
        "all_labels_right": np.mean((y_true == above).all(axis=-1)),
    }


for name, value in four(y_true, logits).items():
    assert np.isclose(value, results[name])
    print(f"{name}: {value:.4f}")

# %% by-hand after="reported"
above = model.predict(logits, verbose=0) > 0.0
each_label = np.mean(above == y_true)
whole_rows = np.mean((above == y_true).all(axis=-1))
assert np.isclose(each_label, results["above_zero"])
assert np.isclose(whole_rows, results["all_labels_right"])
print(f"each label: {each_label:.4f}")
print(f"whole rows: {whole_rows:.4f}")

# %% half
print(f"{1 / (1 + np.exp(-0.5)):.4f}")

# %% compared table=true
words = {
    "accuracy": "largest output ('accuracy')",
    "binary_accuracy": "each label, above 0.5",
    "above_zero": "each label, above 0.0",
    "all_labels_right": "rows with all labels right",
}
no_label = np.full_like(logits, -9.0)
nothing = model.evaluate(no_label, y_true, verbose=0, return_dict=True)
print("what is counted | this model | no label predicted")
for name, counted in words.items():
    assert np.isclose(nothing[name], four(y_true, no_label)[name])
    values = [results[name], nothing[name]]
    print(counted, *[f"{value:.4f}" for value in values], sep=" | ")

# %% no-label-share
print(f"{nothing['above_zero']:.4f}")

# %% may-rise
# The largest logit is the right one, and none is above 0.5.
two = np.eye(2)
unsure = np.where(two == 1, 0.4, -0.4)
older = np.mean(two == (unsure > 0.5))
today = np.mean(two.argmax(axis=-1) == unsure.argmax(axis=-1))
print(f"from {older:.4f} to {today:.4f}")

# %% empty-rows
empty = y_true.sum(axis=-1) == 0
print(f"{empty.sum()} of {len(empty)}")

# %% empty-rows-counted table=true
print("what is counted | this model | no label predicted")
for name, counted in words.items():
    size = empty.sum() * (20 if counted.startswith("each label") else 1)
    row = []
    for outputs in (logits, no_label):
        share = model.evaluate(
            outputs[empty], y_true[empty], verbose=0, return_dict=True
        )[name]
        row.append(f"{round(share * size)} of {size}")
    print(counted, *row, sep=" | ")

# %% rows table=true
labels = np.array(
    [
        [0, 1, 1, 0],
        [0, 1, 1, 0],
        [0, 1, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
    ]
)
outputs = np.array(
    [
        [-3.0, 1.0, 2.0, -4.0],
        [-3.0, 2.0, -1.0, -4.0],
        [-3.0, 0.2, -2.0, -4.0],
        [-1.0, -2.0, -3.0, -4.0],
        [-1.0, -2.0, -3.0, -4.0],
        [-2.0, -1.0, -3.0, -4.0],
    ]
)
by_argmax = keras.metrics.categorical_accuracy(labels, outputs)
at_half = keras.metrics.binary_accuracy(labels, outputs)
at_zero = keras.metrics.binary_accuracy(labels, outputs, threshold=0.0)
by_row = all_labels_right(labels, outputs)
print(
    "labels | logits | largest output | labels above 0.5"
    " | labels above 0.0 | all labels"
)
for n in range(len(labels)):
    print(
        *[
            " ".join(str(label) for label in labels[n]),
            " ".join(str(logit) for logit in outputs[n]),
            "right" if by_argmax[n] == 1 else "wrong",
            f"{int(sum(at_half[n]))} of 4",
            f"{int(sum(at_zero[n]))} of 4",
            "right" if by_row[n] else "wrong",
        ],
        sep=" | ",
    )

# %% bucket after="reported"
found = (y_true == 1) & (logits > 0.0)
left_out = (y_true == 0) & ~(logits > 0.0)
share = (found.sum() + left_out.sum()) / y_true.size
assert np.isclose(share, results["above_zero"])
print(f"({found.sum()} + {left_out.sum()}) / {y_true.size}")

# %% instead after="reported"
model.compile(
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[
        keras.metrics.BinaryAccuracy(threshold=0.0),
        all_labels_right,
        keras.metrics.Precision(thresholds=0.0),
        keras.metrics.Recall(thresholds=0.0),
    ],
)
results = model.evaluate(logits, y_true, verbose=0, return_dict=True)

# %% instead-table table=true
nothing = model.evaluate(no_label, y_true, verbose=0, return_dict=True)
called = (logits > 0.0).sum()
assert np.isclose(results["precision"], found.sum() / called)
assert np.isclose(results["recall"], found.sum() / y_true.sum())
print("key | this model | no label predicted")
for name in [
    "binary_accuracy",
    "all_labels_right",
    "precision",
    "recall",
]:
    values = [results[name], nothing[name]]
    print(name, *[f"{value:.4f}" for value in values], sep=" | ")

# %% sigmoid after="instead"
probabilities = keras.Sequential(
    [keras.Input((20,)), keras.layers.Activation("sigmoid")]
)


def all_right_at_half(y_true, y_pred):
    """Share of rows with every label right; y_pred after a sigmoid."""
    right = keras.ops.equal(y_true > 0.5, y_pred > 0.5)
    return keras.ops.all(right, axis=-1)


probabilities.compile(
    loss="binary_crossentropy",
    metrics=["binary_accuracy", all_right_at_half],
)
_, share, rows = probabilities.evaluate(logits, y_true, verbose=0)
assert np.isclose(share, results["binary_accuracy"])
assert np.isclose(rows, results["all_labels_right"])
print(f"binary_accuracy: {share:.4f}")
print(f"all_right_at_half: {rows:.4f}")

# %% one-label after=["bucket", "instead"]
model.compile(
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[
        keras.metrics.Precision(
            thresholds=0.0, class_id=14, name="precision_14"
        ),
        keras.metrics.Recall(
            thresholds=0.0, class_id=14, name="recall_14"
        ),
    ],
)
results = model.evaluate(logits, y_true, verbose=0, return_dict=True)
right = found[:, 14].sum()
assert np.isclose(
    results["precision_14"], right / (logits[:, 14] > 0).sum()
)
assert np.isclose(results["recall_14"], right / y_true[:, 14].sum())
print(f"precision_14: {results['precision_14']:.4f}")
print(f"recall_14: {results['recall_14']:.4f}")

# %% one-label-by-hand after="one-label"
said = model.predict(logits, verbose=0)[:, 14] > 0.0
wanted = y_true[:, 14] == 1
precision = np.sum(said & wanted) / np.sum(said)
recall = np.sum(said & wanted) / np.sum(wanted)
assert np.isclose(precision, results["precision_14"])
assert np.isclose(recall, results["recall_14"])
print(f"precision: {precision:.4f}, recall: {recall:.4f}")

# %% one-label-shorter after="one-label-by-hand"
assert np.isclose(precision, y_true[said, 14].mean())
assert np.isclose(recall, said[y_true[:, 14] == 1].mean())

# %% older
# tf-keras is Keras 2. In TF1 compatibility mode it still has the older
# rule.
import pathlib
import tempfile
import warnings

import tensorflow as tf
import tf_keras

# This mode warns about itself on every use.
warnings.filterwarnings("ignore", message=".*state_updates")


def chosen_and_value(y_true, y_pred, loss, metric="accuracy"):
    """Evaluate in tf-keras; return the function and its value."""
    inputs = tf_keras.Input(y_pred.shape[1:])
    outputs = tf_keras.layers.Activation("linear")(inputs)
    model = tf_keras.Model(inputs, outputs)
    model.compile("sgd", loss=loss, metrics=[metric])
    value = model.test_on_batch(y_pred, y_true)[1]
    return model.metrics[-1]._fn.__name__, value


def by_string_and_by_name():
    """Return the function that 'accuracy' becomes, and two values."""
    loss = tf_keras.losses.BinaryCrossentropy(from_logits=True)
    zero = tf_keras.metrics.BinaryAccuracy(threshold=0.0)
    _, by_name = chosen_and_value(y_true, logits, loss, zero)
    return *chosen_and_value(y_true, logits, loss), by_name


def in_old_loop(function, *arguments):
    """Call a function in TF1 compatibility mode."""
    with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
        return function(*arguments)


# %% versions table=true
print(
    "run by | 'accuracy' becomes | value"
    " | BinaryAccuracy(threshold=0.0)"
)
model.compile(
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=["accuracy", keras.metrics.BinaryAccuracy(threshold=0.0)],
)
_, *today = model.evaluate(logits, y_true, verbose=0)
chosen = type(model.metrics[1].metrics[0]).__name__
print("Keras 3", chosen, *[f"{v:.4f}" for v in today], sep=" | ")
for words, chosen, *values in [
    ("tf-keras (Keras 2)", *by_string_and_by_name()),
    (
        "tf-keras, TF1 compatibility mode",
        *in_old_loop(by_string_and_by_name),
    ),
]:
    print(words, chosen, *[f"{v:.4f}" for v in values], sep=" | ")


# %% older-rows
def all_right(y_true, y_pred):
    """Share of rows with every label right, in tf.keras."""
    return tf.reduce_all(tf.equal(y_true > 0.5, y_pred > 0.0), axis=-1)


loss = tf_keras.losses.BinaryCrossentropy(from_logits=True)
value = chosen_and_value(y_true, logits, loss, all_right)[1]
assert np.isclose(value, four(y_true, logits)["all_labels_right"])
print(f"{value:.4f}")

# %% tf-name
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder, "best.tf")
    try:
        model.save(path)
    except ValueError as error:
        print(f"Keras 3: ValueError: {str(error).split('. ')[0]}.")
    older_model = tf_keras.Sequential(
        [tf_keras.Input((20,)), tf_keras.layers.Activation("linear")]
    )
    older_model.compile("sgd", loss="binary_crossentropy")
    older_model.save(path)
    print(f"tf-keras: saved as a folder: {path.is_dir()}")

# %% tf-checkpoint raises="ValueError"
keras.callbacks.ModelCheckpoint("best.tf", save_best_only=True)

# %% keras-name
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder, "best.keras")
    model.save(path)
    print(f"Keras 3: saved as a file: {path.is_file()}")
