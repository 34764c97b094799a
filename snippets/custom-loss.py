# %% [markdown]
# # A custom loss, and the accuracy to ask for
#
# The model returns its input, so its predictions are the numbers in
# `scores`.

# %% setup
import keras
import numpy as np

labels = np.array([0, 1, 2, 1, 2])
scores = np.array(
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
def own_loss(y_true, y_pred):
    """Do what the built-in loss does."""
    return keras.losses.sparse_categorical_crossentropy(y_true, y_pred)


model.compile(
    "sgd", loss=own_loss, metrics=["sparse_categorical_accuracy"]
)
value = model.evaluate(scores, labels, verbose=0)[1]
print(f"{value:.4f}")

# %% reported after="instead" table=true
print("loss | value of the loss | 'accuracy' becomes | its value")
for loss in ["sparse_categorical_crossentropy", own_loss]:
    model.compile(loss=loss, metrics=["accuracy"])
    got = model.evaluate(scores, labels, verbose=0, return_dict=True)
    print(
        loss if isinstance(loss, str) else "own_loss",
        f"{got['loss']:.4f}",
        type(model.metrics[1].metrics[0]).__name__,
        f"{got['accuracy']:.4f}",
        sep=" | ",
    )

# %% formula after="reported"
right_rows = np.mean(scores.argmax(axis=-1) == labels)
assert np.isclose(right_rows, got["accuracy"])
print(f"{right_rows:.4f}")
