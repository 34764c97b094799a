# %% [markdown]
# # Sparse categorical accuracy mixes up classes in half precision
#
# Class numbers are compared in the dtype of the scores.

# %% setup
import keras
import numpy as np

sparse_loss = "sparse_categorical_crossentropy"


# %% dtypes table=true
def compared(label, found, dtype):
    """Say what Keras counts where `found` is predicted for `label`."""
    row = np.eye(2100)[[found]].astype(dtype)
    match = keras.metrics.sparse_categorical_accuracy([label], row)
    return "right" if np.all(match) else "wrong"


pairs = [(257, 256), (2049, 2048), (299, 43)]
words = [f"label {label}, found {found}" for label, found in pairs]
print("dtype of the scores", *words, sep=" | ")
for dtype in ["float32", "bfloat16", "float16", "uint8", "bool"]:
    shown = [compared(*pair, dtype) for pair in pairs]
    print(dtype, *shown, sep=" | ")

# %% classes table=true
print("classes | told apart in bfloat16 | in float16")
for count in (256, 300, 1000, 10000, 50257):
    numbers = np.arange(count)
    apart = [
        len(np.unique(numbers.astype(dtype)))
        for dtype in ("bfloat16", "float16")
    ]
    print(count, *apart, sep=" | ")

# %% reported table=true
labels = np.array([257, 256, 256])
predicted_classes = np.array([256, 257, 256])
print("last layer | 'accuracy' | of predict()")
for dtype in ("mixed_bfloat16", "float32"):
    model = keras.Sequential(
        [
            keras.Input((300,)),
            keras.layers.Identity(dtype="mixed_bfloat16"),
            keras.layers.Activation("softmax", dtype=dtype),
        ]
    )
    model.compile(loss=sparse_loss, metrics=["accuracy"])
    x = np.eye(300)[predicted_classes]
    results = model.evaluate(x, labels, verbose=0, return_dict=True)
    best = model.predict(x, verbose=0).astype("float32").argmax(axis=-1)
    print(
        dtype,
        f"{results['accuracy']:.4f}",
        f"{np.mean(best == labels):.4f}",
        sep=" | ",
    )

# %% loss
row = keras.ops.cast(np.eye(300)[[256]], "bfloat16")
for label in (256, 257):
    y_true = np.array([label])
    loss = keras.losses.sparse_categorical_crossentropy(y_true, row)
    print(f"label {label}: loss {float(loss[0]):.1f}")
