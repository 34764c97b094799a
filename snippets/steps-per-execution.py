# %% [markdown]
# # Accuracy with steps_per_execution, and with other ways to run
#
# 8 rows in 4 batches: the first two are wrong, the last two right. The
# model returns its input.

# %% setup
import warnings

import keras
import numpy as np

warnings.simplefilter("ignore")  # "Your input ran out of data"
x = np.full((8, 1), 0.9, "float32")
y_true = np.array([[0]] * 4 + [[1]] * 4, "float32")
in_order = {"batch_size": 2, "shuffle": False, "verbose": 0}


def model_per(**settings):
    """Return a model that returns its input, and learns nothing."""
    dense = keras.layers.Dense(
        1, use_bias=False, kernel_initializer="ones"
    )
    model = keras.Sequential([keras.Input((1,)), dense])
    optimizer = keras.optimizers.SGD(0.0)
    model.compile(
        loss="mse",
        optimizer=optimizer,
        metrics=["accuracy"],
        **settings,
    )
    return model


# %% reported table=true
print("steps_per_execution | fit | evaluate")
for steps in [1, 2, 3, 20]:
    model = model_per(steps_per_execution=steps)
    fitted = model.fit(x, y_true, **in_order).history["accuracy"][0]
    value = model.evaluate(x, y_true, batch_size=2, verbose=0)[1]
    print(f"{steps} | {fitted:.4f} | {value:.4f}")

# %% formula after="reported"
right = y_true == (x > 0.5)
assert np.isclose(np.mean(right), value)
print(f"{np.mean(right):.4f}")

# %% first-three after="formula"
print(f"{np.mean(right[:6]):.4f}")

# %% as-if-twenty after="formula"
print(f"{right.sum() / (20 * 2):.4f}")

# %% instead
n = len(x) // 2  # batches
print("divisors", [k for k in range(1, n + 1) if n % k == 0])
model = model_per(steps_per_execution=2)
value = model.evaluate(x, y_true, batch_size=2, verbose=0)[1]
print(f"evaluate {value:.4f}")


# %% callback table=true
class Seen(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        steps = self.model.steps_per_execution
        ran = int(self.model.optimizer.iterations)
        print(f"{steps} | {batch} | {ran} | {logs['accuracy']:.4f}")


print("steps_per_execution | batch | iterations | logs['accuracy']")
for steps in [1, 2, 3]:
    model = model_per(steps_per_execution=steps)
    model.fit(x, y_true, callbacks=[Seen()], **in_order)

# %% bar
import contextlib
import io
import re

said = io.StringIO()
with contextlib.redirect_stdout(said):
    model_per(steps_per_execution=3).fit(x, y_true, batch_size=2)
print(", ".join(dict.fromkeys(re.findall(r"\d+/4", said.getvalue()))))

# %% options table=true
print("compile | fit | evaluate")
for words, settings in [
    ("as usual", {}),
    ("run_eagerly=True", {"run_eagerly": True}),
    ("jit_compile=True", {"jit_compile": True}),
]:
    model = model_per(**settings)
    fitted = model.fit(x, y_true, **in_order).history["accuracy"][0]
    value = model.evaluate(x, y_true, batch_size=2, verbose=0)[1]
    print(f"{words} | {fitted:.4f} | {value:.4f}")

# %% lists
history = (
    model_per()
    .fit(
        x,
        y_true,
        epochs=6,
        initial_epoch=1,
        validation_data=(x, y_true),
        validation_freq=2,
        **in_order,
    )
    .history
)
print("accuracy", len(history["accuracy"]))
print("val_accuracy", len(history["val_accuracy"]))
