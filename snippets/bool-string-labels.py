# %% [markdown]
# # Labels that are booleans, words or fractions
#
# The model returns its input, so `y_pred` is what it predicts.

# %% setup
import keras
import numpy as np
import tensorflow as tf

y_pred = np.array([[0.9], [0.7], [0.3], [0.2]])
truth = np.array([[True], [False], [True], [False]])


def scored(y_true, y_pred=y_pred, loss="mse"):
    """Return the accuracy of a new model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=["accuracy"])
    return model.evaluate(y_pred, y_true, verbose=0)[1]


# %% reported table=true
print("dtype | loss='mse' | loss='binary_crossentropy'")
for dtype in ["bool", "int32", "uint8", "float32", "float64"]:
    given = truth.astype(dtype)
    values = [
        scored(given, loss=loss)
        for loss in ["mse", "binary_crossentropy"]
    ]
    print(dtype, *[f"{one:.4f}" for one in values], sep=" | ")

# %% formula
counted = np.mean((y_pred > 0.5) == truth)
assert np.isclose(counted, scored(truth))
print(f"{counted:.4f}")

# %% words
words = np.array(["cat", "dog", "cat", "dog"])

# %% words-error after="words" raises="ValueError"
scored(words[:, None])

# %% instead after="words"
names, numbers = np.unique(words, return_inverse=True)
print(names, numbers)
print(f"{scored(numbers[:, None]):.4f}")  # one unit: 0 or 1

# %% instead-classes
three = np.array(["cat", "dog", "owl", "cat"])
names, numbers = np.unique(three, return_inverse=True)
outputs = np.array(
    [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.5, 0.3, 0.2], [0.6, 0.3, 0.1]]
)
loss = "sparse_categorical_crossentropy"
print(f"{scored(numbers, outputs, loss):.4f}")
print(names[outputs.argmax(axis=-1)])  # the way back

# %% instead-yes
answers = np.array(["yes", "no", "yes", "no"])
print(f"{scored((answers == 'yes')[:, None]):.4f}")

# %% digits table=true
print("labels | result")
for shown, given in [
    ("'1', '0', text", np.array([["1"], ["0"], ["1"], ["0"]])),
    ("True, False, object", truth.astype(object)),
    ("1, 0, object", truth.astype(int).astype(object)),
]:
    try:
        print(shown, f"{scored(given):.4f}", sep=" | ")
    except ValueError as error:
        print(shown, f"{type(error).__name__}: {error}", sep=" | ")

# %% by-hand table=true
print("y_true | y_pred | binary_accuracy")
for shown, one, other in [
    ("bool", truth, y_pred),
    ("bool", truth, y_pred > 0.5),
    ("float", truth.astype("float32"), y_pred > 0.5),
    ("float", truth.astype("float32"), y_pred),
]:
    try:
        found = keras.metrics.binary_accuracy(one, other)
        said = f"{np.mean(found):.4f}"
    except tf.errors.InvalidArgumentError as error:
        said = type(error).__name__
    print(shown, other.dtype, said, sep=" | ")

# %% by-hand-instead
found = keras.metrics.binary_accuracy(
    truth.astype("float32"), y_pred.astype("float32")
)
print(f"{np.mean(found):.4f}")

# %% fractions
halves = np.array([0.5, 1.0, 2.9])
sure = 0.7 * np.eye(3) + 0.1
found = keras.metrics.sparse_categorical_accuracy(halves, sure)
print(np.array(found))

# %% fractions-formula after="fractions"
by_hand = sure.argmax(axis=-1) == halves
assert np.array_equal(by_hand, np.array(found))
print(by_hand)
