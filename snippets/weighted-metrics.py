# %% [markdown]
# # Which metrics see sample weights, and what they do with them
#
# The model multiplies its input by one, so its predictions are the
# numbers given. It is trained with a learning rate of zero.

# %% setup
import keras
import numpy as np

y_true = np.array([0, 1, 2, 1, 0])
y_pred = np.array(
    [
        [0.7, 0.2, 0.1],
        [0.1, 0.8, 0.1],
        [0.5, 0.2, 0.3],
        [0.1, 0.6, 0.3],
        [0.2, 0.5, 0.3],
    ]
)
weights = np.array([0.5, 0.25, 1.0, 2.0, 0.25])


def trainable(**metrics):
    """Return a model that predicts its input."""
    one = keras.layers.Dense(
        3, kernel_initializer="identity", use_bias=False
    )
    model = keras.Sequential([keras.Input((3,)), one])
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer=keras.optimizers.SGD(0.0),
        run_eagerly=True,
        **metrics,
    )
    return model


# %% example
model = trainable(metrics=["accuracy"], weighted_metrics=["accuracy"])
results = model.evaluate(
    y_pred, y_true, sample_weight=weights, verbose=0, return_dict=True
)
print(f"loss:              {results['loss']:.4f}")
print(f"accuracy:          {results['accuracy']:.4f}")
print(f"weighted_accuracy: {results['weighted_accuracy']:.4f}")

# %% without-weights
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"loss:              {results['loss']:.4f}")
print(f"accuracy:          {results['accuracy']:.4f}")
print(f"weighted_accuracy: {results['weighted_accuracy']:.4f}")

# %% calls table=true
data = {"x": y_pred, "y": y_true}
once = {"verbose": 0, "batch_size": 5}
of_class = {0: 0.5, 1: 2.0, 2: 1.0}


def fitted(prefix="", **arguments):
    """Fit, and return the results that begin with the prefix."""
    model = trainable(
        metrics=["accuracy"], weighted_metrics=["accuracy"]
    )
    history = model.fit(**data, **once, **arguments).history
    names = ["accuracy", "weighted_accuracy"]
    return [history[prefix + name][0] for name in names]


def called(method, **arguments):
    """Call a method once."""
    model = trainable(
        metrics=["accuracy"], weighted_metrics=["accuracy"]
    )
    results = getattr(model, method)(
        **data, **arguments, return_dict=True
    )
    return [results["accuracy"], results["weighted_accuracy"]]


W, C = {"sample_weight": weights}, {"class_weight": of_class}
plain = {"validation_data": (y_pred, y_true)}
three = {"validation_data": (y_pred, y_true, weights)}
calls = [
    ("fit(sample_weight=w)", fitted(**W)),
    ("fit(class_weight=c)", fitted(**C)),
    ("val_… of fit(class_weight=c)", fitted("val_", **C, **plain)),
    (
        "val_…, validation_data=(x, y)",
        fitted("val_", **W, **plain),
    ),
    (
        "val_…, validation_data=(x, y, w)",
        fitted("val_", **three),
    ),
    (
        "val_…, validation_split=0.6",
        fitted("val_", **W, validation_split=0.6),
    ),
    ("train_on_batch(sample_weight=w)", called("train_on_batch", **W)),
    ("train_on_batch(class_weight=c)", called("train_on_batch", **C)),
    ("test_on_batch(sample_weight=w)", called("test_on_batch", **W)),
    ("evaluate(sample_weight=w)", called("evaluate", verbose=0, **W)),
]
print("call | metrics | weighted_metrics")
for words, (plain_value, weighted_value) in calls:
    print(
        words, f"{plain_value:.4f}", f"{weighted_value:.4f}", sep=" | "
    )


# %% formula
def like(weights, right):
    """Give weights as many dimensions as right has."""
    weights = np.asarray(weights, "float64")
    if weights.ndim > right.ndim:
        return weights[..., 0]
    missing = right.ndim - weights.ndim
    return weights.reshape(weights.shape + (1,) * missing)


