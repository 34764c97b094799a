# %% [markdown]
# # Top-k accuracy of one-hot labels
#
# The models return their input, so their predictions are the scores
# given.

# %% setup
import inspect
import textwrap

import keras
import numpy as np

TopK = keras.metrics.TopKCategoricalAccuracy


def no_loss(y_true, y_pred):
    """Fit every pair of shapes."""
    return keras.ops.zeros((1,))


def prepared(shape, metric, run_eagerly=True, jit_compile=False):
    """Return a model that returns its input, with one metric."""
    model = keras.Sequential(
        [keras.Input(shape), keras.layers.Identity()]
    )
    model.compile(
        loss=no_loss,
        metrics=[metric],
        run_eagerly=run_eagerly,
        jit_compile=jit_compile,
    )
    return model


def value_by(model, y_true, y_pred):
    """Evaluate, and return the value of the metric."""
    _, value = model.evaluate(y_pred, y_true, verbose=0)
    return f"{value:.4f}"


def value_of(y_true, y_pred, metric, run_eagerly=True):
    """Return that value for a model of its own."""
    model = prepared(y_pred.shape[1:], metric, run_eagerly)
    return value_by(model, y_true, y_pred)


# %% signature
for called in (
    keras.metrics.top_k_categorical_accuracy,
    keras.metrics.TopKCategoricalAccuracy,
):
    print(f"{called.__name__}{inspect.signature(called)}")

# %% example table=true
y_true = np.eye(6)[[0, 1, 2, 3]]  # one-hot, the classes 0, 1, 2, 3
y_pred = np.array(
    [
        [0.50, 0.20, 0.12, 0.09, 0.05, 0.04],  # class 0 comes first
        [0.40, 0.30, 0.15, 0.08, 0.04, 0.03],  # class 1 is second
        [0.30, 0.25, 0.08, 0.20, 0.10, 0.07],  # class 2 is fifth
        [0.35, 0.25, 0.20, 0.01, 0.10, 0.09],  # class 3 is last
    ],
    dtype="float32",
)
print("k | value")
for k in (1, 2, 3, 4, 5, 6):
    print(k, value_of(y_true, y_pred, TopK(k=k)), sep=" | ")


# %% formula after="example"
def top_k_categorical_accuracy(y_true, y_pred, k=5):
    """Score every row, or step: both are (N, K) or (N, T, K)."""
    y_true, y_pred = np.float32(y_true), np.float32(y_pred)
    tiny = np.finfo("float32").tiny
    y_pred = np.where(abs(y_pred) < tiny, 0, y_pred)
    label = y_true.argmax(axis=-1)[..., None]  # the first largest
    score = np.take_along_axis(y_pred, label, axis=-1)
    larger = (y_pred > score).sum(axis=-1)
    usable = np.isfinite(y_pred).all(axis=-1)
    return usable & (larger < k)


for k in (1, 2, 5, 6):
    ours = top_k_categorical_accuracy(y_true, y_pred, k)
    theirs = keras.metrics.top_k_categorical_accuracy(y_true, y_pred, k)
    assert np.array_equal(ours, theirs)
    print(k, ours)

# %% five-classes
wrong = np.array([[0.9, 0.1, 0.0]] * 4, dtype="float32")
labels = np.eye(3)[[2, 2, 2, 2]]
for metric in ("top_k_categorical_accuracy", "categorical_accuracy"):
    print(metric, value_of(labels, wrong, metric))

# %% large-k table=true
print("k | value")
for k in (-1, 0, 6, 7, 100):
    print(k, value_of(y_true, y_pred, TopK(k=k)), sep=" | ")

# %% ties table=true
tied = np.array([[0.4, 0.2, 0.2, 0.2, 0.0, 0.0]] * 6, "float32")
print("true class | its score | k=1 | k=2 | k=3 | k=4 | k=5")
hits = [
    keras.metrics.top_k_categorical_accuracy(np.eye(6), tied, k)
    for k in (1, 2, 3, 4, 5)
]
for number in range(6):
    row = ["yes" if hit[number] else "no" for hit in hits]
    print(number, tied[number, number], *row, sep=" | ")

# %% saturated table=true
print("every row of y_pred | categorical_accuracy | k=1 | k=2")
for row in (
    [0.5, 0.3, 0.2],
    [1.0, 0.0, 0.0],
    [1.0, 1e-39, 2e-39],
    [0.0, 0.0, 0.0],
):
    scores = np.array([row] * 3, dtype="float32")
    values = [
        value_of(np.eye(3), scores, metric)
        for metric in ("categorical_accuracy", TopK(k=1), TopK(k=2))
    ]
    print(row, *values, sep=" | ")

