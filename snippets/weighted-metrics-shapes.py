# %% [markdown]
# # Sample weights by hand: shapes, edge values, refusals
#
# Metrics are updated directly, on five rows of fixed predictions.

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


# %% shapes table=true
# 3 rows, 4 steps, 2 classes.
labels = np.array([[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 0, 0]])
ones = np.ones_like(labels)  # all predictions are 1
scores = np.eye(2)[ones]


words_of = {1: "no effect", 3: "by row", 12: "by step"}
words_of[4] = "alike in all rows"


def effect_of(metric, y_true, y_pred, right, w):
    """Say what the weights do, if NumPy agrees."""
    try:
        metric.update_state(y_true, y_pred, sample_weight=w)
    except Exception:
        return "refused"
    w = np.reshape(w, np.shape(w) + (1,) * (2 - np.ndim(w)))
    w = w.reshape(w.shape[:2])
    right = right.reshape(3, -1)
    w_all = np.broadcast_to(w, right.shape)
    expected = np.sum(w_all * right) / np.sum(w_all)
    assert np.isclose(float(metric.result()), expected)
    return words_of[w.size]


per_step = np.array([[1, 0.5, 0, 0], [2, 2, 1, 1], [0, 0, 4, 4]])
per_row = np.array([0.5, 1.0, 4.0])
right = labels == ones
print(
    "sample_weight | values (N,), one per row"
    " | values (N, T), one per step | values (N, T, 1)"
)
for words, w in [
    ("one number", 0.5),
    ("(N,)", per_row),
    ("(N, 1)", per_row[:, None]),
    ("(N, T)", per_step),
    ("(N, T, 1)", per_step[..., None]),
    ("(1, T)", per_step[:1]),
    ("(T,)", per_step[0]),
]:
    sparse = keras.metrics.SparseCategoricalAccuracy
    binary = keras.metrics.BinaryAccuracy
    row = [labels[:, 1], scores[:, 1], right[:, 1]]
    steps = [labels, scores, right]
    column = [labels[..., None], ones[..., None], right]
    print(
        words,
        effect_of(sparse(), *row, w),
        effect_of(sparse(), *steps, w),
        effect_of(binary(), *column, w),
        sep=" | ",
    )

# %% dtypes table=true
metric = keras.metrics.SparseCategoricalAccuracy()
print("sample_weight | value | dtype of the result")
for dtype in ["bool", "int8", "int64", "float16", "float64"]:
    metric.reset_state()
    w = np.array([1, 0, 1, 1, 0], dtype)
    metric.update_state(y_true, y_pred, sample_weight=w)
    result = metric.result()
    kind = keras.backend.standardize_dtype(result.dtype)
    print(dtype, f"{float(result):.4f}", kind, sep=" | ")

# %% metric-dtype table=true
print("dtype of the metric | total | count | value")
for dtype in ["float16", "float32", "float64"]:
    own = keras.metrics.SparseCategoricalAccuracy(dtype=dtype)
    own.update_state(
        y_true[:3], y_pred[:3], sample_weight=np.full(3, 0.1)
    )
    numbers = [*own.variables, own.result()]
    print(dtype, *[f"{float(n):.10f}" for n in numbers], sep=" | ")

# %% edge table=true
print("weights | total | count | value")
for words, w in [
    ("all zero", [0, 0, 0, 0, 0]),
    ("fractions", [0.125, 0.125, 0.25, 0.5, 0]),
    ("negative", [1, 1, -1, 0, 0]),
    ("negative, sum zero", [1, 0, -1, 0, 0]),
    ("one is NaN", [1, np.nan, 1, 1, 1]),
    ("one is infinite", [1, np.inf, 1, 1, 1]),
]:
    metric.reset_state()
    metric.update_state(y_true, y_pred, sample_weight=np.array(w))
    numbers = [*metric.variables, metric.result()]
    print(words, *[f"{float(n):.4g}" for n in numbers], sep=" | ")

