# %% [markdown]
# # Accuracy of outputs that are no predictions of a class
#
# Each model returns its input, but for the one with a CTC loss inside.

# %% setup
import keras
import numpy as np


def rated(y_true, y_pred, metric="accuracy"):
    """Return the name of the metric that Keras chose, and its value."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss="mse", metrics=[metric])
    value = model.evaluate(y_pred, y_true, verbose=0)[1]
    return type(model.metrics[1].metrics[0]).__name__, float(value)


# %% distances
same = np.array([[1], [1], [1], [0], [0]])  # 1: the two belong together
distance = np.array([[0.1], [1.7], [0.6], [0.2], [0.3]])

# %% reported after="distances"
_, value = rated(same, distance)
print(f"'accuracy': {value:.4f}")

# %% formula after="reported"
counted = np.mean((distance > 0.5) == same)
assert np.isclose(counted, value)
wanted = np.mean((distance < 0.5) == same)
print(f"counted: {counted:.4f}, wanted: {wanted:.4f}")


# %% instead after="distances"
def near_is_same(y_true, y_pred):
    """Count pairs whose distance is on the right side of 0.5."""
    y_true = keras.ops.reshape(y_true, keras.ops.shape(y_pred))
    near = keras.ops.cast(y_pred < 0.5, y_true.dtype)
    return keras.ops.equal(y_true, near)


model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="mse", metrics=[near_is_same])
print(f"{model.evaluate(distance, same, verbose=0)[1]:.4f}")

# %% instead-by-hand after="instead"
out = model.predict(distance, verbose=0)
share = np.mean((out.ravel() < 0.5) == same.ravel())
print(f"{share:.4f}")

# %% near-only after="distances"
print(f"{np.mean(same[distance < 0.5]):.4f}")

# %% margin table=true
print("distance | belongs together | does not")
for far in [0, 0.25, 0.5, 0.75, 1]:
    apart = max(1 - far, 0)
    print(far, f"{far**2:.4f}", f"{apart**2:.4f}", sep=" | ")

# %% distances-other after="distances"
print(f"{rated(1 - same, distance)[1]:.4f}")

# %% pixels
pixels = np.array(
    [[0.0, 1.0, 0.3], [0.9, 0.0, 1.0], [1.0, 0.2, 0.0], [0.1, 1.0, 0.0]]
)
rebuilt = np.array(
    [[0.1, 0.9, 0.3], [0.8, 0.1, 0.7], [0.3, 0.6, 0.1], [0.2, 0.7, 0.1]]
)

# %% autoencoder after="pixels" table=true
print("shape | chosen | accuracy | of a perfect copy | error")
for words, shape in [
    ("(N, 3), flat", (4, 3)),
    ("(N, 3, 1), one channel", (4, 3, 1)),
]:
    image, made = pixels.reshape(shape), rebuilt.reshape(shape)
    chosen, value = rated(image, made)
    numbers = [value, rated(image, image)[1]]
    numbers += [rated(image, made, "mean_absolute_error")[1]]
    print(words, chosen, *[f"{one:.4f}" for one in numbers], sep=" | ")

# %% autoencoder-formula after="pixels"
brightest = np.mean(rebuilt.argmax(-1) == pixels.argmax(-1))
exact = np.mean((rebuilt > 0.5) == pixels)
assert np.isclose(brightest, rated(pixels, rebuilt)[1])
columns = pixels[..., None], rebuilt[..., None]
assert np.isclose(exact, rated(*columns)[1])
print(f"{brightest:.4f} by brightest pixel, {exact:.4f} by pixel")

# %% autoencoder-large
draw = np.random.default_rng(0)
image = draw.uniform(0, 1, size=(200, 784)).round(2)
made = np.clip(image + draw.normal(0, 0.02, size=image.shape), 0, 1)
error = np.mean(np.abs(made - image))
shown = f"{rated(image, made)[1]:.4f}", f"{error:.4f}"
print(f"accuracy {shown[0]}, {shown[1]} off per pixel")


# %% autoencoder-instead after="pixels"
def close(y_true, y_pred):
    """Share of pixels that are at most 0.15 off."""
    return keras.ops.abs(y_true - y_pred) <= 0.15


model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(loss="mse", metrics=["mean_absolute_error", close])
results = model.evaluate(rebuilt, pixels, verbose=0, return_dict=True)
for name in ["mean_absolute_error", "close"]:
    print(f"{name}: {results[name]:.4f}")


# %% ctc
class Loss(keras.layers.Layer):
    """Return the CTC loss of each row as its output."""

    def call(self, labels, scores):
        rows = keras.ops.shape(labels)[0]
        sizes = [
            keras.ops.full((rows,), size, dtype="int32")
            for size in [3, 6]
        ]
        found = keras.ops.ctc_loss(labels, scores, *sizes, mask_index=0)
        return keras.ops.expand_dims(found, -1)


words = keras.Input((3,), dtype="int32")
steps = keras.Input((6, 5))
with_loss = keras.Model([words, steps], Loss()(words, steps))
with_loss.compile(loss=lambda _, loss: loss, metrics=["accuracy"])
texts = np.array([[1, 2, 3]] * 4)
nothing = np.zeros((4, 1))  # the label that nobody looks at
path = [1, 0, 2, 0, 3, 0]  # 0 is the blank


def logits(scale):
    """Return scores that are the more certain, the larger the scale."""
    found = np.zeros((4, 6, 5), dtype="float32")
    found[:, np.arange(6), path] = scale
    return found


# %% ctc-accuracy after="ctc" table=true
print("output, a loss | label 0 | label 1")
for scale in [0, 2, 3, 5]:
    given = [texts, logits(scale)]
    output = with_loss.predict(given, verbose=0)[0, 0]
    values = [
        with_loss.evaluate(given, labels, verbose=0)[1]
        for labels in [nothing, nothing + 1]
    ]
    print(*[f"{one:.4f}" for one in [output, *values]], sep=" | ")

# %% ctc-instead after="ctc"
sure = logits(5)
decoded = keras.ops.ctc_decode(
    sure, np.full(4, 6), strategy="greedy", mask_index=0
)[0][0]
decoded = np.array(decoded)[:, :3]
whole = np.mean(np.all(decoded == texts, axis=-1))
print(f"{decoded[0]}: {whole:.4f} of the texts are right")

# %% ctc-older
import tf_keras  # in tf.keras: K = tf.keras.backend

K = tf_keras.backend
softmax = np.zeros((4, 6, 5), dtype="float32")
softmax[:, np.arange(6), [1, 4, 2, 4, 3, 4]] = 1.0  # the last is blank
decoded = K.ctc_decode(softmax, np.full(4, 6))[0][0]
print(np.array(decoded)[0])

# %% ctc-class after="ctc" raises="ValueError"
plain = keras.Sequential([keras.Input((6, 5)), keras.layers.Identity()])
plain.compile(loss=keras.losses.CTC(), metrics=["accuracy"])
plain.evaluate(logits(5), texts, verbose=0)

# %% path
tags = np.array([[1, 2, 1, 3], [2, 1, 1, 3], [1, 1, 3, 2]])
decoded = np.array([[2, 1, 2, 3], [1, 2, 2, 3], [2, 2, 3, 1]])

# %% path-accuracy after="path" table=true
decoded = decoded.astype("float32")
print("metric | value")
for words, metric in [
    ("'accuracy'", "accuracy"),
    ("Accuracy()", keras.metrics.Accuracy()),
]:
    value = rated(tags, decoded, metric)[1]
    print(words, f"{value:.4f}", sep=" | ")

# %% path-formula after="path"
largest = decoded.argmax(-1) == tags.argmax(-1)
print(f"{np.mean(largest):.4f} against {np.mean(decoded == tags):.4f}")
