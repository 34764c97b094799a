# %% [markdown]
# # Two units with softmax, or one with sigmoid
#
# The outputs are the logits given here, after the activation. The
# models return their input.

# %% setup
import keras
import numpy as np


def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


def activated(logits, activation):
    """Return what a last layer with this activation returns."""
    return np.array(keras.activations.get(activation)(logits))


# %% two-unit table=true
answers = np.array([1, 1, 0, 1, 0, 0, 0, 1])
logit = np.array([2.0, -1.0, 0.5, 1.5, -0.5, -2.0, -1.0, -3.0])
one_unit = logit[:, None]
two_units = np.stack([np.ones(8), 1 + logit], axis=-1)
column, answers_one_hot = answers[:, None], np.eye(2)[answers]
loss = "binary_crossentropy"
metrics = ["accuracy", "binary_accuracy"]
print("last layer | 'accuracy' | 'binary_accuracy'")
for words, y_true, logits, activation in [
    ("1 unit, sigmoid", column, one_unit, "sigmoid"),
    ("1 unit, logits", column, one_unit, "linear"),
    ("2 units, softmax", answers_one_hot, two_units, "softmax"),
    ("2 units, sigmoid", answers_one_hot, two_units, "sigmoid"),
    ("2 units, logits", answers_one_hot, two_units, "linear"),
]:
    y_pred = activated(logits, activation)
    results = evaluated(y_true, y_pred, metrics, loss)
    values = [f"{results[name]:.4f}" for name in metrics]
    print(words, *values, sep=" | ")

# %% two-unit-tie table=true
print("last layer | 'accuracy' | 'binary_accuracy'")
for words, y_true, logits, activation in [
    ("1 unit, sigmoid", [[1.0]], [[0.0]], "sigmoid"),
    ("2 units, softmax", [[0.0, 1.0]], [[0.0, 0.0]], "softmax"),
]:
    y_pred = activated(np.array(logits), activation)
    results = evaluated(np.array(y_true), y_pred, metrics, loss)
    values = [f"{results[name]:.4f}" for name in metrics]
    print(words, *values, sep=" | ")

# %% precision after="two-unit"
results = evaluated(
    answers_one_hot,
    activated(two_units, "softmax"),
    [
        "accuracy",
        keras.metrics.Precision(name="precision"),
        keras.metrics.Recall(name="recall"),
        keras.metrics.Precision(class_id=1, name="precision_of_1"),
        keras.metrics.Recall(class_id=1, name="recall_of_1"),
    ],
    loss,
)
for name, value in results.items():
    if name != "loss":
        print(f"{name}: {value:.4f}")
