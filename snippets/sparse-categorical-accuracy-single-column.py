# %% [markdown]
# # One output column, and classes in place of outputs
#
# Models return their input, so their predictions are the numbers given.

# %% setup
import warnings

import keras
import numpy as np

name = "sparse_categorical_accuracy"

# %% reported table=true
y_pred = np.array([[0.2], [0.9], [0.7], [0.4], [0.3]])
zero_or_one = np.array([0, 1, 1, 0, 1])
print(f"y_true | y_pred | {name} | binary_accuracy")
for shape, y_true in [
    ("(N,)", zero_or_one),
    ("(N, 1)", zero_or_one[:, None]),
]:
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity()]
    )
    model.compile(
        loss="binary_crossentropy", metrics=[name, "binary_accuracy"]
    )
    results = model.evaluate(
        y_pred, y_true, verbose=0, return_dict=True
    )
    sparse, binary = results[name], results["binary_accuracy"]
    print(shape, "(N, 1)", f"{sparse:.4f}", f"{binary:.4f}", sep=" | ")

# %% formula after="reported"
share_of_zeros = np.mean(zero_or_one == 0)
assert np.isclose(share_of_zeros, sparse)
print(f"{share_of_zeros:.4f}")

# %% both-class-numbers
metric = keras.metrics.SparseCategoricalAccuracy()
metric.update_state([[2], [1]], [[0.1, 0.6, 0.3], [0.05, 0.95, 0]])
print(f"right use: {float(metric.result()):.4f}")
metric.update_state([[2], [1]], [[1], [1]])
print(f"and then classes twice: {float(metric.result()):.4f}")
metric.reset_state()
metric.update_state([[2], [1]], [[1], [1]])
print(f"classes twice, by themselves: {float(metric.result()):.4f}")

# %% instead-both-class-numbers
exact = keras.metrics.Accuracy()
print(f"{float(exact([[2], [1]], [[1], [1]])):.4f}")

# %% one-unit-softmax table=true
metrics = ["accuracy", name, "categorical_accuracy"]
print("last layer |", " | ".join(f"'{metric}'" for metric in metrics))
logits = np.array([[-2.0], [1.0], [-0.5], [-1.0], [3.0]])
caught = []
for activation in ("softmax", "sigmoid"):
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Activation(activation)]
    )
    model.compile(loss="binary_crossentropy", metrics=metrics)
    with warnings.catch_warnings(record=True) as caught_now:
        warnings.simplefilter("always")
        results = model.evaluate(
            logits, zero_or_one[:, None], verbose=0, return_dict=True
        )
    caught += caught_now
    values = [f"{results[metric]:.4f}" for metric in metrics]
    print(f"1 unit, {activation}", *values, sep=" | ")

# %% one-unit-softmax-warning
for sentence in {str(one.message).split(". ")[2] for one in caught}:
    print(sentence.split(", ")[0])

# %% one-unit-loss
model.compile(loss="sparse_categorical_crossentropy", metrics=[name])
try:
    model.evaluate(logits, zero_or_one, verbose=0)
except Exception as error:
    message = str(error).splitlines()
    line = next(line for line in message if "valid range" in line)
    print(line.split(".  ")[0])
