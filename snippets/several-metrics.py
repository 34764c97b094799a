# %% [markdown]
# # Several metrics at once: keys, order, and names that clash
#
# The models return their input, so their predictions are the numbers
# given.

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

# %% weighted
model = compiled(metrics=["accuracy"], weighted=["accuracy"])
print(as_dict(model))
print(as_list(model))

# %% weighted-by-hand
hits = (y_true == (y_pred > 0.5))[:, 0]
print(f"accuracy {np.mean(hits):.4f}")
print(f"weighted {np.average(hits, weights=weights):.4f}")

# %% weighted-only
model = compiled(weighted=["accuracy"])
print(as_dict(model))
print(as_list(model))


# %% numpy
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

# %% named
model = compiled(
    [
        BinaryAccuracy(name="half"),
        BinaryAccuracy(name="high", threshold=0.65),
    ],
    [BinaryAccuracy(name="half_weighted")],
)
print(as_dict(model))
print(as_list(model))

# %% history
model = keras.Sequential(
    [
        keras.Input((1,)),
        keras.layers.Dense(1, kernel_initializer="ones"),
    ]
)
model.compile(
    loss="mse",
    optimizer=keras.optimizers.SGD(learning_rate=0.0),
    metrics=["mae", "accuracy"],
    weighted_metrics=["accuracy"],
)
fitted = model.fit(
    y_pred,
    y_true,
    sample_weight=weights,
    validation_data=(y_pred, y_true),
    epochs=2,
    verbose=0,
)
for key, values in fitted.history.items():
    print(key, np.round(values, 4).tolist())

# %% validation-weights
fitted = model.fit(
    y_pred,
    y_true,
    sample_weight=weights,
    validation_data=(y_pred, y_true, weights),
    epochs=1,
    verbose=0,
)
print(f"{fitted.history['val_weighted_accuracy'][0]:.4f}")


# %% key-error
def history(metric, *callbacks):
    """Train with one metric, and return the history."""
    model.compile(
        loss="mse",
        optimizer=keras.optimizers.SGD(learning_rate=0.0),
        metrics=[metric],
    )
    return model.fit(
        y_pred,
        y_true,
        validation_data=(y_pred, y_true),
        callbacks=callbacks,
        verbose=0,
    ).history


for metric in ("accuracy", "acc", "binary_accuracy"):
    print(f"{metric}:", *history(metric))
try:
    history("accuracy")["acc"]
except KeyError as error:
    print("KeyError:", error)

# %% monitor
import textwrap
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    stopper = keras.callbacks.EarlyStopping("val_acc", mode="max")
    history("accuracy", stopper)
for warning in caught:
    print(textwrap.fill(f"{warning.message}", 68))
try:
    history("accuracy", keras.callbacks.EarlyStopping("val_acc"))
except ValueError as error:
    print(textwrap.fill(f"ValueError: {error}", 68))

# %% documented
import inspect
from keras.src.trainers.trainer import Trainer

print(inspect.getdoc(Trainer.evaluate).split("\n\n")[-1])

# %% lazy
model = compiled(["mae", "accuracy"])
print("metrics_names:", model.metrics_names)
print("metrics inside:", model.metrics[1].metrics)
try:
    model.get_metrics_result()
except ValueError as error:
    print(error)

# %% after-a-batch
results = model.test_on_batch(y_pred, y_true, return_dict=True)
print("test_on_batch:", list(results))
print("metrics_names:", model.metrics_names)
print("metrics inside:", [m.name for m in model.metrics[1].metrics])
print("get_metrics_result:", list(model.get_metrics_result()))

# %% returned
print("metrics | evaluate returns")
for metrics in (None, [], ["accuracy"], ["accuracy", "mae"]):
    value = evaluate(compiled(metrics), as_dict=False)
    size = f" of {len(value)}" if isinstance(value, list) else ""
    print(metrics, type(value).__name__ + size, sep=" | ")

# %% returned-types
print(*{type(number).__name__ for number in value})

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

# %% outputs
inputs = keras.Input((1,))
model = keras.Model(
    inputs,
    {
        "second": keras.layers.Identity(name="second")(inputs),
        "first": keras.layers.Identity(name="first")(inputs),
    },
)
model.compile(
    loss="mse",
    metrics={
        "second": ["mae", "accuracy"],
        "first": ["mae", "accuracy"],
    },
)
both = {"second": 1 - y_true, "first": y_true}
results = model.evaluate(y_pred, both, verbose=0, return_dict=True)
values = model.evaluate(y_pred, both, verbose=0)
by_value = {value: key for key, value in results.items()}
assert len(by_value) == len(results)
for value in values:
    print(f"{value:.4f} {by_value[value]}")

# %% outputs-structures
first = model.get_layer("first").output
second = model.get_layer("second").output


def keys_of(outputs, metrics, weighted=None):
    """Return the keys for a model with these outputs."""
    model = keras.Model(inputs, outputs)
    labels = keras.tree.map_structure(lambda _: y_true, outputs)
    try:
        model.compile(
            loss="mse", metrics=metrics, weighted_metrics=weighted
        )
        results = model.test_on_batch(y_pred, labels, return_dict=True)
    except ValueError:
        return "refused"
    return ", ".join(key for key in results if "loss" not in key)


print("metrics= | outputs [second, first] | the same in a dict")
for metrics in (
    ["accuracy", "mae"],
    [["accuracy", "mae"], ["accuracy", "mae"]],
    ["accuracy"],
    {"first": "accuracy"},
    {"first": "accuracy", "third": "mae"},
):
    row = [
        keys_of(outputs, metrics)
        for outputs in (
            [second, first],
            {"second": second, "first": first},
        )
    ]
    print(metrics, *row, sep=" | ")

# %% outputs-weighted
print(
    keys_of(
        [second, first],
        {"first": "mae"},
        {"first": ["mae", "mae"], "second": "mae"},
    )
)

# %% structures
print("metrics= | keys besides the loss")
for metrics in (
    ["accuracy", "mae"],
    ("accuracy", "mae"),
    [["accuracy"], ["mae"]],
    {"no such output": ["accuracy", "mae"]},
    {"b": "accuracy", "a": "mae"},
    "accuracy",
    BinaryAccuracy(),
    [None],
    ["accuracy", "no such metric"],
):
    when = "compile"
    try:
        model = compiled(metrics)
        when = "the first batch"
        as_list(model)
        names = [metric.name for metric in model.metrics[1].metrics]
        outcome = ", ".join(names)
    except ValueError as error:
        message = str(error).split(" Received instead")[0]
        outcome = f"error at {when}: {message}"
    print(repr(metrics), outcome, sep=" | ")

# %% spellings
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
