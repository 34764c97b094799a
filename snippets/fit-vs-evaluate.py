# %% [markdown]
# # fit and evaluate on the same rows
#
# Ten rows in batches of four, four and two. The model has one weight.
# It starts at minus one. Two labels are wrong on purpose.

# %% setup
import keras
import numpy as np

x = np.array([1, 1, -1, 1, -1, 1, -1, 1, -1, 1.0])[:, None]
y_true = np.array([1, 0, 0, 1, 0, 1, 0, 1, 1, 1.0])[:, None]


def small_model(learning_rate):
    """Return a model that is sigmoid(w * x), with w at -1."""
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(
                1,
                use_bias=False,
                kernel_initializer=keras.initializers.Constant(-1.0),
                activation="sigmoid",
            ),
        ]
    )
    model.compile(
        loss="binary_crossentropy",
        optimizer=keras.optimizers.SGD(learning_rate),
        metrics=["accuracy"],
    )
    return model


once = {"batch_size": 4, "shuffle": False, "verbose": 0}

# %% reported
model = small_model(learning_rate=3.0)
fitted = model.fit(x, y_true, epochs=1, **once).history
results = model.evaluate(x, y_true, verbose=0, return_dict=True)
print(f"fit:      {fitted['accuracy'][0]:.4f}")
print(f"evaluate: {results['accuracy']:.4f}")

# %% formula after="reported"
w, right = -1.0, []
for start in [0, 4, 8]:
    rows = x[start : start + 4]
    labels = y_true[start : start + 4]
    p = 1 / (1 + np.exp(-w * rows))
    right.append(np.sum((p > 0.5) == labels))  # before the step
    w -= 3.0 * np.mean((p - labels) * rows)  # the step

in_fit = sum(right) / len(x)
afterwards = np.mean((w * x > 0) == y_true)
assert np.isclose(in_fit, fitted["accuracy"][0])
assert np.isclose(afterwards, results["accuracy"])
print(f"fit: {in_fit:.4f}, evaluate: {afterwards:.4f}")


# %% batches table=true
class Shown(keras.callbacks.Callback):
    """Print what fit shows after each batch."""

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch + 1

    def on_train_batch_end(self, batch, logs=None):
        parts = [self.epoch, batch + 1, f"{logs['accuracy']:.4f}"]
        print(*parts, sep=" | ")


print("epoch | batch | accuracy that fit shows")
small_model(learning_rate=3.0).fit(
    x, y_true, epochs=2, callbacks=[Shown()], **once
)

# %% drawn table=true
model, shown = small_model(learning_rate=3.0), []


