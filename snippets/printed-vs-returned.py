# %% [markdown]
# # The accuracy that is printed, and the one that is returned
#
# 8 rows in 4 batches: the first two are wrong, the last two right. The
# model returns its input.

# %% setup
import contextlib
import io
import tempfile
from pathlib import Path

import keras
import numpy as np

x = np.full((8, 1), 0.9, "float32")
y_true = np.array([[0]] * 4 + [[1]] * 4, "float32")
in_order = {"batch_size": 2, "shuffle": False}


def counter():
    """Return a model that returns its input, and learns nothing."""
    dense = keras.layers.Dense(
        1, use_bias=False, kernel_initializer="ones"
    )
    model = keras.Sequential([keras.Input((1,)), dense])
    optimizer = keras.optimizers.SGD(0.0)
    model.compile(loss="mse", optimizer=optimizer, metrics=["accuracy"])
    return model


def printed(call, *arguments, **settings):
    """Return the last accuracy that a call prints, and its result."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        returned = call(*arguments, **settings)
    number = said.getvalue().split(" accuracy: ")[-1].split()[0]
    return float(number), returned


# %% reported table=true
path = Path(tempfile.mkdtemp()) / "log.csv"
log = keras.callbacks.CSVLogger(path)
line, fitted = printed(
    counter().fit, x, y_true, callbacks=[log], **in_order
)
names, values = path.read_text().split()
written = float(values.split(",")[names.split(",").index("accuracy")])
short, _ = printed(counter().fit, x, y_true, verbose=2, **in_order)
shown, returned = printed(counter().evaluate, x, y_true, batch_size=2)
print("where | accuracy")
print(f"fit, the printed line | {line:.4f}")
print(f"fit, the printed line, verbose=2 | {short:.4f}")
print(f"fit, History | {fitted.history['accuracy'][0]:.4f}")
print(f"fit, CSVLogger | {written:.4f}")
print(f"evaluate, the printed line | {shown:.4f}")
print(f"evaluate, returned | {returned[1]:.4f}")

# %% instead
model = counter()
history = model.fit(x, y_true, verbose=0, **in_order).history
results = model.evaluate(x, y_true, batch_size=2, verbose=0)
print(f"fit {history['accuracy'][-1]:.4f}")
print(f"evaluate {results[1]:.4f}")


# %% batches
class Logged(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.seen = []

    def on_train_batch_end(self, batch, logs=None):
        self.seen.append(logs["accuracy"])


seen = Logged()
counter().fit(x, y_true, callbacks=[seen], verbose=0, **in_order)
print([f"{value:.4f}" for value in seen.seen])

# %% formula after="batches"
each = np.reshape(y_true == (x > 0.5), (4, 2)).mean(axis=1)
running = np.cumsum(each) / np.arange(1, 5)
assert np.allclose(running, seen.seen)
print("each batch", [f"{value:.4f}" for value in each])
print("since the epoch began", [f"{value:.4f}" for value in running])

# %% older after="formula"
# The mean of the running means, the last one twice.
print(f"{np.mean([*running, running[-1]]):.4f}")
