# %% [markdown]
# # Names of metrics: spellings, numbers, and results that are lost
#
# The key of a metric is its name. The models return their input, so
# their predictions are the numbers given.

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


# %% spellings table=true
print("metrics=[…] | key")
for words, metric in (
    ("'accuracy'", "accuracy"),
    ("'acc'", "acc"),
    ("'binary_accuracy'", "binary_accuracy"),
    ("'BinaryAccuracy'", "BinaryAccuracy"),
    (
        "keras.metrics.binary_accuracy",
        keras.metrics.binary_accuracy,
    ),
    ("keras.metrics.BinaryAccuracy", BinaryAccuracy),
    ("keras.metrics.BinaryAccuracy()", BinaryAccuracy()),
    (
        "keras.metrics.BinaryAccuracy(name='mine')",
        BinaryAccuracy(name="mine"),
    ),
    ("'mae'", "mae"),
    ("keras.metrics.MeanAbsoluteError()", keras.metrics.get("mae")),
):
    key = next(
        key for key in as_dict(compiled([metric])) if key != "loss"
    )
    print(words, key, sep=" | ")

# %% numbered
for _ in range(2):
    metrics = [
        keras.metrics.Precision(),
        keras.metrics.Recall(),
        keras.metrics.AUC(),
        BinaryAccuracy(),
    ]
    print(list(as_dict(compiled(metrics))))
model = compiled([keras.metrics.Precision(name="precision")])
print(list(as_dict(model)))

# %% overwritten
thresholds = {"first": 0.65, "second": 0.5, "third": 0.95}
for words, threshold in thresholds.items():
    value = as_dict(compiled([BinaryAccuracy(threshold=threshold)]))
    print(words, value["binary_accuracy"])
model = compiled(
    [
        BinaryAccuracy(name=name, threshold=threshold)
        for name, threshold in zip(
            ["a", "a", "a_1"], thresholds.values(), strict=True
        )
    ]
)
print(as_dict(model))


# %% called-loss
def loss(y_true, y_pred):
    """Compute a metric that has the name of the loss."""
    return keras.ops.abs(y_true - y_pred)


print(as_dict(compiled(["mae"])))
print(as_dict(compiled([loss])))
print(as_list(compiled([loss])))
