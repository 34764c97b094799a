# %% [markdown]
# # Top-k accuracy of integer labels
#
# The models return their input, so their predictions are the scores
# given.

# %% setup
import inspect

import keras
import numpy as np

SparseTopK = keras.metrics.SparseTopKCategoricalAccuracy
sparse_top_k = keras.metrics.sparse_top_k_categorical_accuracy


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
    keras.metrics.sparse_top_k_categorical_accuracy,
    keras.metrics.SparseTopKCategoricalAccuracy,
):
    print(f"{called.__name__}{inspect.signature(called)}")

# %% example table=true
y_true = np.array([0, 1, 2, 3])
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
    print(k, value_of(y_true, y_pred, SparseTopK(k=k)), sep=" | ")


# %% formula after="example"
def sparse_top_k_categorical_accuracy(
    y_true, y_pred, k=5, from_sorted_ids=False
):
    """Score every label: (N,), or (N, 1), or (N, T) for steps."""
    y_pred = np.asarray(y_pred)
    rows = y_pred.reshape(-1, y_pred.shape[-1])
    if from_sorted_ids:
        label = np.asarray(y_true).astype(y_pred.dtype).reshape(-1, 1)
        hits = (rows[:, :k] == label).any(axis=-1)
        return hits.reshape(np.shape(y_true))
    rows = np.where(abs(rows) < np.finfo("float32").tiny, 0, rows)
    label = np.trunc(y_true).astype("int32").reshape(-1, 1)
    known = (label >= 0) & (label < rows.shape[-1])
    place = np.where(known, label, 0)
    score = np.take_along_axis(rows, place, axis=-1)
    larger = (rows > score).sum(axis=-1)
    usable = known[:, 0] & np.isfinite(rows).all(axis=-1)
    return (usable & (larger < k)).reshape(np.shape(y_true))


for k in (1, 2, 5, 6):
    ours = sparse_top_k_categorical_accuracy(y_true, y_pred, k)
    assert np.array_equal(ours, sparse_top_k(y_true, y_pred, k))
    print(k, ours)

# %% sorted-ids after="formula" table=true
y_true = np.array([0, 1, 2, 3])
ids = np.array(  # of each row the best three classes, best first
    [[0, 1, 2], [0, 1, 2], [0, 1, 3], [0, 1, 2]]
)
print("k | value")
for k in (1, 2, 3, 5):
    metric = SparseTopK(k=k, from_sorted_ids=True)
    print(k, value_of(y_true, ids, metric), sep=" | ")
    ours = sparse_top_k_categorical_accuracy(y_true, ids, k, True)
    assert np.array_equal(ours, sparse_top_k(y_true, ids, k, True))

# %% sorted-ids-from-scores
scores = np.array(
    [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2], [0.3, 0.3, 0.4]], "float32"
)
labels = np.array([2, 2, 1])
_, ids = keras.ops.top_k(scores, k=2)
print("from scores:", sparse_top_k(labels, scores, k=2).numpy())
print(
    "from ids:   ",
    sparse_top_k(labels, ids, k=2, from_sorted_ids=True).numpy(),
)

# %% sorted-ids-edges table=true
print("ids of a row | label | k | hit")
for row, label, k in (
    ([7, 4, 9], 4, 1),
    ([7, 4, 9], 4, 2),
    ([4, 4, 9], 4, 2),
    ([7, 4, 9], 9, 2),
    ([7, 4, 9], 9, 5),
    ([7, 4, 9], 9, 0),
    ([7, 4, 9], 4, -1),
    ([7, 4, 9], 9, -1),
    ([-1, -1, -1], -1, 2),
    (["cat", "dog"], "dog", 2),
    ([7.0, 4.0, 9.0], 4.6, 2),
    ([7, 4, 9], 4.6, 2),
):
    hit = sparse_top_k([label], [row], k, from_sorted_ids=True)
    print(row, label, k, float(hit[0]), sep=" | ")

# %% sorted-ids-half
label, ids = np.array([2049]), np.array([[2048, 7]])
for dtype in ("float16", "float32"):
    hit = sparse_top_k(
        label, ids.astype(dtype), k=2, from_sorted_ids=True
    )
    print(dtype, hit.numpy())