def weighted_metrics(right, sample_weight=None, mask=None):
    """Return what one batch adds, (total, count).

    right: (N,), (N, T) or (N, T, 1); 1 where the prediction is right
    sample_weight: (N,), (N, 1), (N, T) or (N, T, 1); or None
    mask: (N, T), False where there is padding; or None
    """
    right = np.asarray(right, "float64")
    w = np.ones(right.shape)
    if sample_weight is not None:
        w = w * like(sample_weight, right)
    if mask is not None:
        w = w * like(mask, right)
    cells = right[0].size  # of one row
    return np.sum(w * right) / cells, np.sum(w) / cells


def value(total, count):
    """Divide; without any weight Keras reports 0."""
    return total / count if count else 0.0


right = y_true == y_pred.argmax(axis=-1)
by_hand = value(*weighted_metrics(right, weights))
model = trainable(weighted_metrics=["accuracy"])
results = model.evaluate(
    y_pred, y_true, sample_weight=weights, verbose=0, return_dict=True
)
assert np.isclose(by_hand, results["accuracy"])
print(f"{by_hand:.4f}")

# %% formula-class-weight
w = np.array([of_class[label] for label in y_true])
model = trainable(weighted_metrics=["accuracy"])
history = model.fit(
    y_pred, y_true, class_weight=of_class, verbose=0
).history
assert np.isclose(np.sum(w * right) / np.sum(w), history["accuracy"][0])
print(f"{history['accuracy'][0]:.4f}")


# %% two-outputs table=true
def two(weighted):
    """Return a model with two outputs, a and b."""
    inputs = keras.Input((3,))
    outputs = {
        "a": keras.layers.Identity(name="a")(inputs),
        "b": keras.layers.Identity(name="b")(inputs),
    }
    model = keras.Model(inputs, outputs)
    model.compile(
        loss="sparse_categorical_crossentropy",
        weighted_metrics=weighted,
        run_eagerly=True,
    )
    return model


labels_of = {"a": y_true, "b": y_true}
both = {"a": ["accuracy"], "b": ["accuracy"]}
each = {"a": weights, "b": np.ones(5)}
print("weighted_metrics for | sample_weight | a | b")
for words, asked, given, w in [
    ("a and b", both, "an array for each", each),
    ("a and b", both, "one array", weights),
    ("a", {"a": ["accuracy"]}, "one array", weights),
]:
    results = two(asked).test_on_batch(
        y_pred, labels_of, sample_weight=w, return_dict=True
    )
    values = [results.get(f"{name}_accuracy") for name in "ab"]
    values = ["-" if v is None else f"{v:.4f}" for v in values]
    print(words, given, *values, sep=" | ")


# %% spellings table=true
def rows_right(y_true, y_pred):
    """Return for each row whether it is right."""
    best = keras.ops.argmax(y_pred, axis=-1)
    return keras.ops.cast(best, y_true.dtype) == y_true


def value_in_list(where, metric):
    """Return the value and the key."""
    model = trainable(**{where: [metric]})
    results = model.evaluate(**data, **W, verbose=0, return_dict=True)
    key = next(name for name in results if name != "loss")
    return f"{results[key]:.4f}", key


word = "sparse_categorical_accuracy"
own_class = keras.metrics.SparseCategoricalAccuracy
function = keras.metrics.sparse_categorical_accuracy
print("in the list | metrics | weighted_metrics | key")
for words, make in [
    ("'accuracy'", lambda: "accuracy"),
    (f"'{word}'", lambda: word),
    ("SparseCategoricalAccuracy()", own_class),
    ("sparse_categorical_accuracy", lambda: function),
    ("a function of your own, one value per row", lambda: rows_right),
]:
    plain_value, _ = value_in_list("metrics", make())
    weighted_value, key = value_in_list("weighted_metrics", make())
    print(words, plain_value, weighted_value, key, sep=" | ")

# %% keys
model = trainable(
    metrics=["accuracy"], weighted_metrics=["accuracy", function]
)
history = model.fit(
    **data, **W, validation_data=(y_pred, y_true), verbose=0
).history
print(*[key for key in history if "loss" not in key], sep="\n")