# %% not-finite table=true
nan, inf = float("nan"), float("inf")
models = [
    prepared((3,), TopK(k=2), not jit, jit) for jit in (False, True)
]
print("y_pred, true class 1 | larger scores | k=2 | with XLA")
for row in (
    [0.3, 0.5, 0.2],
    [-inf, 0.5, 0.2],
    [nan, 0.5, 0.2],
    [inf, 0.5, 0.2],
    [0.3, inf, 0.2],
    [0.3, nan, 0.2],
    [nan, nan, nan],
):
    scores = np.array([row], dtype="float32")
    label, larger = np.eye(3)[[1]], (scores > scores[0, 1]).sum()
    values = [value_by(model, label, scores) for model in models]
    print(row, larger, *values, sep=" | ")

# %% masked
logits = np.array([[2.0, 1.0, 0.5], [1.0, 3.0, 0.2]], "float32")
labels = np.eye(3)[[1, 1]]
for mask in (-np.inf, -1e9):
    masked = np.where([True, True, False], logits, mask)
    print(mask, value_of(labels, masked, TopK(k=2)))

# %% documented
import tensorflow as tf

print(tf.math.in_top_k.__doc__.split("\n\n")[1])

# %% multi-hot
several = np.array([[0, 0, 1, 1, 0], [1, 0, 0, 0, 1], [0, 1, 1, 1, 0]])
scores = np.array(
    [
        [0.1, 0.2, 0.0, 0.9, 0.3],
        [0.0, 0.3, 0.2, 0.1, 0.9],
        [0.1, 0.8, 0.7, 0.2, 0.3],
    ],
    dtype="float32",
)
best = np.argsort(-scores, axis=-1)[:, :2]
marked = np.take_along_axis(several, best, axis=-1)
print("top_k_categorical_accuracy:", end=" ")
print(value_of(several, scores, TopK(k=2)))
print(
    f"rows with a label among the 2: {marked.any(axis=-1).mean():.4f}"
)
print(f"precision of the 2: {marked.mean():.4f}")
print(f"recall of the 2: {marked.sum() / several.sum():.4f}")

# %% other-labels table=true
print("label row | class it stands for | value at k=1")
for row in (
    [0, 1, 0],
    [0.1, 0.6, 0.3],
    [0, 1, 1],
    [0, 0.5, 0.5],
    [0.5, 0.500000001, 0],
    [0, 0, 0],
    [-1, -1, -1],
):
    values = [
        keras.metrics.top_k_categorical_accuracy([row], [guess], k=1)[0]
        for guess in np.eye(3).tolist()
    ]
    number = int(np.argmax(values))
    guess = np.eye(3, dtype="float32")[[number]]
    value = value_of(np.array([row]), guess, TopK(k=1))
    print(row, number, value, sep=" | ")

# %% ranks table=true
generator = np.random.default_rng(3)
print("y_true and y_pred | the function returns | value by the class")
for shape in ((4, 3), (4, 7, 3), (4, 5, 7, 3)):
    scores = generator.random(shape).astype("float32")
    labels = np.eye(3)[generator.integers(0, 3, shape[:-1])]
    values = keras.metrics.top_k_categorical_accuracy(
        labels, scores, k=2
    )
    mean = f"{np.mean(values):.4f}"
    assert value_of(labels, scores, TopK(k=2)) == mean
    print(shape, tuple(values.shape), mean, sep=" | ")


# %% classes-vary table=true
def batches_of_one_hot(shape):
    """Yield rows of three classes, then rows of six, all right."""
    for classes in (3, 6):
        labels = np.eye(classes)[generator.integers(0, classes, shape)]
        yield labels.astype("float32"), labels


print("y_pred | metric | as usual | with run_eagerly=True")
for shape in ((4,), (4, 7)):
    for make in (keras.metrics.CategoricalAccuracy, TopK):
        row = []
        for eager in (False, True):
            model = keras.Sequential(
                [
                    keras.Input((*shape[1:], None)),
                    keras.layers.Identity(),
                ]
            )
            model.compile(
                loss=no_loss, metrics=[make()], run_eagerly=eager
            )
            try:
                results = model.evaluate(
                    batches_of_one_hot(shape), steps=2, verbose=0
                )
                row.append(results[1])
            except Exception as error:
                row.append(type(error).__name__)
        words = f"({', '.join(map(str, shape))}, 3), then 6 classes"
        print(words, make.__name__, *row, sep=" | ")

# %% returned-dtype
for floatx in ("float16", "float32"):
    keras.config.set_floatx(floatx)
    values = keras.metrics.top_k_categorical_accuracy(y_true, y_pred)
    print(floatx, keras.backend.standardize_dtype(values.dtype))