# %% mixed-up after="example"
y_true = np.array([0, 1, 2, 3])
ids = np.array([[0, 1, 2, 3]] * 4)
print("scores taken for ids:", end=" ")
print(sparse_top_k(y_true, y_pred, k=2, from_sorted_ids=True).numpy())
print("ids taken for scores:", end=" ")
print(sparse_top_k(y_true, ids.astype("float32"), k=2).numpy())

# %% ranks table=true
generator = np.random.default_rng(3)
print("y_true | y_pred | the function returns | value by the class")
for labels, outputs in (
    ((4,), (4, 3)),
    ((4, 1), (4, 3)),
    ((4, 7), (4, 7, 3)),
    ((4, 7, 1), (4, 7, 3)),
    ((4, 5, 7), (4, 5, 7, 3)),
):
    numbers = generator.integers(0, 3, labels)
    scores = generator.random(outputs).astype("float32")
    values = sparse_top_k(numbers, scores, k=2)
    mean = value_of(numbers, scores, SparseTopK(k=2))
    assert mean == f"{np.mean(values):.4f}"
    print(labels, outputs, tuple(values.shape), mean, sep=" | ")


# %% classes-vary table=true
def batches_of_numbers(shape):
    """Yield rows of three classes, then rows of six, all right."""
    for classes in (3, 6):
        numbers = generator.integers(0, classes, shape)
        yield np.eye(classes, dtype="float32")[numbers], numbers


print("y_pred | as usual | with run_eagerly=True")
for shape in ((4,), (4, 7)):
    row = []
    for eager in (False, True):
        model = keras.Sequential(
            [keras.Input((*shape[1:], None)), keras.layers.Identity()]
        )
        model.compile(
            loss=no_loss, metrics=[SparseTopK()], run_eagerly=eager
        )
        try:
            results = model.evaluate(
                batches_of_numbers(shape), steps=2, verbose=0
            )
            row.append(results[1])
        except Exception as error:
            row.append(type(error).__name__)
    words = f"({', '.join(map(str, shape))}, 3), then 6 classes"
    print(words, *row, sep=" | ")

# %% returned-dtype
for floatx in ("float16", "float32"):
    keras.config.set_floatx(floatx)
    values = sparse_top_k(y_true, y_pred)
    print(floatx, keras.backend.standardize_dtype(values.dtype))

# %% transposed
steps = np.array([[0, 1, 2], [0, 1, 2]])  # (N, T): 2 rows, 3 steps
scores = np.eye(3, dtype="float32")[steps]
for labels in (steps, steps.T, steps.reshape(6)):
    value = np.mean(sparse_top_k(labels, scores, k=1))
    print(labels.shape, f"{value:.4f}")

# %% label-values table=true
print("label | dtype | is class")
for label in (
    np.array([2]),
    np.array([2.0]),
    np.array([2.9]),
    np.array([-0.9]),
    np.array([True]),
    np.array([2**32 + 2]),
):
    hits = [
        sparse_top_k(label, [guess], k=1)[0]
        for guess in np.eye(4).tolist()
    ]
    print(label[0], label.dtype, int(np.argmax(hits)), sep=" | ")

# %% out-of-range table=true
models = [
    prepared((3,), SparseTopK(k=2), not jit, jit)
    for jit in (False, True)
]
print("label | scores of the 3 classes | k=2 | with XLA")
for row in ([0.3, 0.5, 0.2], [2.0, -0.5, -3.0], [-2.0, -0.5, -3.0]):
    for label in (-1, 3, 99):
        scores = np.array([row], dtype="float32")
        values = [
            value_by(model, np.array([label]), scores)
            for model in models
        ]
        print(label, row, *values, sep=" | ")

# %% large-k table=true
labels, scores = np.array([0, 1, 3, -1]), y_pred[:, :3]
print("k | value")
for k in (-1, 0, 3, 4, 100):
    print(k, value_of(labels, scores, SparseTopK(k=k)), sep=" | ")

# %% from-one table=true
classes = np.array([0, 1, 2, 2])
scores = np.array(
    [
        [0.7, 0.2, 0.1],
        [0.1, 0.6, 0.3],
        [0.1, 0.3, 0.6],
        [0.2, 0.3, 0.5],
    ],
    dtype="float32",
)
print("labels | k=1 | k=2 | k=3")
for labels in (classes, classes + 1):
    values = [
        value_of(labels, scores, SparseTopK(k=k)) for k in (1, 2, 3)
    ]
    print(labels, *values, sep=" | ")

