# %% [markdown]
# # Which output is the largest: ties and NaN
#
# The model returns its input, so its predictions are the numbers given.

# %% setup
import keras
import numpy as np

name = "sparse_categorical_accuracy"


# %% edge-values table=true
def counted_by(model, row, labels):
    """Return the class the model's metric counts as right."""
    values = [
        model.test_on_batch(np.array([row]), label[None])[1]
        for label in labels
    ]
    return np.flatnonzero(values).item()


nan, inf = np.nan, np.inf
models = []
for jit_compile in (False, True):
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Identity()]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        metrics=[name],
        jit_compile=jit_compile,
    )
    models.append(model)
print("scores | counted as class | with jit_compile=True")
for row in [
    [0.2, 0.4, 0.4],
    [0.0, 0.0, 0.0],
    [0.5, nan, 0.3],
    [nan, nan, nan],
    [1.0, inf, inf],
    [-inf, -inf, -inf],
    [-0.0, 0.0, -1.0],
]:
    print(
        ", ".join(str(score) for score in row),
        *[counted_by(model, row, np.arange(3)) for model in models],
        sep=" | ",
    )
