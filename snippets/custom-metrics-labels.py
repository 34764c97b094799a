# %% [markdown]
# # A metric of your own: the labels that it gets
#
# They keep their shape, so labels without a column are compared with
# every prediction. The model returns its input, so its predictions are
# the numbers given.

# %% setup
import keras
import numpy as np
from keras import ops

y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]], "float32")
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])


def in_batches(
    metric, labels=y_true, batch_size=2, weighted=False, eager=True
):
    """Evaluate a model that returns its input, in small batches."""
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity()]
    )
    place = "weighted_metrics" if weighted else "metrics"
    model.compile(loss="mse", run_eagerly=eager, **{place: [metric]})
    results = model.evaluate(
        y_pred,
        labels,
        batch_size=batch_size,
        sample_weight=weights if weighted else None,
        verbose=0,
        return_dict=True,
    )
    del results["loss"]
    return {key: round(value, 4) for key, value in results.items()}


# %% reported
def hit_each(y_true, y_pred):
    """Return one number a row."""
    return ops.equal(y_true, ops.cast(y_pred > 0.5, "float32"))


flat = y_true[:, 0]  # labels (5,), predictions (5, 1)
print(hit_each(flat, y_pred).shape)
print("(5, 1):", in_batches(hit_each, y_true, batch_size=5))
print("(5,):  ", in_batches(hit_each, flat, batch_size=5))
print("by hand, (5,):", np.mean(flat == (y_pred > 0.5)))


# %% instead after="reported"
def hit_safe(y_true, y_pred):
    """Return one number a row, for labels (N,) and (N, 1)."""
    y_true = ops.reshape(y_true, ops.shape(y_pred))
    return ops.equal(y_true, ops.cast(y_pred > 0.5, y_true.dtype))


for labels in (y_true, flat):
    print(labels.shape, in_batches(hit_safe, labels, batch_size=5))
print(in_batches("binary_accuracy", flat, batch_size=5))

# %% seen table=true
print("labels given | y_true | its dtype | y_pred | its dtype")
for labels in (
    y_true,
    flat,
    flat.astype("float16"),
    flat.astype("int64"),
    flat.astype("uint8"),
    flat.astype("bool"),
):
    seen = []

    def look(y_true, y_pred, seen=seen):
        seen += [y_true.shape, y_true.dtype.name]
        seen += [y_pred.shape, y_pred.dtype.name]
        return ops.zeros(())

    in_batches(look, labels, eager=False)
    print(labels.shape, labels.dtype, end=" | ", sep=", ")
    print(*seen[-4:], sep=" | ")