# %% dtypes table=true
print("dtype of y_pred | categorical_accuracy | top-k, k=2")
for dtype in ("float32", "float64", "float16", "bfloat16", "int32"):
    scores = keras.ops.cast(y_pred * 100, dtype)
    row = []
    for function in (
        keras.metrics.categorical_accuracy,
        lambda *both: keras.metrics.top_k_categorical_accuracy(
            *both, k=2
        ),
    ):
        try:
            row.append(f"{np.mean(function(y_true, scores)):.4f}")
        except Exception as error:
            row.append(type(error).__name__)
    print(dtype, *row, sep=" | ")

# %% half-precision after="example"
for last in ("mixed_float16", "float32"):
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(
                6, kernel_initializer="identity", dtype="mixed_float16"
            ),
            keras.layers.Activation("softmax", dtype=last),
        ]
    )
    model.compile(loss="categorical_crossentropy", metrics=[TopK(k=2)])
    try:
        value = model.evaluate(y_pred, y_true, verbose=0)[1]
        print(f"last layer {last}: {value}")
    except TypeError as error:
        print(f"last layer {last}:")
        print(textwrap.fill(str(error), 66))

# %% standalone
scores = np.array([[0.1, 0.2, 0.7], [0.6, 0.3, 0.1]])
labels = np.array([[0, 1, 0], [0, 1, 0]])
try:
    keras.metrics.top_k_categorical_accuracy(labels, scores, k=2)
except Exception as error:
    message = str(error).split(" as ")[1].split(" [")[0]
    print(type(error).__name__, textwrap.fill(message, 68), sep="\n")
hits = keras.metrics.top_k_categorical_accuracy(
    labels, scores.astype("float32"), k=2
)
print(hits.numpy())

# %% wrong-shapes table=true
print("y_true | y_pred | outcome")
for labels, outputs in (
    (np.eye(4, 2), (4, 6)),
    (np.eye(4, 9, k=5), (4, 6)),
    (np.eye(4, 6), (4, 1)),
    (np.eye(4, 6), (4,)),
    (np.ones((4, 3, 6)), (4, 6)),
    (np.eye(4, 6), (4, 3, 6)),
):
    scores = np.resize(y_pred, outputs)
    try:
        outcome = value_of(labels, scores, TopK(k=2), False)
    except Exception as error:
        outcome = type(error).__name__
    print(labels.shape, outputs, outcome, sep=" | ")

# %% class-numbers after="example"
classes = np.array([0, 1, 2, 3])
try:
    value_of(classes, y_pred, TopK(k=2), run_eagerly=False)
except ValueError as error:
    print("(4,):", str(error).split(" for ")[0])
column = classes[:, None]
print("(4, 1):", value_of(column, y_pred, TopK(k=2)))
print("all of class 0:", value_of(0 * column, y_pred, TopK(k=2)))
sparse = keras.metrics.SparseTopKCategoricalAccuracy(k=2)
print("the sparse metric:", value_of(column, y_pred, sparse))

# %% called-too-early raises="TypeError"
keras.metrics.top_k_categorical_accuracy(k=3)

# %% bad-k
for k in (2.0, "2", None):
    try:
        print(value_of(y_true, y_pred, TopK(k=k)))
    except Exception as error:
        print(repr(k), type(error).__name__)


# %% own-k
def top_3(y_true, y_pred):
    """Set k in a function of your own."""
    return keras.metrics.top_k_categorical_accuracy(y_true, y_pred, k=3)


# %% spellings table=true
print("metrics=[…] | value | key in the results")
for words, metric in [
    ("'top_k_categorical_accuracy'", "top_k_categorical_accuracy"),
    ("'TopKCategoricalAccuracy'", "TopKCategoricalAccuracy"),
    (
        "keras.metrics.top_k_categorical_accuracy",
        keras.metrics.top_k_categorical_accuracy,
    ),
    ("keras.metrics.TopKCategoricalAccuracy", TopK),
    ("keras.metrics.TopKCategoricalAccuracy()", TopK()),
    ("keras.metrics.TopKCategoricalAccuracy(k=3)", TopK(k=3)),
    (
        "keras.metrics.TopKCategoricalAccuracy(k=3, name='top3')",
        TopK(k=3, name="top3"),
    ),
    ("top_3, the function above", top_3),
]:
    model = keras.Sequential(
        [keras.Input((6,)), keras.layers.Identity()]
    )
    model.compile(loss=no_loss, metrics=[metric], run_eagerly=True)
    results = model.evaluate(
        y_pred, y_true, verbose=0, return_dict=True
    )
    key = next(name for name in results if name != "loss")
    print(words, f"{results[key]:.4f}", key, sep=" | ")

# %% saved
metric = TopK(k=3)
print(type(metric).from_config(metric.get_config()).k)