class Kept(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        shown.append(logs["accuracy"])


model.fit(x, y_true, callbacks=[Kept()], **once)
after = model.evaluate(x, y_true, verbose=0)[1]
print("fit | shown after the batch | evaluate, afterwards")
for batch, value in enumerate(shown, 1):
    print(f"batch {batch} | {value:.4f} | {after:.4f}")

# %% frozen
model = small_model(learning_rate=0.0)
fitted = model.fit(x, y_true, epochs=1, **once).history
results = model.evaluate(x, y_true, verbose=0, return_dict=True)
print(f"fit:      {fitted['accuracy'][0]:.4f}")
print(f"evaluate: {results['accuracy']:.4f}")

# %% frozen-loss after="frozen"
assert np.isclose(fitted["loss"][0], results["loss"])
print(f"{fitted['loss'][0]:.4f}")

# %% frozen-by-batches
right = (-x > 0) == y_true  # with w at -1
shares = [right[start : start + 4].mean() for start in [0, 4, 8]]
print(f"{np.mean(shares):.4f}")

# %% one-batch table=true
model = small_model(learning_rate=3.0)
print("epoch | evaluate before | fit | evaluate after")
for epoch in [1, 2]:
    before = model.evaluate(x, y_true, verbose=0)[1]
    fitted = model.fit(x, y_true, batch_size=10, verbose=0).history
    after = model.evaluate(x, y_true, verbose=0)[1]
    numbers = [before, fitted["accuracy"][0], after]
    print(epoch, *[f"{one:.4f}" for one in numbers], sep=" | ")

# %% instead
model = small_model(learning_rate=3.0)
fitted = model.fit(
    x, y_true, validation_data=(x, y_true), epochs=2, **once
).history
for epoch in range(2):
    print(
        f"epoch {epoch + 1}:",
        f"accuracy {fitted['accuracy'][epoch]:.4f},",
        f"val_accuracy {fitted['val_accuracy'][epoch]:.4f}",
    )
results = model.evaluate(x, y_true, verbose=0, return_dict=True)
print(f"evaluate: {results['accuracy']:.4f}")

# %% both
x_val, y_val = x[4:], y_true[4:]  # use your own validation data


class OnTrainingData(keras.callbacks.Callback):
    """Measure the training data after each epoch."""

    def on_epoch_end(self, epoch, logs=None):
        found = self.model.evaluate(
            x, y_true, verbose=0, return_dict=True
        )
        print(
            f"epoch {epoch + 1}:",
            f"training {found['accuracy']:.4f},",
            f"validation {logs['val_accuracy']:.4f}",
        )


model = small_model(learning_rate=3.0)
fitted = model.fit(
    x,
    y_true,
    validation_data=(x_val, y_val),
    epochs=2,
    callbacks=[OnTrainingData()],
    **once,
).history

# %% both-leaves after="both"
print(" and ".join(f"{one:.4f}" for one in fitted["accuracy"]))

# %% dropout
ones = np.ones((1000, 1))
model = keras.Sequential(
    [
        keras.Input((1,)),
        keras.layers.Dropout(0.5, seed=1),
        keras.layers.Dense(
            1,
            kernel_initializer="ones",
            bias_initializer=keras.initializers.Constant(-0.5),
            activation="sigmoid",
        ),
    ]
)
model.compile(
    loss="binary_crossentropy",
    optimizer=keras.optimizers.SGD(learning_rate=0.0),
    metrics=["accuracy"],
)
fitted = model.fit(
    ones,
    ones,
    batch_size=1000,
    validation_data=(ones, ones),
    verbose=0,
).history
print(f"accuracy:     {fitted['accuracy'][0]:.4f}")
print(f"val_accuracy: {fitted['val_accuracy'][0]:.4f}")

# %% dropout-formula after="dropout"
kept = keras.layers.Dropout(0.5, seed=1)(ones, training=True)
share = np.mean(np.array(kept) > 0)
assert np.isclose(share, fitted["accuracy"][0])
assert np.all(model.predict(ones, verbose=0) > 0.5)  # all kept
print(f"{share:.4f}")

# %% training-only
image = np.arange(64.0).reshape(1, 8, 8, 1)
names = []
for layer in [
    keras.layers.Dropout(0.5, seed=1),
    keras.layers.GaussianNoise(1.0, seed=1),
    keras.layers.RandomRotation(0.5, seed=1),
]:
    assert not np.array_equal(layer(image, training=True), image)
    assert np.array_equal(layer(image, training=False), image)
    names.append(type(layer).__name__)
print(", ".join(names))

# %% sizes
sizes = np.arange(8.0, 16.0)[:, None]
large = (sizes > 11.5).astype(float)
in_order = {"batch_size": 8, "shuffle": False, "verbose": 0}


def normalized(momentum, trainable=True):
    """Return BatchNormalization and a sigmoid; nothing is learned."""
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.BatchNormalization(momentum=momentum),
            keras.layers.Dense(
                1, kernel_initializer="ones", activation="sigmoid"
            ),
        ]
    )
    model.layers[0].trainable = trainable
    model.compile(
        loss="binary_crossentropy",
        optimizer=keras.optimizers.SGD(learning_rate=0.0),
        metrics=["accuracy"],
    )
    return model


# %% momentum
print(keras.layers.BatchNormalization().momentum)

# %% normalization after="sizes" table=true
print("momentum | steps | fit | evaluate")
for momentum, steps in [
    (0.99, 50),
    (0.99, 180),
    (0.99, 500),
    (0.9, 50),
]:
    model = normalized(momentum)
    rows, labels = (
        np.tile(sizes, (steps, 1)),
        np.tile(large, (steps, 1)),
    )
    fitted = model.fit(rows, labels, **in_order).history
    value = model.evaluate(sizes, large, verbose=0)[1]
    numbers = [fitted["accuracy"][-1], value]
    shown = [f"{one:.4f}" for one in numbers]
    print(momentum, steps, *shown, sep=" | ")

# %% ready-made after="sizes"
steps = 50
rows = np.tile(sizes, (steps, 1))
labels = np.tile(large, (steps, 1))
net = normalized(momentum=0.99)
for layer in net.layers:
    layer.momentum = 0.9
net.compile(
    loss="binary_crossentropy",
    optimizer=keras.optimizers.SGD(learning_rate=0.0),
    metrics=["accuracy"],
)
net.fit(rows, labels, **in_order)
print(f"{net.evaluate(sizes, large, verbose=0)[1]:.4f}")

# %% normalization-formula after="sizes"
model = normalized(momentum=0.99)
model.fit(
    np.tile(sizes, (180, 1)), np.tile(large, (180, 1)), **in_order
)
value = model.evaluate(sizes, large, verbose=0)[1]

mean = 0.0
for _ in range(180):
    mean = 0.99 * mean + 0.01 * sizes.mean()
assert np.isclose(value, np.mean((sizes > mean) == large))
predicted = model.predict(sizes, verbose=0) > 0.5
assert np.array_equal(predicted, sizes > mean)
print(f"{mean:.2f} after 180 steps, {sizes.mean()} in the data")

# %% normalization-frozen after="sizes"
model = normalized(momentum=0.99, trainable=False)
fitted = model.fit(sizes, large, verbose=0).history
value = model.evaluate(sizes, large, verbose=0)[1]
print(f"fit {fitted['accuracy'][0]:.4f}, evaluate {value:.4f}")
