# %% [markdown]
# # Two units with softmax, or one with sigmoid
#
# The models activate their input, so logits are the numbers given.

# %% setup
import keras
import numpy as np


def evaluated(y_true, logits, metrics, activation):
    """Evaluate a model that activates its input."""
    model = keras.Sequential(
        [
            keras.Input(logits.shape[1:]),
            keras.layers.Activation(activation),
        ]
    )
    model.compile(loss="binary_crossentropy", metrics=metrics)
    return model.evaluate(logits, y_true, verbose=0, return_dict=True)


# %% two-unit
answers = np.array([1, 1, 0, 1, 0, 0, 0, 1])
logit = np.array([2.0, -1.0, 0.5, 1.5, -0.5, -2.0, -1.0, -3.0])
one_unit = logit[:, None]
two_units = np.stack([np.ones(8), 1 + logit], axis=-1)
column, answers_one_hot = answers[:, None], np.eye(2)[answers]
metrics = ["accuracy", "binary_accuracy"]
print("last layer | 'accuracy' | 'binary_accuracy'")
for words, y_true, y_pred, activation in [
    ("1 unit, sigmoid", column, one_unit, "sigmoid"),
    ("1 unit, logits", column, one_unit, "linear"),
    ("2 units, softmax", answers_one_hot, two_units, "softmax"),
    ("2 units, sigmoid", answers_one_hot, two_units, "sigmoid"),
    ("2 units, logits", answers_one_hot, two_units, "linear"),
]:
    results = evaluated(y_true, y_pred, metrics, activation)
    values = [f"{results[name]:.4f}" for name in metrics]
    print(words, *values, sep=" | ")

# %% two-unit-tie
print("last layer | 'accuracy' | 'binary_accuracy'")
for words, y_true, y_pred, activation in [
    ("1 unit, sigmoid", [[1.0]], [[0.0]], "sigmoid"),
    ("2 units, softmax", [[0.0, 1.0]], [[0.0, 0.0]], "softmax"),
]:
    arrays = np.array(y_true), np.array(y_pred)
    results = evaluated(*arrays, metrics, activation)
    values = [f"{results[name]:.4f}" for name in metrics]
    print(words, *values, sep=" | ")

# %% precision
results = evaluated(
    answers_one_hot,
    two_units,
    [
        "accuracy",
        keras.metrics.Precision(name="precision"),
        keras.metrics.Recall(name="recall"),
        keras.metrics.Precision(class_id=1, name="precision_of_1"),
        keras.metrics.Recall(class_id=1, name="recall_of_1"),
    ],
    activation="softmax",
)
for name, value in results.items():
    if name != "loss":
        print(f"{name}: {value:.4f}")