# %% ties table=true
row = [0.4, 0.2, 0.2, 0.2, 0.0, 1e-39]
tied = np.array([row] * 6, dtype="float32")
print("true class | its score | k=1 | k=2 | k=3 | k=4 | k=5")
hits = [sparse_top_k(np.arange(6), tied, k) for k in (1, 2, 3, 4, 5)]
for number in range(6):
    words = ["yes" if hit[number] else "no" for hit in hits]
    print(number, row[number], *words, sep=" | ")

# %% not-finite after="out-of-range" table=true
nan, inf = float("nan"), float("inf")
print("scores, true class 1 | k=2 | with XLA")
for row in (
    [0.3, 0.5, 0.2],
    [-inf, 0.5, 0.2],
    [nan, 0.5, 0.2],
    [0.3, inf, 0.2],
    [nan, nan, nan],
):
    scores = np.array([row], dtype="float32")
    values = [
        value_by(model, np.array([1]), scores) for model in models
    ]
    print(row, *values, sep=" | ")

# %% dtypes table=true
print("dtype of y_pred | scores, k=2 | sorted ids, k=2")
for dtype in ("float32", "float64", "float16", "bfloat16", "int32"):
    row = []
    for numbers, sorted_ids in ((y_pred * 100, False), (ids, True)):
        outputs = keras.ops.cast(numbers, dtype)
        try:
            hits = sparse_top_k(y_true, outputs, 2, sorted_ids)
            row.append(f"{np.mean(hits):.4f}")
        except Exception as error:
            row.append(type(error).__name__)
    print(dtype, *row, sep=" | ")

# %% wrong-shapes table=true
print("y_true | y_pred | scores | sorted ids")
for labels, outputs in (
    ((4, 6), (4, 6)),
    ((4,), (4,)),
    ((4, 2), (4, 6)),
    ((3,), (4, 6)),
    ((1,), (4, 6)),
    ((4,), (1, 6)),
):
    row = []
    for sorted_ids in (False, True):
        try:
            values = sparse_top_k(
                np.zeros(labels),
                np.zeros(outputs, "float32"),
                2,
                sorted_ids,
            )
            row.append(f"returns {tuple(values.shape)}")
        except Exception as error:
            row.append(type(error).__name__)
    print(labels, outputs, *row, sep=" | ")

# %% one-hot
one_hot = np.eye(6)[[0, 1, 2, 3]]
try:
    sparse_top_k(one_hot, y_pred)
except Exception as error:
    message = str(error).split("}} ")[1].split(" [")[0]
    print(type(error).__name__, message, sep="\n")

# %% text
try:
    sparse_top_k(["cat", "dog"], [[0.2, 0.8], [0.6, 0.4]])
except Exception as error:
    message = str(error).split("}} ")[1].split(" [")[0]
    print(type(error).__name__, message, sep="\n")

# %% spellings table=true
print("metrics=[…] | value | key in the results")
for words, metric in [
    (
        "'sparse_top_k_categorical_accuracy'",
        "sparse_top_k_categorical_accuracy",
    ),
    (
        "'SparseTopKCategoricalAccuracy'",
        "SparseTopKCategoricalAccuracy",
    ),
    (
        "keras.metrics.sparse_top_k_categorical_accuracy",
        sparse_top_k,
    ),
    ("keras.metrics.SparseTopKCategoricalAccuracy", SparseTopK),
    ("keras.metrics.SparseTopKCategoricalAccuracy()", SparseTopK()),
    (
        "keras.metrics.SparseTopKCategoricalAccuracy(k=3)",
        SparseTopK(k=3),
    ),
    (
        "keras.metrics.SparseTopKCategoricalAccuracy(k=3, name='top3')",
        SparseTopK(k=3, name="top3"),
    ),
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


# %% own-k after="example"
def top_3(y_true, y_pred):
    """Set k in a function of your own."""
    return sparse_top_k(y_true, y_pred, k=3)


y_true = np.array([0, 1, 2, 3])
print("top_3:", value_of(y_true, y_pred, top_3))

# %% saved
for metric in (SparseTopK(k=3), SparseTopK(k=3, from_sorted_ids=True)):
    config = metric.get_config()
    again = SparseTopK.from_config(config)
    print(list(config), again.k, again.from_sorted_ids)
