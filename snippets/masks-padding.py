# %% [markdown]
# # Padding counts in the accuracy, unless it is left out
#
# Three sequences of different length, padded to four steps. The label
# of the padding is 0. The model returns its input, so it predicts the
# numbers in `y_pred`.

# %% setup
import keras
import numpy as np

y_true = np.array([[1, 1, 2, 1], [2, 1, 0, 0], [2, 0, 0, 0]])
mask = y_true != 0  # False at the padding
classes = np.array([[1, 2, 0, 1], [2, 1, 0, 0], [1, 0, 0, 0]])
y_pred = np.eye(3)[classes] * mask[..., None]  # logits, padding zero

# %% reported
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
values = []
for layer in [keras.layers.Identity(), keras.layers.Masking()]:
    model = keras.Sequential([keras.Input((4, 3)), layer])
    model.compile(loss=loss, metrics=["accuracy"])
    results = model.evaluate(y_pred, y_true, verbose=0)
    values.append(results[1])
    print(f"{type(layer).__name__}: {results[1]:.4f}")

# %% formula after="reported"
right = y_pred.argmax(axis=-1) == y_true
without = np.mean(right)
masked = np.sum(mask * right) / np.sum(mask)
assert np.allclose([without, masked], values)
print(f"no mask: {without:.4f}, mask: {masked:.4f}")

# %% without after="formula"
print(f"{without:.4f}")

# %% masked after="formula"
print(f"{masked:.4f}")

# %% rows table=true after="formula"
print(
    "labels, padding 0 | predicted classes"
    " | right of all steps | right without padding"
)
best = y_pred.argmax(axis=-1)
for i, (one, kept) in enumerate(zip(right, mask, strict=True)):
    print(
        " ".join(map(str, y_true[i])),
        " ".join(map(str, best[i])),
        f"{one.sum()} of {one.size}",
        f"{one[kept].sum()} of {kept.sum()}",
        sep=" | ",
    )

# %% instead
weights = mask.astype("float32")  # 0 at the padding
model = keras.Sequential([keras.Input((4, 3)), keras.layers.Identity()])
model.compile(
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    weighted_metrics=["accuracy"],
)
results = model.evaluate(
    y_pred, y_true, sample_weight=weights, verbose=0, return_dict=True
)
print(f"accuracy: {results['accuracy']:.4f}")

# %% by-hand after="instead"
right = model.predict(y_pred, verbose=0).argmax(axis=-1) == y_true
print(f"share of steps:     {right[mask].mean():.4f}")
whole = (right | ~mask).all(axis=1)
print(f"share of sequences: {whole.mean():.4f}")

# %% whole-sequences after="by-hand"
print(f"{whole.mean():.4f}")

# %% by-hand-one-hot after="instead"
one_hot = np.eye(3)[y_true] * mask[..., None]  # padding: rows of zeros
kept = one_hot.any(axis=-1)
predicted = model.predict(y_pred, verbose=0).argmax(axis=-1)
right = predicted == one_hot.argmax(axis=-1)
print(f"share of steps:     {right[kept].mean():.4f}")
print(f"share of sequences: {(right | ~kept).all(axis=1).mean():.4f}")

# %% one-hot-padding table=true
one_hot = np.eye(3)[y_true] * mask[..., None]  # padding: rows of zeros
print("prediction at the padding | categorical_accuracy")
for guess in range(3):
    scores = np.where(mask[..., None], y_pred, np.eye(3)[guess])
    metric = keras.metrics.CategoricalAccuracy()
    metric.update_state(one_hot, scores)
    print(f"class {guess}", f"{float(metric.result()):.4f}", sep=" | ")

# %% one-unit table=true after="instead"
ones = (y_true == 1).astype("float32")[..., None]  # (N, T, 1)
scores = np.where(classes == 1, 0.9, 0.1)[..., None]
single = keras.Sequential(
    [keras.Input((4, 1)), keras.layers.Identity()]
)
single.compile(
    loss="binary_crossentropy", weighted_metrics=["accuracy"]
)
print("labels, with one unit and weights (N, T) | accuracy")
for words, labels in [("(N, T, 1)", ones), ("(N, T)", ones[..., 0])]:
    try:
        results = single.evaluate(
            scores, labels, sample_weight=weights, verbose=0
        )
        print(words, f"{results[1]:.4f}", sep=" | ")
    except ValueError:
        print(words, "ValueError", sep=" | ")
