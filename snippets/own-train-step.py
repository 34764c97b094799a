# %% [markdown]
# # A train_step of one's own: which metrics are reset and returned
#
# Four rows in one batch. The model is `sigmoid(w * x)`, and `w` begins
# with the wrong sign. The first step corrects it. So all rows are wrong
# in the first epoch, and all are right in the next two.

# %% setup
import keras
import numpy as np
import tensorflow as tf

x = np.array([[1.0], [2.0], [-1.0], [-2.0]], "float32")
y = np.array([[1.0], [1.0], [0.0], [0.0]], "float32")


class OwnStep(keras.Model):
    """A model with one weight, which begins with the wrong sign."""

    def __init__(self):
        super().__init__()
        wrong = keras.initializers.Constant(-1.0)
        self.unit = keras.layers.Dense(
            1, "sigmoid", use_bias=False, kernel_initializer=wrong
        )

    def call(self, x):
        return self.unit(x)

    def learn(self, x, y):
        """Take one step, and return its predictions and loss."""
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            losses = keras.losses.binary_crossentropy(y, y_pred)
            loss = tf.reduce_mean(losses)
        weights = self.trainable_variables
        self.optimizer.apply(tape.gradient(loss, weights), weights)
        return y_pred, loss


def epochs(model, keras=keras, **compiled):
    """Return what three epochs leave in the history."""
    model.compile(
        optimizer=keras.optimizers.SGD(2.0),
        loss="binary_crossentropy",
        **compiled,
    )
    return model.fit(x, y, epochs=3, verbose=0).history


def show(history):
    """Print a history, a key a line."""
    for key, values in history.items():
        print(f"{key}:", [round(float(value), 4) for value in values])


# %% reported
seen = keras.metrics.BinaryAccuracy(name="own")


class Outside(OwnStep):
    def train_step(self, data):
        x, y = data
        y_pred, loss = self.learn(x, y)
        seen.update_state(y, y_pred)
        return {"loss": loss, "own": seen.result()}


outside = epochs(Outside())
show(outside)

# %% formula after="reported"
hits = np.array([0, 4, 4])  # of four rows, in each epoch
running = np.cumsum(hits) / np.cumsum([4, 4, 4])
assert np.allclose(running, outside["own"])
print(running.round(4).tolist())

# %% own-loop
never, each = [keras.metrics.BinaryAccuracy() for _ in range(2)]
model = OwnStep()
model.compile(optimizer=keras.optimizers.SGD(2.0))
for _epoch in range(3):
    each.reset_state()
    y_pred, _loss = model.learn(x, y)
    for metric in (never, each):
        metric.update_state(y, y_pred)
    values = float(never.result()), float(each.result())
    print("never reset {:.4f}, each epoch {:.4f}".format(*values))


# %% instead
class Instead(OwnStep):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        weights = self.trainable_variables
        self.optimizer.apply(tape.gradient(loss, weights), weights)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


show(epochs(Instead(), metrics=["accuracy"]))


# %% own-metric
class Extra(OwnStep):
    def __init__(self):
        super().__init__()
        self.seen = keras.metrics.BinaryAccuracy(name="own")

    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        values = super().compute_metrics(x, y, y_pred, sample_weight)
        self.seen.update_state(y, y_pred)
        values["own"] = self.seen.result()
        return values


extra = Extra()
show(epochs(extra, metrics=["accuracy"]))
print([metric.name for metric in extra.metrics])


# %% only-own raises="ValueError"
class Only(OwnStep):
    def compute_metrics(self, x, y, y_pred, sample_weight=None):
        return {"own": 0.25}


epochs(Only(), metrics=["accuracy"])


# %% loss-zero
class Attribute(OwnStep):
    def __init__(self):
        super().__init__()
        self.seen = keras.metrics.BinaryAccuracy(name="own")

    def train_step(self, data):
        x, y = data
        y_pred, loss = self.learn(x, y)
        self.seen.update_state(y, y_pred)
        return {"loss": loss, "own": self.seen.result()}


show(epochs(Attribute()))


# %% listed after="loss-zero"
class Listed(Attribute):
    @property
    def metrics(self):
        return [self.seen]


show(epochs(Listed()))

# %% listed-accuracy after="listed"
print(list(epochs(Listed(), metrics=["accuracy"])))


# %% no-test-step
class Tracked(OwnStep):
    def __init__(self):
        super().__init__()
        self.tracker = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.tracker]

    def train_step(self, data):
        _y_pred, loss = self.learn(*data)
        self.tracker.update_state(loss)
        return {"loss": self.tracker.result()}


model = Tracked()
epochs(model)
print(f"{model.evaluate(x, y, verbose=0):.4f}")


# %% test-step after="no-test-step"
class Tested(Tracked):
    def test_step(self, data):
        x, y = data
        y_pred = self(x, training=False)
        losses = keras.losses.binary_crossentropy(y, y_pred)
        self.tracker.update_state(losses)
        return {"loss": self.tracker.result()}


model = Tested()
epochs(model)
print(f"{model.evaluate(x, y, verbose=0):.4f}")

# %% tf-keras
import tf_keras


class Older(tf_keras.Model):
    def __init__(self):
        super().__init__()
        wrong = tf_keras.initializers.Constant(-1.0)
        self.unit = tf_keras.layers.Dense(
            1, "sigmoid", use_bias=False, kernel_initializer=wrong
        )

    def call(self, x):
        return self.unit(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred)
        weights = self.trainable_variables
        self.optimizer.minimize(loss, weights, tape=tape)
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


show(epochs(Older(), keras=tf_keras, metrics=["accuracy"]))


# %% last-batch
class Tensor(OwnStep):
    def train_step(self, data):
        _x, y = data
        return {"ones": tf.reduce_mean(y)}


model = Tensor()
model.compile(optimizer="sgd")
kept = model.fit(x, y, batch_size=2, shuffle=False, verbose=0).history
print(kept["ones"], np.mean(y))

# %% places table=true
import tf_keras


def rows_seen(keras, place):
    """Return the rows that are counted in each of three epochs."""
    count = keras.metrics.Sum(name="rows")
    kind = keras.Model if "model" in place else keras.layers.Layer
    holder = type("Holder", (kind,), {"call": lambda self, x: x})()

    class Counting(keras.Model):
        def __init__(self):
            super().__init__()
            self.holder = holder
            if place == "an attribute of the model":
                self.count = count
            elif place == "a list in the model":
                self.counts = [count]
            elif place != "a variable outside":
                holder.count = count

        def call(self, x):
            return self.holder(x)

        def train_step(self, data):
            count.update_state(tf.ones(4))
            return {"rows": count.result()}

    return [int(rows) for rows in epochs(Counting(), keras)["rows"]]


print("the metric is | Keras 3 | tf-keras")
for place in [
    "an attribute of the model",
    "a list in the model",
    "an attribute of a layer",
    "an attribute of a model inside",
    "a variable outside",
]:
    found = [rows_seen(one, place) for one in (keras, tf_keras)]
    print(place, *found, sep=" | ")

# %% no-metric
model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="mse", metrics=[])
found = model.evaluate(x, y, verbose=0)
print(type(found).__name__, f"{found:.4f}")
