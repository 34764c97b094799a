# %% [markdown]
# # F1, recall and a root of a mean, as functions and as classes
#
# They are no means of rows. A function is averaged over batches, so its
# value depends on their size. A class divides, or takes the root, at
# the end. The last cells show what to mind in a class of your own.

# %% setup
import keras
import numpy as np
from keras import ops

y_true = np.array([[0.0], [1.0], [1.0], [1.0], [0.0]])
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]], "float32")
weights = np.array([4.0, 1.0, 1.0, 2.0, 1.0])


def in_batches(
    metric, labels=y_true, batch_size=2, weighted=False, eager=True
):
    """Evaluate a model that returns its input, in small batches."""
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity()]
    )
    place = "weighted_metrics" if weighted else "metrics"
    model.compile(loss="mse", run_eagerly=eager, **{place: [metric]})
    results = model.evaluate(
        y_pred,
        labels,
        batch_size=batch_size,
        sample_weight=weights if weighted else None,
        verbose=0,
        return_dict=True,
    )
    del results["loss"]
    return {key: round(value, 4) for key, value in results.items()}


# %% f1-function
def f1(y_true, y_pred):
    """Compute F1 of one batch."""
    guess = ops.cast(y_pred > 0.5, "float32")
    hits = ops.sum(y_true * guess)
    return 2 * hits / (ops.sum(y_true) + ops.sum(guess) + 1e-7)


for batch_size in (5, 2, 1):
    print(batch_size, in_batches(f1, batch_size=batch_size))


# %% f1-class
class F1(keras.metrics.Metric):
    """Compute F1 of all rows since the last reset."""

    def __init__(self, name="f1", **options):
        super().__init__(name=name, **options)
        self.hits = self.add_variable((), "zeros", name="hits")
        self.sizes = self.add_variable((), "zeros", name="sizes")

    def update_state(self, y_true, y_pred, sample_weight=None):
        guess = ops.cast(y_pred > 0.5, "float32")
        truth = ops.reshape(
            ops.cast(y_true, "float32"), ops.shape(guess)
        )
        weight = ops.ones_like(guess)
        if sample_weight is not None:
            weight = ops.reshape(sample_weight, ops.shape(guess))
        self.hits.assign_add(ops.sum(truth * guess * weight))
        self.sizes.assign_add(ops.sum((truth + guess) * weight))

    def result(self):
        return ops.divide_no_nan(2 * self.hits, self.sizes)


for batch_size in (5, 2, 1):
    print(batch_size, in_batches(F1(), batch_size=batch_size))
print("weighted", in_batches(F1(), weighted=True))

# %% three-epochs after="f1-class"
metric = F1()
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile(
    keras.optimizers.SGD(0.0), loss="mse", metrics=[metric]
)  # no learning, so that each epoch predicts the same
model.set_weights([np.ones((1, 1)), np.zeros(1)])
model.fit(y_pred, y_true, batch_size=2, epochs=3, verbose=0)
one = np.sum(y_true) + np.sum(y_pred > 0.5)
print(f"{float(metric.sizes):.0f}, the sum of one epoch is {one:.0f}")

# %% f1-keras
for batch_size in (5, 2, 1):
    metric = keras.metrics.F1Score(average="micro", threshold=0.5)
    print(batch_size, in_batches(metric, batch_size=batch_size))

# %% results-function
precision = keras.metrics.Precision()
recall_so_far = keras.metrics.Recall()


def middle(y_true, y_pred):
    """Return the mean of two results, which is one number."""
    precision.update_state(y_true, y_pred)
    recall_so_far.update_state(y_true, y_pred)
    return (precision.result() + recall_so_far.result()) / 2


print(in_batches(middle))


# %% results-class
class Middle(keras.metrics.Metric):
    """Return the mean of the results of two metrics."""

    def __init__(self, name="middle", **options):
        super().__init__(name=name, **options)
        self.parts = [
            keras.metrics.Precision(),
            keras.metrics.Recall(),
        ]

    def update_state(self, y_true, y_pred, sample_weight=None):
        for part in self.parts:
            part.update_state(y_true, y_pred, sample_weight)

    def result(self):
        return sum(part.result() for part in self.parts) / 2

    def reset_state(self):
        for part in self.parts:
            part.reset_state()


for batch_size in (5, 2, 1):
    print(batch_size, in_batches(Middle(), batch_size=batch_size))

# %% f1-scikit-learn
from sklearn.metrics import f1_score

guess = y_pred > 0.5
print(f"{f1_score(y_true, guess):.4f}")
print(f"{f1_score(y_true, guess, sample_weight=weights):.4f}")


# %% nothing-to-divide-by
def recall(y_true, y_pred):
    """Compute the recall of one batch."""
    guess = ops.cast(y_pred > 0.5, "float32")
    return ops.sum(y_true * guess) / ops.sum(y_true)


for batch_size in (5, 2):
    print(
        f"batches of {batch_size}:",
        in_batches(recall, batch_size=batch_size),
        in_batches(
            keras.metrics.Recall(name="r"), batch_size=batch_size
        ),
    )


# %% rmse
def rmse(y_true, y_pred):
    return ops.sqrt(ops.mean(ops.square(y_true - y_pred)))


print(
    in_batches(rmse), in_batches(keras.metrics.RootMeanSquaredError())
)
print(f"{np.sqrt(np.mean((y_true - y_pred) ** 2)):.4f}")


# %% no-weight after="f1-class"
class NoWeight(F1):
    def update_state(self, y_true, y_pred):
        super().update_state(y_true, y_pred)


try:
    in_batches(NoWeight())
except TypeError as error:
    print(error)


# %% start-value
class Largest(keras.metrics.Metric):
    """Keep the largest prediction."""

    def __init__(self, start, **options):
        super().__init__(**options)
        self.start = start
        self.largest = self.add_variable((), "zeros")
        self.largest.assign(start)

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.largest.assign(ops.maximum(self.largest, ops.max(y_pred)))

    def result(self):
        return self.largest


class LargestReset(Largest):
    def reset_state(self):
        self.largest.assign(self.start)


for make in (Largest, LargestReset):
    model = keras.Sequential(
        [keras.Input((1,)), keras.layers.Identity()]
    )
    model.compile(loss="mse", metrics=[make(-100.0)], run_eagerly=True)
    for _ in range(2):
        value = model.evaluate(-y_pred, y_true, verbose=0)[1]
        print(make.__name__, round(value, 4))


# %% dict-result after="f1-class"
class Both(F1):
    def result(self):
        return {"hits": self.hits, "f1": super().result()}


print(in_batches(Both(name="both")))
