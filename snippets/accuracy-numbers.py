# %% [markdown]
# # Numbers that tell what went wrong
#
# Each cell makes one mistake on purpose and prints the accuracy that
# it gives. The model returns its input, so it predicts `y_pred`.

# %% setup
import keras
import numpy as np


def accuracy_of(y_true, y_pred, metric="accuracy"):
    """Evaluate a model that predicts y_pred."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss="mean_squared_error", metrics=[metric])
    return model.evaluate(y_pred, y_true, verbose=0)[1]


def print_share(value):
    """Print a share without zeros at its end."""
    print(f"{value:.4f}".rstrip("0").ljust(3, "0"))


# %% regression
targets = np.array([[2.5], [3.1], [0.4], [7.0]])
print_share(accuracy_of(targets, targets))

# %% exact
labels = np.array([[1.0], [0.0], [1.0], [1.0]])
probabilities = np.array([[0.9], [0.2], [0.8], [0.7]])
exact = keras.metrics.Accuracy()
print_share(accuracy_of(labels, probabilities, exact))

# %% soft
soft = np.array([[0.9], [0.1], [0.9], [0.1]])
print_share(accuracy_of(soft, soft))

# %% one-hot-one-unit
one_hot = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
one_unit = np.array([[0.1], [0.9], [0.8], [0.7]])
print_share(accuracy_of(one_hot, one_unit))

# %% minus-one
signs = np.array([[-1.0], [1.0], [-1.0], [1.0], [-1.0]])
print_share(accuracy_of(signs, signs))

# %% one-column
classes = np.array([[0], [1], [2], [0], [0]])
one_column = np.array([[0.1], [0.9], [0.4], [0.3], [0.8]])
named = "sparse_categorical_accuracy"
print_share(accuracy_of(classes, one_column, named))

# %% one-column-always
any_target = np.array([[0.3], [5.0], [-2.0], [0.0]])
named = "categorical_accuracy"
print_share(accuracy_of(any_target, any_target[::-1], named))

# %% one-unit-softmax
ones = np.exp([[-3.0], [0.2], [4.0], [1.0]])
ones /= ones.sum(axis=-1, keepdims=True)
yes_no = np.array([[0.0], [1.0], [0.0], [0.0]])
print_share(accuracy_of(yes_no, ones))

# %% top-k
scores = np.eye(5)[[1, 2, 3, 4]]
top_k = keras.metrics.SparseTopKCategoricalAccuracy(k=5)
print_share(accuracy_of(np.array([[0], [0], [0], [0]]), scores, top_k))

# %% each-label
# Ten rows of ten classes, eight with the right class.
right = np.eye(10)
wrong_rows = np.eye(10)[[1, 0, 2, 3, 4, 5, 6, 7, 8, 9]]
print_share(accuracy_of(right, wrong_rows, "binary_accuracy"))

# %% each-label-formula after="each-label"
share, count = accuracy_of(right, wrong_rows), 10
by_formula = 1 - 2 * (1 - share) / count
assert np.isclose(
    by_formula, accuracy_of(right, wrong_rows, "binary_accuracy")
)
print_share(by_formula)

# %% no-label
print_share(
    accuracy_of(np.eye(10), np.zeros((10, 10)), "binary_accuracy")
)

# %% always-one-class
always_first = np.tile([0.6, 0.3, 0.1], (5, 1))
integers = np.array([[0], [1], [0], [2], [1]])
print_share(accuracy_of(integers, always_first))

# %% zero-rows
padded = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
first = np.array([[0.1, 0.8, 0.1], [0.7, 0.2, 0.1], [0.9, 0.1, 0.0]])
print_share(accuracy_of(padded, first))


# %% number-right after="exact"
def number_right(y_true, y_pred):
    """Count the right rows of a batch, where the share is meant."""
    right = keras.ops.equal(y_true > 0.5, y_pred > 0.5)
    return keras.ops.sum(keras.ops.cast(right, "float32"))


print_share(accuracy_of(labels, probabilities, number_right))
