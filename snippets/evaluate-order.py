# %% [markdown]
# # What evaluate returns, and in which order
#
# The model returns its input, so its predictions are the numbers given.

# %% setup
import keras
import numpy as np

x = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]])
y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])


def two_metrics(metrics=None, weighted_metrics=None):
    """Return a model that returns its input."""
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity()]
    )
    model.compile(
        loss="mse",
        metrics=metrics,
        weighted_metrics=weighted_metrics,
        run_eagerly=True,
    )
    return model


# %% reported
model = two_metrics(["mae", "accuracy"])
values = model.evaluate(x, y_true, verbose=0)
print(np.round(values, 4))
print(model.metrics_names)

# %% formula after="reported"
mse = np.mean((y_true - x) ** 2)
mae = np.mean(abs(y_true - x))
accuracy = np.mean(y_true == (x > 0.5))
assert np.allclose(values, [mse, mae, accuracy])
print(f"loss {mse:.4f}, mae {mae:.4f}, accuracy {accuracy:.4f}")

# %% instead
model = two_metrics(["mae", "accuracy"])
results = model.evaluate(x, y_true, verbose=0, return_dict=True)
print(f"{results['accuracy']:.4f}")
print(list(results))

# %% lazy
model = two_metrics(["mae", "accuracy"])
print("before:", model.metrics_names)
results = model.test_on_batch(x, y_true, return_dict=True)
print("after:", model.metrics_names)
print("keys:", list(results))

# %% no-metric
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="binary_crossentropy")
halves = np.full((5, 1), 0.5)
score = model.evaluate(halves, y_true, verbose=0)
assert np.isclose(score, np.log(2))
print(type(score).__name__, f"{score:.4f}")

# %% repeated
model = two_metrics(["accuracy"], weighted_metrics=["accuracy"])
values = model.evaluate(x, y_true, sample_weight=weights, verbose=0)
print(np.round(values, 4))
hits = (y_true == (x > 0.5))[:, 0]
print(f"accuracy {np.mean(hits):.4f}")
print(f"weighted {np.average(hits, weights=weights):.4f}")

# %% named
weighted = keras.metrics.BinaryAccuracy(name="weighted")
model = two_metrics(["accuracy"], weighted_metrics=[weighted])
values = model.evaluate(x, y_true, sample_weight=weights, verbose=0)
print(np.round(values, 4))

# %% tf-keras
import tf_keras

older = tf_keras.Sequential(
    [tf_keras.Input((1,)), tf_keras.layers.Activation("linear")]
)
older.compile(loss="mse", metrics=["mae", "accuracy"], run_eagerly=True)
print("before:", older.metrics_names)
values = older.evaluate(x, y_true, verbose=0)
print("after:", older.metrics_names)
named = dict(zip(older.metrics_names, values, strict=True))
print(f"{named['accuracy']:.4f}")
