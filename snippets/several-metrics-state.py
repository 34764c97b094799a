# %% [markdown]
# # Metrics before the first batch, and metrics that are used twice
#
# Keras makes metrics when the first batch arrives. An object keeps
# what it has counted. The models return their input, so their
# predictions are the numbers given.

# %% setup
import keras
import numpy as np

y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]])
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])
BinaryAccuracy = keras.metrics.BinaryAccuracy


def compiled(metrics=None, weighted=None):
    """Return a model that returns its input."""
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity()]
    )
    model.compile(
        loss="mse",
        metrics=metrics,
        weighted_metrics=weighted,
        run_eagerly=True,
    )
    return model


def evaluate(model, as_dict):
    """Evaluate on the five rows and their weights."""
    return model.evaluate(
        y_pred,
        y_true,
        sample_weight=weights,
        verbose=0,
        return_dict=as_dict,
    )


def as_dict(model):
    """Return the results by key, as Keras orders them."""
    results = evaluate(model, as_dict=True)
    return {key: round(value, 4) for key, value in results.items()}


def as_list(model):
    """Return the results as a list."""
    return np.round(evaluate(model, as_dict=False), 4).tolist()


# %% lazy
model = compiled(["mae", "accuracy"])
print("metrics_names:", model.metrics_names)
print("metrics inside:", model.metrics[1].metrics)
try:
    model.get_metrics_result()
except ValueError as error:
    print(error)

# %% after-a-batch after="lazy"
results = model.test_on_batch(y_pred, y_true, return_dict=True)
print("test_on_batch:", list(results))
print("metrics_names:", model.metrics_names)
print("metrics inside:", [m.name for m in model.metrics[1].metrics])
print("get_metrics_result:", list(model.get_metrics_result()))

# %% same-object
metric = BinaryAccuracy()
print(as_dict(compiled([metric], [metric])))

# %% used-before
metric = BinaryAccuracy()
for _ in range(2):
    model = compiled([metric])
    values = [
        model.evaluate(y_pred, labels, verbose=0)[1]
        for labels in (y_true, 1 - y_true)
    ]
    print(np.round(values, 4).tolist())
