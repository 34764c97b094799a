# %% [markdown]
# # Metrics in lists and dicts, for several outputs and for one
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

# %% outputs-structures after="outputs" table=true
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

# %% outputs-inside after="outputs-structures"
third = keras.layers.Identity(name="third")(inputs)
for inside in (
    {"second": second, "third": third},
    {"second": second},
):
    outputs = {"first": first, "inside": inside}
    metrics = keras.tree.map_structure(lambda _: "accuracy", outputs)
    labels = keras.tree.map_structure(lambda _: y_true, outputs)
    model = keras.Model(inputs, outputs)
    model.compile(loss="mse", metrics=metrics)
    try:
        model.evaluate(y_pred, labels, verbose=0)
        print("taken:", metrics)
    except ValueError as error:
        print(error)

# %% structures table=true
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
