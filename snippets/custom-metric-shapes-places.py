# %% [markdown]
# # Where labels (N,) are compared with each prediction
#
# The mean squared error of labels (5,) and predictions (5, 1), in Keras
# 3 and in tf-keras, which is Keras 2. The model returns its input.

# %% setup
import keras
import numpy as np
import tensorflow as tf
import tf_keras

y_true = np.array([0, 1, 1, 1, 0], "float32")
y_pred = np.array([[0.2], [0.4], [0.7], [0.9], [0.6]], "float32")


def own(y_true, y_pred):
    """Compute the mean squared error, in TensorFlow."""
    return tf.reduce_mean(tf.square(y_true - y_pred))


def evaluated_at(library, loss, metric):
    """Evaluate a model that returns its input; return all values."""
    model = library.Sequential(
        [library.Input((1,)), library.layers.Activation("linear")]
    )
    model.compile("sgd", loss=loss, metrics=[metric])
    return model.evaluate(y_pred, y_true, verbose=0)


def loss_class(library):
    """Return an object of a subclass of Loss."""

    class OwnSquares(library.losses.Loss):
        def call(self, y_true, y_pred):
            return own(y_true, y_pred)

    return OwnSquares()


# %% places table=true
def in_numpy(library):
    return library.losses.mean_squared_error(y_true, y_pred)


asked = {
    "loss='mse'": lambda at: evaluated_at(at, "mse", "mse")[0],
    "metrics=['mse']": lambda at: evaluated_at(at, "mse", "mse")[1],
    "a function, in metrics": lambda at: evaluated_at(at, "mse", own)[
        1
    ],
    "a function, as loss": lambda at: evaluated_at(at, own, "mse")[0],
    "a subclass of Loss": lambda at: evaluated_at(
        at, loss_class(at), "mse"
    )[0],
    "losses.mean_squared_error(…) by hand": in_numpy,
    "NumPy by hand": lambda at: (y_true - y_pred) ** 2,
}
print("the error is computed by | Keras 3 | tf-keras")
for words, ask in asked.items():
    row = [f"{np.mean(ask(at)):.4f}" for at in (keras, tf_keras)]
    print(words, *row, sep=" | ")

# %% pairs table=true
print(
    "labels | predictions | mean_squared_error",
    "MeanSquaredError(), arrays",
    "MeanSquaredError(), tensors",
    "mean_absolute_error",
    sep=" | ",
)
for labels, scores in [
    (y_true, y_pred[:, 0]),
    (y_true, y_pred),
    (y_true[:, None], y_pred[:, 0]),
    (y_true[:, None], y_pred),
]:
    tensors = tf.constant(labels), tf.constant(scores)
    mse = tf_keras.losses.MeanSquaredError()
    found = [
        tf_keras.losses.mean_squared_error(*tensors),
        mse(labels, scores),
        mse(*tensors),
        tf_keras.losses.mean_absolute_error(*tensors),
    ]
    row = [f"{np.mean(one):.4f}" for one in found]
    print(labels.shape, scores.shape, *row, sep=" | ")

# %% wrong
print(f"{np.mean((y_true[None, :] - y_pred) ** 2):.4f}")

# %% trained
x = np.tile([[0.0], [1.0], [2.0], [3.0]], (500, 1))
targets = x[:, 0]  # (2000,): the model could copy its input
for words, loss in [
    ("a function:        ", own),
    ("a subclass of Loss:", loss_class(keras)),
]:
    trained = keras.Sequential(
        [keras.Input((1,)), keras.layers.Dense(1)]
    )
    trained.compile(keras.optimizers.SGD(0.1), loss=loss)
    trained.fit(x, targets, batch_size=4, shuffle=False, verbose=0)
    print(words, trained.predict(x[:4], verbose=0).round(2)[:, 0] + 0.0)
