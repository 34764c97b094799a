# %% [markdown]
# # Accuracy that does not move, and accuracy of NaN
#
# Forty rows with one input. The label is 1 where the input is above
# 0.6. One unit can learn that.

# %% setup
import keras
import numpy as np

x = np.linspace(0.0, 1.0, 40).reshape(-1, 1)
y = (x > 0.6).astype("float32")


def train_on(x, learning_rate=5.0, activation="sigmoid"):
    """Return a model of one unit after six epochs, and its history."""
    unit = keras.layers.Dense(
        1, activation=activation, kernel_initializer="zeros"
    )
    model = keras.Sequential([keras.Input((1,)), unit])
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
    made = model.fit(x, y, batch_size=40, epochs=6, verbose=0)
    return model, made.history


# %% instead
model, history = train_on(x, activation="relu")
y_pred = model.predict(x, verbose=0)
classes, counts = np.unique(y, return_counts=True)
print("share of each class:", counts / len(y))
print("classes predicted:", np.unique((y_pred > 0.5).astype(int)))
print("outputs from", y_pred.min(), "to", y_pred.max())

# %% several-classes
scores = np.array([[0.6, 0.3, 0.1], [0.5, 0.4, 0.1], [0.7, 0.2, 0.1]])
print("classes predicted:", np.unique(scores.argmax(axis=-1)))

# %% reported table=true
hole = x.copy()
hole[3] = np.nan
print("model | accuracy | loss | outputs")
for words, settings in [
    ("as it should be", {"x": x}),
    ("the last layer is relu", {"x": x, "activation": "relu"}),
    ("learning rate 0.0001", {"x": x, "learning_rate": 1e-4}),
    ("learning rate 1", {"x": x, "learning_rate": 1.0}),
    ("learning rate 1000000", {"x": x, "learning_rate": 1e6}),
    ("one input is NaN", {"x": hole}),
    ("all inputs are 0", {"x": 0 * x}),
]:
    model, history = train_on(**settings)
    y_pred = model.predict(x, verbose=0)
    accuracy = " ".join(f"{one:.2f}" for one in history["accuracy"])
    loss = f"{history['loss'][0]:.3g} to {history['loss'][-1]:.3g}"
    outputs = f"{y_pred.min():.5f} to {y_pred.max():.5f}"
    print(words, accuracy, loss, outputs, sep=" | ")

# %% formula after="instead"
share_of_zeros = counts[0] / len(y)
for accuracy in history["accuracy"]:  # of each epoch
    assert np.isclose(accuracy, share_of_zeros)
print(f"{share_of_zeros:.4f}")

# %% same-accuracy table=true
ones = np.ones((4, 1))
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="binary_crossentropy", metrics=["accuracy"])
print("epoch | predictions | accuracy | loss")
for epoch, y_pred in [
    ("early", [0.6, 0.6, 0.4, 0.4]),
    ("later", [0.9, 0.9, 0.9, 0.001]),
    ("early", [0.6, 0.6, 0.6, 0.6]),
    ("later", [0.9, 0.9, 0.9, 0.9]),
]:
    outputs = np.reshape(y_pred, (4, 1))
    loss, accuracy = model.evaluate(outputs, ones, verbose=0)
    assert np.isclose(loss, -np.mean(np.log(outputs)), rtol=1e-4)
    listed = ", ".join(map(str, y_pred))
    print(epoch, listed, f"{accuracy:.2f}", f"{loss:.4f}", sep=" | ")

# %% nan table=true
labels = np.array([0, 1, 2, 2, 0, 1, 2, 0, 0, 1])
one_hot = np.eye(3)[labels]
zero_or_one = (labels > 0).astype(float).reshape(-1, 1)
share = np.mean(labels == 0)
nothing = np.full((3,), np.nan)
assert not np.any(nothing > 0.5)
assert np.argmax(nothing) == 0


def accuracy_of_nan(y_true, width):
    """Return 'accuracy' where each output of the model is NaN."""
    model = keras.Sequential([keras.Input((width,))])
    model.add(keras.layers.Identity())
    model.compile(loss="mse", metrics=["accuracy"])
    y_pred = np.full((len(y_true), width), np.nan)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


print("labels | outputs | loss | accuracy | share of class 0")
for words, y_true, width in [
    ("0 and 1", zero_or_one, 1),
    ("one-hot", one_hot, 3),
]:
    found = accuracy_of_nan(y_true, width)
    accuracy, loss = f"{found['accuracy']:.4f}", f"{found['loss']:.4f}"
    assert np.isclose(found["accuracy"], share)
    print(words, width, loss, accuracy, f"{share:.4f}", sep=" | ")

# %% nan-rounded
rounded = np.round(np.full((10, 1), np.nan))
assert np.mean(zero_or_one == rounded) == 0.0
print(f"{np.mean(zero_or_one == rounded):.4f}")

# %% integers
print(np.array([0, 100, 254], dtype="uint8") // 255)

# %% which-layer
model = keras.Sequential([keras.Input((1,))])
model.add(keras.layers.Rescaling(2, offset=-1, name="scaled"))
model.add(keras.layers.Activation(keras.ops.log, name="logarithm"))
model.add(keras.layers.Dense(1, name="last"))
seen = []
for layer in model.layers:
    until = keras.Model(model.inputs, layer.output)
    found = np.isnan(until.predict(x, verbose=0)).any()
    seen.append(f"{layer.name} {'NaN' if found else 'no NaN'}")
print(", ".join(seen))

# %% stop after="reported"
stopped = keras.callbacks.TerminateOnNaN()
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile(loss="mse", metrics=["accuracy"])
made = model.fit(
    hole, y, batch_size=40, epochs=6, callbacks=[stopped], verbose=0
)
print(len(made.history["loss"]), "epoch")

# %% diverges table=true
labels = np.tile(y, (16, 1))  # 16 updates in one epoch
print("inputs | optimizer | accuracy | loss after 16 updates")
for words, wide, settings in [
    ("0 to 100", 100 * x, {"learning_rate": 0.1}),
    ("0 to 100", 100 * x, {"learning_rate": 1e-5}),
    ("0 to 100", 100 * x, {"learning_rate": 0.1, "clipnorm": 1.0}),
    ("0 to 1", x, {"learning_rate": 0.1}),
]:
    unit = keras.layers.Dense(1, kernel_initializer="zeros")
    model = keras.Sequential([keras.Input((1,)), unit])
    model.compile(
        optimizer=keras.optimizers.SGD(**settings),
        loss="mse",
        metrics=["accuracy"],
    )
    rows = np.tile(wide, (16, 1))
    model.fit(rows, labels, batch_size=40, shuffle=False, verbose=0)
    last = model.evaluate(wide, y, verbose=0, return_dict=True)
    named = ", ".join(f"{name}={at}" for name, at in settings.items())
    accuracy, loss = f"{last['accuracy']:.4f}", f"{last['loss']:.4f}"
    print(words, named, accuracy, loss, sep=" | ")

# %% saturated table=true
print("wrong | binary_crossentropy | categorical_crossentropy")
for wrong, rows in [(1, 3), (1, 2), (3, 4)]:
    labels = (np.arange(rows) >= wrong)[:, None] * np.float32(1)
    sure = np.ones((rows, 1), "float32")
    one = keras.losses.binary_crossentropy(labels, sure)
    several = keras.losses.categorical_crossentropy(
        np.hstack([1 - labels, labels]), np.hstack([1 - sure, sure])
    )
    losses = [f"{np.mean(loss):.4f}" for loss in (one, several)]
    print(f"{wrong} of {rows}", *losses, sep=" | ")
