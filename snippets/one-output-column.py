# %% [markdown]
# # One output unit: softmax, argmax, and more than two classes
#
# A small model is trained on five rows that are easy to tell apart.

# %% setup
import warnings

import keras
import numpy as np

x = np.array([[-2.0], [2.0], [1.5], [-1.0], [3.0]])
y = np.array([[0], [1], [1], [0], [1]])


def trained_column(activation, loss, metrics):
    """Train one unit; return the model and its history."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Dense(1, activation)]
    )
    model.compile("adam", loss=loss, metrics=metrics)
    model.optimizer.learning_rate = 0.5
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        history = model.fit(x, y, epochs=3, verbose=0).history
    return model, history


# %% reported table=true
names = ["accuracy", "sparse_categorical_accuracy"]
names.append("categorical_accuracy")
softmax, history = trained_column(
    "softmax", "binary_crossentropy", names
)
print("epoch |", " | ".join(f"'{name}'" for name in names))
for epoch in range(3):
    values = [f"{history[name][epoch]:.4f}" for name in names]
    print(epoch + 1, *values, sep=" | ")

# %% formula after="reported"
share_of_ones, share_of_zeros = np.mean(y == 1), np.mean(y == 0)
accuracy, sparse, categorical = (history[name][-1] for name in names)
assert np.isclose(accuracy, share_of_ones)
assert np.isclose(sparse, share_of_zeros)
assert np.isclose(categorical, 1.0)
print(f"{share_of_ones:.4f} {share_of_zeros:.4f}")

# %% softmax-outputs after="reported"
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    print(softmax.predict(x, verbose=0).ravel())

# %% instead
model = keras.Sequential(
    [keras.Input((1,)), keras.layers.Dense(1, activation="sigmoid")]
)
model.compile(
    optimizer=keras.optimizers.Adam(0.5),
    loss="binary_crossentropy",
    metrics=["binary_accuracy"],
)
model.fit(x, y, epochs=20, verbose=0)
results = model.evaluate(x, y, verbose=0, return_dict=True)
print(f"{results['binary_accuracy']:.4f}")

# %% argmax after="instead"
predictions = model.predict(x, verbose=0)
print("argmax:", predictions.argmax(axis=-1))
print("above 0.5:", (predictions[:, 0] > 0.5).astype(int))

# %% categorical table=true
same = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
print("labels | batch_size | 'categorical_accuracy'")
for words, labels, batch_size in [
    ("(N, 1)", y, 5),
    ("(N,)", y[:, 0], 5),
    ("(N,)", y[:, 0], 1),
]:
    same.compile(loss="mse", metrics=["categorical_accuracy"])
    results = same.evaluate(
        x, labels, batch_size=batch_size, verbose=0, return_dict=True
    )
    value = f"{results['categorical_accuracy']:.4f}"
    print(words, batch_size, value, sep=" | ")

# %% zero-loss table=true
one = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
one.compile(loss="categorical_crossentropy", metrics=["accuracy"])
print("outputs | loss | 'accuracy'")
for words, outputs in [
    ("all right", np.where(y, 0.9, 0.1)),
    ("all wrong", np.where(y, 0.1, 0.9)),
]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = one.evaluate(outputs, y, verbose=0, return_dict=True)
    loss, accuracy = results["loss"], results["accuracy"]
    print(words, f"{loss:.4f}", f"{accuracy:.4f}", sep=" | ")

# %% several-classes table=true
labels = np.array([0, 1, 2, 0, 2])
outputs = np.array([[0.1], [0.9], [2.0], [0.2], [1.9]])
print("labels | 'accuracy'")
one = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
one.compile(loss="mse", metrics=["accuracy"])
for words, rows in [
    ("all", slice(None)),
    ("0 or 1", labels < 2),
    ("2", labels == 2),
]:
    results = one.evaluate(
        outputs[rows], labels[rows], verbose=0, return_dict=True
    )
    print(words, f"{results['accuracy']:.4f}", sep=" | ")

# %% distance after="several-classes"
print(f"{np.abs(outputs[:, 0] - labels).max():.1f}")

# %% confusion after="argmax"
import tensorflow as tf

for found in [predictions[:, 0], predictions[:, 0] > 0.5]:
    print(tf.math.confusion_matrix(y[:, 0], found).numpy().tolist())
