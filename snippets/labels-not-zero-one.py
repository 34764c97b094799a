# %% [markdown]
# # Accuracy with labels other than zero and one
#
# The model returns its input, so it predicts the numbers given here.
# They are outputs of a tanh, and all signs but one are right.

# %% setup
import keras
import numpy as np

y_true = np.array([[-1.0], [-1], [-1], [-1], [1], [1], [1], [1]])
y_pred = np.array(
    [[-0.9], [-0.7], [-0.4], [0.2], [0.3], [0.4], [0.8], [0.9]]
)

# %% reported
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="hinge", metrics=["accuracy"])
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")

# %% signs
print(f"{np.mean(np.sign(y_true) == np.sign(y_pred)):.4f}")

# %% formula after="reported"
today = np.mean(y_true == (y_pred > 0.5))
ceiling = np.mean(np.isin(y_true, [0, 1]))
assert np.isclose(today, results["accuracy"])
print(f"accuracy: {today:.4f}")
print(f"the most it can be with these labels: {ceiling:.4f}")

# %% older-formula
print(f"{np.mean(y_true == np.round(y_pred)):.4f}")

# %% rows table=true
print(
    "y_true | y_pred | counted today | counted by the older formula"
    " | same sign"
)
for true, pred in zip(y_true[:, 0], y_pred[:, 0], strict=True):
    above, rounded = float(pred > 0.5), np.round(pred) + 0.0
    answers = [
        "yes" if counted else "no"
        for counted in (true == above, true == rounded, true * pred > 0)
    ]
    print(true, pred, *answers, sep=" | ")


# %% helpers
def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


# %% exact table=true
mse = "mean_squared_error"
print(
    "labels | 'accuracy' | share of labels that are 0 or 1"
    " | older formula"
)
for low, high in [
    (0, 1),
    (-1, 1),
    (1, 2),
    (0, 255),
    (0, 0.9),
    (0.1, 0.9),
]:
    labels = np.array([[low]] * 3 + [[high]] * 2)
    values = evaluated(labels, labels.astype(float), ["accuracy"], mse)
    ceiling = np.mean(np.isin(labels, [0, 1]))
    older = np.mean(labels == np.round(labels))
    assert np.isclose(ceiling, values["accuracy"])
    print(
        f"{low} and {high}",
        *[f"{x:.4f}" for x in (values["accuracy"], ceiling, older)],
        sep=" | ",
    )

# %% agree
grid = np.arange(-300, 301) / 100
same = np.ones(len(grid), bool)
for label in (0, 1):
    same &= ((grid > 0.5) == label) == (np.round(grid) == label)
low, high = grid[same].min(), grid[same].max()
assert np.all(same == ((grid >= low) & (grid <= high)))
print(f"they agree on predictions from {low} to {high}")

# %% hinge table=true
zero_one = (y_true + 1) / 2
print(
    "labels | loss | its value | 'accuracy'"
    " | BinaryAccuracy(threshold=0.0)"
)
for loss in ("hinge", "squared_hinge"):
    for words, labels in [("-1 and 1", y_true), ("0 and 1", zero_one)]:
        zero = keras.metrics.BinaryAccuracy(threshold=0.0, name="zero")
        values = evaluated(labels, y_pred, ["accuracy", zero], loss)
        print(
            words,
            loss,
            *[f"{values[k]:.4f}" for k in ("loss", "accuracy", "zero")],
            sep=" | ",
        )

# %% squared-error
learned = np.array([[0.02], [0.05], [0.04], [0.97], [0.96], [0.99]])
labels = np.round(learned)
zero = keras.metrics.BinaryAccuracy(threshold=0.0, name="zero")
values = evaluated(labels, learned, ["accuracy", zero], mse)
print(f"{values['zero']:.4f}")

# %% instead-labels after="reported"
zero_one = (y_true > 0).astype("float32")
model.compile(
    loss="hinge",
    metrics=[
        keras.metrics.BinaryAccuracy(threshold=0.0, name="accuracy")
    ],
)
results = model.evaluate(y_pred, zero_one, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")


# %% instead-sign after="instead-labels"
def same_sign(y_true, y_pred):
    """Share of rows on the same side of 0."""
    y_true = keras.ops.reshape(y_true, keras.ops.shape(y_pred))
    return (y_true > 0) == (y_pred > 0)


model.compile(loss="hinge", metrics=[same_sign])
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"same_sign: {results['same_sign']:.4f}")

# %% flat-labels
model.compile(loss="hinge", metrics=[same_sign])
flat = y_true[:, 0]
results = model.evaluate(y_pred, flat, verbose=0, return_dict=True)
print(f"{results['same_sign']:.4f}")


# %% without-reshape
def same_sign_of_all(y_true, y_pred):
    """Do the same as same_sign, without the reshape."""
    return (y_true > 0) == (y_pred > 0)


model.compile(loss="hinge", metrics=[same_sign_of_all])
results = model.evaluate(y_pred, flat, verbose=0, return_dict=True)
print(f"{results['same_sign_of_all']:.4f}")

# %% xor table=true
keras.utils.set_random_seed(1)
x = np.array([[-1.0, -1], [-1, 1], [1, -1], [1, 1]])
y = np.array([[-1.0], [1], [1], [-1]])
net = keras.Sequential([keras.Input((2,))])
net.add(keras.layers.Dense(4, activation="tanh"))
net.add(keras.layers.Dense(1, activation="tanh"))
net.compile(keras.optimizers.SGD(0.1), "mse", metrics=["accuracy"])
# A batch is all four rows, so an epoch of many batches is quicker.
print("updates | same_sign | 'accuracy' | 'accuracy', second row")
for before, updates in [(0, 1), (1, 20), (20, 300)]:
    rows, labels = (
        np.tile(one, (updates - before, 1)) for one in (x, y)
    )
    net.fit(rows, labels, batch_size=4, shuffle=False, verbose=0)
    p = net.predict(x, verbose=0)
    today = net.evaluate(x, y, verbose=0)[1]
    shares = [np.mean(p * y > 0), today, np.mean(np.round(p) == y)]
    print(updates, *[f"{one:.4f}" for one in shares], sep=" | ")

# %% conversions table=true
print("labels | write | 'accuracy' before | 'accuracy' after")
for low, high, written, convert in [
    (-1, 1, "y > 0", lambda y: y > 0),
    (1, 2, "y - 1", lambda y: y - 1),
    (0, 255, "y > 0", lambda y: y > 0),
    (0.1, 0.9, "y > 0.5", lambda y: y > 0.5),
]:
    y = np.array([[low]] * 3 + [[high]] * 2)
    zero_one = convert(y).astype("float32")
    perfect = zero_one * 0.8 + 0.1  # each on the right side of 0.5
    values = [
        evaluated(labels, perfect, ["accuracy"], mse)["accuracy"]
        for labels in (y, zero_one)
    ]
    row = [f"{low} and {high}", written]
    print(*row, *[f"{value:.4f}" for value in values], sep=" | ")