# %% nan-prediction
unknown = y_pred.copy()
unknown[2] = np.nan
metric.reset_state()
metric.update_state(
    y_true, unknown, sample_weight=np.array([1, 1, 0, 1, 1])
)
print(f"{float(metric.result()):.4f}")

# %% one-number
for rows in (4, 1):
    metric.reset_state()
    metric.update_state(y_true[:rows], y_pred[:rows], sample_weight=0.5)
    print(f"{rows} rows add to count: {float(metric.variables[1])}")


# %% one-value
def right_share(y_true, y_pred):
    """Return one number for a batch."""
    right = keras.metrics.sparse_categorical_accuracy(y_true, y_pred)
    return keras.ops.mean(right)


model = trainable(metrics=[right_share])
results = model.evaluate(
    y_pred, y_true, batch_size=4, verbose=0, return_dict=True
)
print(f"batches of 4 and 1: {results['right_share']:.4f}")

# %% by-rows
print(f"{np.mean(y_true == y_pred.argmax(axis=-1)):.4f}")


# %% own-class
class Rows(keras.metrics.Metric):
    """Count rows; it knows nothing of weights."""

    def update_state(self, y_true, y_pred):
        """Count nothing; the call is refused before that."""


# %% own-class-refused
for place in ["metrics", "weighted_metrics"]:
    try:
        model = trainable(**{place: [Rows()]})
        model.evaluate(y_pred, y_true, verbose=0)
        print(f"{place}: accepted")
    except TypeError as error:
        print(f"{place}: {error}")

# %% bare-string raises="ValueError"
trainable(weighted_metrics="accuracy")

# %% both raises="ValueError"
model = trainable(weighted_metrics=["accuracy"])
model.fit(
    y_pred,
    y_true,
    sample_weight=np.ones(5),
    class_weight={0: 2.0},
    verbose=0,
)


# %% class-weight-labels table=true
def with_class_weight(y_true, y_pred, loss):
    """Weight class 0 three times, and report."""
    model = keras.Sequential(
        [
            keras.Input(y_pred.shape[1:]),
            keras.layers.Dense(
                y_pred.shape[-1],
                kernel_initializer="identity",
                use_bias=False,
            ),
        ]
    )
    model.compile(
        loss=loss,
        optimizer=keras.optimizers.SGD(0.0),
        weighted_metrics=["accuracy"],
        run_eagerly=True,
    )
    try:
        history = model.fit(
            y_pred, y_true, class_weight={0: 3.0}, verbose=0
        ).history
    except Exception as error:
        return f"refused: {type(error).__name__}"
    return f"{history['accuracy'][0]:.4f}"


steps = np.stack([y_pred] * 4, axis=1)
labels = np.stack([y_true] * 4, axis=1)
sparse = "sparse_categorical_crossentropy"
print("y_true | weighted accuracy, class 0 counts three times")
for words, true, pred, loss in [
    ("(N,) class numbers", y_true, y_pred, sparse),
    ("(N, 1) class numbers", y_true[:, None], y_pred, sparse),
    (
        "(N, K) one-hot",
        np.eye(3)[y_true],
        y_pred,
        "categorical_crossentropy",
    ),
    ("(N, T) class numbers", labels, steps, sparse),
    (
        "(N, T, K) one-hot",
        np.eye(3)[labels],
        steps,
        "categorical_crossentropy",
    ),
]:
    print(words, with_class_weight(true, pred, loss), sep=" | ")

# %% class-weight-steps
labels = np.stack([y_true] * 4, axis=1)  # four steps
of_class = np.array([3.0, 1.0, 1.0])
sample_weight = of_class[labels]  # (N, T), as the labels

# %% class-weight-steps-value
model = keras.Sequential([keras.Input((4, 3)), keras.layers.Identity()])
model.compile(loss=sparse, weighted_metrics=["accuracy"])
results = model.evaluate(
    steps,
    labels,
    sample_weight=sample_weight,
    verbose=0,
    return_dict=True,
)
right = labels == steps.argmax(axis=-1)
assert np.isclose(
    results["accuracy"],
    np.sum(sample_weight * right) / np.sum(sample_weight),
)
print(f"{results['accuracy']:.4f}")
