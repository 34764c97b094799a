# %% [markdown]
# # R2Score: several columns, targets far from zero, and shapes
#
# The model returns its input, so `y_pred` is what it predicts. The
# third column of the targets is nearly constant.

# %% setup
import keras
import numpy as np
from sklearn.metrics import r2_score

y_true = np.array(
    [[1, 2, 1.0], [2, 1, 1.001], [3, 4, 0.999], [4, 3, 1.0]]
)
y_pred = np.array(
    [[1.1, 2.1, 1.1], [2.1, 0.9, 0.9], [2.9, 4.1, 1.1], [3.9, 2.9, 0.9]]
)


def r2(y_true, y_pred, **config):
    """Return what R2Score says of some rows."""
    metric = keras.metrics.R2Score(**config)
    metric.update_state(y_true, y_pred)
    return np.array(metric.result())


# %% reported
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(
    loss="mse",
    metrics=["mean_absolute_error", keras.metrics.R2Score()],
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for name in ["mean_absolute_error", "r2_score"]:
    print(f"{name}: {results[name]:.4f}")

# %% score after="reported"
print(f"{results['r2_score']:.2f}")

# %% instead
by_variance = "variance_weighted_average"
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])
model.compile(
    loss="mse",
    metrics=[
        keras.metrics.R2Score(class_aggregation=by_variance),
        keras.metrics.R2Score(class_aggregation=None, name="columns"),
    ],
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"r2_score: {results['r2_score']:.4f}")
print("columns:", *(f"{one:.4f}" for one in results["columns"]))

# %% by-hand
y_model = y_pred  # y_model = model.predict(x)
errors = np.sum((y_true - y_model) ** 2, axis=0)
spread = np.sum((y_true - np.mean(y_true, axis=0)) ** 2, axis=0)
print("columns:", *(f"{one:.4f}" for one in 1 - errors / spread))
print(f"all: {1 - errors.sum() / spread.sum():.4f}")

# %% formula after="reported"
true, pred = y_true.astype("float32"), y_pred.astype("float32")
sums = np.sum(true, axis=0)
spread = np.sum(true**2, axis=0) - sums * sums / len(true)
columns = 1 - np.sum((true - pred) ** 2, axis=0) / spread
assert np.isclose(np.mean(columns), r2(y_true, y_pred), rtol=1e-4)
print("columns:", *(f"{one:.4f}" for one in columns))
print(f"mean: {np.mean(columns):.4f}")

# %% sklearn table=true
print("R2Score(class_aggregation) | Keras | scikit-learn")
for ours, theirs in [
    ("uniform_average", "uniform_average"),
    ("variance_weighted_average", "variance_weighted"),
]:
    print(
        repr(ours),
        f"{r2(y_true, y_pred, class_aggregation=ours):.4f}",
        f"{r2_score(y_true, y_pred, multioutput=theirs):.4f}",
        sep=" | ",
    )

# %% far table=true
print("Added to targets and predictions | R2Score | scikit-learn")
for far in [0, 1000, 3000, 10000]:
    true, pred = y_true[:, :1] + far, y_pred[:, :1] + far
    ours, theirs = r2(true, pred), r2_score(true, pred)
    print(far, f"{ours:.4f}", f"{theirs:.4f}", sep=" | ")

# %% centred
far, middle = y_true[:, :1] + 10000, 10000  # y_train.mean()
shifted = r2(far - middle, y_pred[:, :1])
assert np.isclose(shifted, r2_score(far, y_pred[:, :1] + 10000))
print(f"{shifted:.4f}")

# %% far-float64 after="centred"
print(f"{r2(far, y_pred[:, :1] + 10000, dtype='float64'):.4f}")

# %% shapes table=true
flat_true, flat_pred = y_true[:, 0], y_pred[:, 0]
print("Targets | Predictions | R2Score()")
for true, pred in [
    (y_true[:, :1], y_pred[:, :1]),
    (flat_true, y_pred[:, :1]),
    (flat_true, flat_pred),
    (y_true[..., None], y_pred[..., None]),
]:
    try:
        said = f"{r2(true, pred):.4f}"
    except ValueError as error:
        said = type(error).__name__
    print(true.shape, pred.shape, said, sep=" | ")

# %% refused
try:
    r2(flat_true, flat_pred)
except ValueError as error:
    print(error)


# %% steps
class R2Steps(keras.metrics.R2Score):
    """Take all time steps as rows of one column."""

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = keras.ops.reshape(y_true, (-1, 1))
        y_pred = keras.ops.reshape(y_pred, (-1, 1))
        super().update_state(y_true, y_pred)


steps = keras.Sequential([keras.Input((2, 1)), keras.layers.Identity()])
steps.compile(loss="mse", metrics=[R2Steps(name="r2")])
true, pred = y_true[:, :2, None], y_pred[:, :2, None]
results = steps.evaluate(pred, true, verbose=0, return_dict=True)
assert np.isclose(results["r2"], r2_score(true.ravel(), pred.ravel()))
print(f"{results['r2']:.4f}")

# %% constant table=true
print("Targets | Predictions | R2Score()")
for words, true, pred in [
    ("one row", [[1.0]], [[1.1]]),
    ("one row, right", [[1.0]], [[1.0]]),
    ("all alike", np.ones((4, 1)), np.full((4, 1), 1.1)),
    ("all alike, right", np.ones((4, 1)), np.ones((4, 1))),
]:
    seen = sorted({float(one) for one in np.ravel(pred)})
    print(words, *seen, r2(true, pred), sep=" | ")

# %% constant-column table=true
print("R2Score(class_aggregation) | Keras | scikit-learn")
same = np.array([[1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])
for ours, theirs in [
    ("uniform_average", "uniform_average"),
    ("variance_weighted_average", "variance_weighted"),
    (None, "raw_values"),
]:
    found = r2(same, same, class_aggregation=ours)
    other = r2_score(same, same, multioutput=theirs)
    print(repr(ours), found, other, sep=" | ")


# %% own
def own(y_true, y_pred):
    """Compute R2 of one batch."""
    ops = keras.ops
    errors = ops.sum(ops.square(y_true - y_pred))
    spread = ops.sum(ops.square(y_true - ops.mean(y_true)))
    return 1 - errors / spread


one = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
one.compile(loss="mse", metrics=[own, keras.metrics.R2Score()])
true = np.array([[1.0], [1.2], [3.0], [3.1]])
pred = np.array([[1.1], [1.1], [2.9], [3.3]])

# %% own-batches table=true after="own"
print("batch_size | a function of your own | R2Score()")
for size in [4, 2]:
    results = one.evaluate(
        pred, true, batch_size=size, verbose=0, return_dict=True
    )
    values = [f"{results[name]:.4f}" for name in ["own", "r2_score"]]
    print(size, *values, sep=" | ")

# %% error after="reported"
print(f"{np.mean(np.abs(y_true - y_pred)):.1f}")

# %% good-column after="by-hand"
first, second = 1 - errors[:2] / spread[:2]
assert np.isclose(first, second)
print(f"{first:.3f}")
