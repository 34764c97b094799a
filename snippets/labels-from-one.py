# %% [markdown]
# # Labels that begin at one, and labels of -1
#
# The model returns its input, so its predictions are the numbers given.

# %% setup
import keras
import numpy as np

sparse_loss = "sparse_categorical_crossentropy"
sparse_accuracy = "sparse_categorical_accuracy"
labels = np.array([1, 2, 3, 1, 3])
outputs = np.array(
    [
        [0.60, 0.30, 0.10],
        [0.20, 0.55, 0.25],
        [0.55, 0.30, 0.15],
        [0.30, 0.60, 0.10],
        [0.10, 0.20, 0.70],
    ]
)
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])

# %% instead
classes = labels - 1
assert classes.min() >= 0
assert classes.max() < outputs.shape[-1]
model.compile(loss=sparse_loss, metrics=[sparse_accuracy])
results = model.evaluate(outputs, classes, verbose=0, return_dict=True)
print(f"{results[sparse_accuracy]:.4f}")

# %% reported
metric = keras.metrics.SparseCategoricalAccuracy()
print(f"{float(metric(labels, outputs)):.4f}")

# %% rows table=true
print(
    "label | index of the largest output | counts"
    " | counts if 1 is subtracted"
)
for label, index in zip(labels, outputs.argmax(axis=-1), strict=True):
    counts = "yes" if label == index else "no"
    counts_minus_one = "yes" if label - 1 == index else "no"
    print(label, index, counts, counts_minus_one, sep=" | ")

# %% formula after="reported"
share = np.mean(labels == outputs.argmax(axis=-1))
assert np.isclose(share, float(metric.result()))
print(f"{share:.4f}")

# %% message
model.compile(loss=sparse_loss, metrics=[sparse_accuracy])
for wrong in [labels, np.array([0, 1, -1, 2, -1])]:
    try:
        model.evaluate(outputs, wrong, verbose=0)
    except Exception as error:
        said = str(error)
        said = said[said.index("Received a label") :]
        print(said[: said.index(")") + 1])

# %% compiled
model.compile(
    loss=sparse_loss, metrics=[sparse_accuracy], jit_compile=True
)
results = model.evaluate(outputs, labels, verbose=0, return_dict=True)
print(f"loss: {results['loss']:.4f}")
print(f"{sparse_accuracy}: {results[sparse_accuracy]:.4f}")

# %% documented
import tensorflow as tf

text = tf.nn.sparse_softmax_cross_entropy_with_logits.__doc__
text = " ".join(text.split())
start = text.index("Other values")
print(text[start : text.index(".", start) + 1])

# %% minus-one
marked = np.array([0, 1, -1, 2, -1])
model.compile(
    loss=keras.losses.SparseCategoricalCrossentropy(ignore_class=-1),
    metrics=[sparse_accuracy],
)
results = model.evaluate(outputs, marked, verbose=0, return_dict=True)
print(f"{results[sparse_accuracy]:.4f}")

# %% minus-one-weights after="minus-one"
keep = (marked >= 0).astype("float32")
model.compile(loss=sparse_loss, weighted_metrics=[sparse_accuracy])
results = model.evaluate(
    outputs,
    np.where(marked >= 0, marked, 0),
    sample_weight=keep,
    verbose=0,
    return_dict=True,
)
print(f"{results[sparse_accuracy]:.4f}")

# %% minus-one-formula after="minus-one-weights"
right = marked == outputs.argmax(axis=-1)
assert np.isclose(np.mean(right[marked >= 0]), results[sparse_accuracy])
print(f"{np.mean(right):.4f} {np.mean(right[marked >= 0]):.4f}")
