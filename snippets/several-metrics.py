# %% [markdown]
# # Several metrics at once: their keys, and the order of the list
#
# The models have one output, and return their input. So their
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


# %% example
model = compiled(["mae", "accuracy", BinaryAccuracy(threshold=0.65)])
print(as_dict(model))
print(as_list(model))
print(model.metrics_names)

# %% reported
model = compiled(metrics=["accuracy"], weighted=["accuracy"])
print(as_dict(model))
print(as_list(model))

# %% formula-weighted
hits = (y_true == (y_pred > 0.5))[:, 0]
print(f"accuracy {np.mean(hits):.4f}")
print(f"weighted {np.average(hits, weights=weights):.4f}")

# %% weighted-only
model = compiled(weighted=["accuracy"])
print(as_dict(model))
print(as_list(model))


# %% formula
def keys(metrics, weighted=()):
    """Give a key to every metric, from their names."""
    taken, given = {}, []

    def give(name):
        count = taken.get(name, 0)
        taken[name] = count + 1
        given.append(f"{name}_{count}" if count else name)

    for name in metrics:
        give(name)
    for name in weighted:
        give(f"weighted_{name}" if name in taken else name)
    return given


def listed(metrics, weighted, results):
    """Put results into the order of the list that evaluate returns."""
    names = ["loss", *metrics, *weighted]
    found = [results[name] for name in names if name in results]
    rest = [results[key] for key in sorted(results) if key not in names]
    return found + rest


def named(names):
    """Make a metric for each name, neighbours with other values."""
    return [
        BinaryAccuracy(name=name, threshold=0.1 + 0.2 * place)
        for place, name in enumerate(names)
    ]


for metrics, weighted in (
    (["a", "b"], []),
    (["a"], ["a"]),
    (["a", "a", "b"], ["a", "b", "a"]),
    (["a", "a", "a"], ["a", "a", "a"]),
    (["a"], ["weighted_a", "a"]),
):
    model = compiled(named(metrics), named(weighted))
    results = evaluate(model, as_dict=True)
    assert set(results) == {"loss", *keys(metrics, weighted)}
    values = evaluate(model, as_dict=False)
    assert np.allclose(values, listed(metrics, weighted, results))
    print(metrics, weighted)
    print("   ->", *keys(metrics, weighted))

# %% twice
half, high = BinaryAccuracy(), BinaryAccuracy(threshold=0.65)
model = compiled([half, high])
print(as_dict(model))
print(as_list(model))

# %% instead
model = compiled(
    [
        BinaryAccuracy(name="half"),
        BinaryAccuracy(name="high", threshold=0.65),
    ],
    [BinaryAccuracy(name="half_weighted")],
)
print(as_dict(model))
print(as_list(model))

# %% documented
import inspect
from keras.src.trainers.trainer import Trainer

print(inspect.getdoc(Trainer.evaluate).split("\n\n")[-1])

# %% returned table=true
print("metrics | evaluate returns")
for metrics in (None, [], ["accuracy"], ["accuracy", "mae"]):
    value = evaluate(compiled(metrics), as_dict=False)
    size = f" of {len(value)}" if isinstance(value, list) else ""
    print(metrics, type(value).__name__ + size, sep=" | ")

# %% returned-types
print(*{type(number).__name__ for number in value})
