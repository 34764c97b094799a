# %% [markdown]
# # evaluate and predict, called by a callback while fit runs
#
# Eight rows, in batches of two. The prediction is 0.9 for each row, and
# nothing is learned: the weight is one and the learning rate zero. So
# the first four rows are wrong, and the last four are right.

# %% setup
import keras
import numpy as np

x = np.full((8, 1), 0.9, "float32")
y = np.array([[0.0]] * 4 + [[1.0]] * 4, "float32")
x_val, y_val = x, 1 - y


def new_model(keras=keras, metrics=("accuracy",)):
    """Return a model that predicts its input."""
    unit = keras.layers.Dense(
        1, use_bias=False, kernel_initializer="ones"
    )
    model = keras.Sequential([keras.layers.Input((1,)), unit])
    model.compile(
        optimizer=keras.optimizers.SGD(0.0),
        loss="mse",
        metrics=list(metrics),
    )
    return model


def fit(model, callback):
    """Return the history of one epoch."""
    settings = {"batch_size": 2, "shuffle": False, "verbose": 0}
    return model.fit(x, y, callbacks=[callback], **settings).history


# %% reported
class Evaluate(keras.callbacks.Callback):
    def on_batch_end(self, batch, logs=None):
        if batch == 1:
            found = self.model.evaluate(x_val, y_val, verbose=0)
            print(f"evaluate: {found[1]:.4f}")


alone = fit(new_model(), keras.callbacks.Callback())
print(f"fit alone: {alone['accuracy'][0]:.4f}")
mixed = fit(new_model(), Evaluate())
print(f"fit with evaluate: {mixed['accuracy'][0]:.4f}")

# %% formula after="reported"
hits, hits_val = (x > 0.5) == y, (x_val > 0.5) == y_val
assert np.isclose(np.mean(hits), alone["accuracy"][0])
counted = np.concatenate([hits_val, hits[4:]])
assert np.isclose(np.mean(counted), mixed["accuracy"][0])
print(f"{np.sum(counted)} of {len(counted)} rows")

# %% loss after="reported"
off, off_val = (y - x) ** 2, (y_val - x_val) ** 2
assert np.isclose(np.mean(off), alone["loss"][0])
counted = np.concatenate([off_val, off[4:]])
assert np.isclose(np.mean(counted), mixed["loss"][0])
print(f"{mixed['loss'][0]:.4f} for {alone['loss'][0]:.4f}")


# %% instead
class Validate(keras.callbacks.Callback):
    def on_batch_end(self, batch, logs=None):
        if batch % 2 == 1:
            scores = self.model.predict(x_val, verbose=0)
            share = np.mean((scores > 0.5) == y_val)
            print(f"batch {batch}: {share:.4f}")


history = fit(new_model(), Validate())
print(f"fit: {history['accuracy'][0]:.4f}")

# %% places table=true
import tf_keras

all_right = np.ones((4, 1), "float32")


def calling(keras, name):
    """Return a callback that evaluates four rows in one method."""

    def method(self, at, logs=None):
        if "batch" not in name or at == 1:
            self.model.evaluate(x[:4], all_right, verbose=0)

    kind = keras.callbacks.Callback
    return type("Calling", (kind,), {name: method})()


print("evaluate called in | Keras 3 | tf-keras")
for name in [
    "on_epoch_begin",
    "on_train_batch_begin",
    "on_train_batch_end",
    "on_epoch_end",
    "on_train_end",
]:
    kept = [
        fit(new_model(one), calling(one, name))
        for one in (keras, tf_keras)
    ]
    shown = [
        f"{each['accuracy'][0]:.4f}" if each else "an empty history"
        for each in kept
    ]
    print(name, *shown, sep=" | ")

# %% two-models
metric = keras.metrics.BinaryAccuracy()
one, other = new_model(metrics=[metric]), new_model(metrics=[metric])
print("one:", one.evaluate(x[:4], y[:4], verbose=0)[1])
print("other:", other.evaluate(x[4:], y[4:], verbose=0)[1])
print("again:", other.evaluate(x[4:], y[4:], verbose=0)[1])

# %% two-objects
one, other = [
    new_model(metrics=[keras.metrics.BinaryAccuracy()])
    for _ in range(2)
]
print("one:", one.evaluate(x[:4], y[:4], verbose=0)[1])
print("other:", other.evaluate(x[4:], y[4:], verbose=0)[1])

# %% compiled-again
metric = keras.metrics.BinaryAccuracy()
model = new_model(metrics=[metric])
print("before:", float(model.test_on_batch(x[:4], y[:4])[1]))
model.compile(loss="mse", metrics=[metric])
print("after:", float(model.test_on_batch(x[4:], y[4:])[1]))

# %% compute-metrics table=true
said = []


class Compute(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        rows = x[:4], all_right, x[:4]  # x, y, y_pred
        said.append((logs, self.model.compute_metrics(*rows, None)))


fit(new_model(), Compute())
model = new_model()
fresh = model.evaluate(x[:4], all_right, verbose=0, return_dict=True)
of_fit, returned = said[0]
print("rows | accuracy | loss")
for words, values in [
    ("the epoch, eight rows", of_fit),
    ("compute_metrics of four other rows", returned),
    ("evaluate of these four", fresh),
]:
    accuracy, loss = float(values["accuracy"]), float(values["loss"])
    print(words, f"{accuracy:.4f}", f"{loss:.4f}", sep=" | ")
