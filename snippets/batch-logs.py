# %% [markdown]
# # What a callback gets in `logs` after each batch
#
# 8 rows in 4 batches: the first two are wrong, the last two right. The
# model returns its input, and learns nothing.

# %% setup
import keras
import numpy as np

x = np.full((8, 1), 0.9, "float32")
y_true = np.array([[0]] * 4 + [[1]] * 4, "float32")


def fit_logged(callback, keras=keras):
    """Run one epoch with a callback, and return its history."""
    dense = keras.layers.Dense(
        1, use_bias=False, kernel_initializer="ones"
    )
    model = keras.Sequential([keras.layers.Input((1,)), dense])
    optimizer = keras.optimizers.SGD(0.0)
    model.compile(loss="mse", optimizer=optimizer, metrics=["accuracy"])
    settings = {"batch_size": 2, "shuffle": False, "verbose": 0}
    fitted = model.fit(x, y_true, callbacks=[callback], **settings)
    return fitted.history


def rounded(values):
    """Return numbers with four decimals."""
    return [f"{float(value):.4f}" for value in values]


# %% reported
class BatchLogs(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.accuracy, self.loss = [], []

    def on_batch_end(self, batch, logs=None):
        self.accuracy.append(logs["accuracy"])
        self.loss.append(logs["loss"])


logged = BatchLogs()
history = fit_logged(logged)
print("accuracy", rounded(logged.accuracy))
print("loss", rounded(logged.loss))
print("history", rounded(history["accuracy"] + history["loss"]))

# %% formula after="reported"
each = np.reshape(y_true == (x > 0.5), (4, 2)).mean(axis=1)
each_loss = np.reshape((y_true - x) ** 2, (4, 2)).mean(axis=1)
so_far = np.arange(1, 5)
assert np.allclose(np.cumsum(each) / so_far, logged.accuracy)
assert np.allclose(np.cumsum(each_loss) / so_far, logged.loss)
print("accuracy of each batch", rounded(each))
print("loss of each batch", rounded(each_loss))


# %% instead
class EachBatch(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.seen = [0.0]

    def on_batch_end(self, batch, logs=None):
        self.seen.append(logs["accuracy"] * (batch + 1))


callback = EachBatch()
fit_logged(callback)
print(rounded(np.diff(callback.seen)))

# %% reset table=true
import tf_keras


def resetting(keras):
    """Return a callback that resets the metrics before each batch."""

    class Resetting(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.seen = []

        def on_train_batch_begin(self, batch, logs=None):
            self.model.reset_metrics()

        def on_train_batch_end(self, batch, logs=None):
            self.seen.append(logs["accuracy"])

    return Resetting()


print("Keras | logs of the four batches | History")
for name, one in [("Keras 3", keras), ("tf-keras", tf_keras)]:
    callback = resetting(one)
    kept = fit_logged(callback, one)["accuracy"]
    seen, kept = " ".join(rounded(callback.seen)), rounded(kept)[0]
    print(name, seen, kept, sep=" | ")
