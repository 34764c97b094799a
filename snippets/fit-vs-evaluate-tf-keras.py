# %% [markdown]
# # fit and evaluate on the same rows in Keras 2
#
# tf-keras is Keras 2. The rows are those of the page.

# %% setup
import numpy as np
import tf_keras

x = np.array([1, 1, -1, 1, -1, 1, -1, 1, -1, 1.0])[:, None]
y_true = np.array([1, 0, 0, 1, 0, 1, 0, 1, 1, 1.0])[:, None]
once = {"batch_size": 4, "shuffle": False, "verbose": 0}


def compiled_keras_2(learning_rate, *layers):
    """Return a model of some layers."""
    model = tf_keras.Sequential([tf_keras.Input((1,)), *layers])
    model.compile(
        loss="binary_crossentropy",
        optimizer=tf_keras.optimizers.SGD(learning_rate),
        metrics=["accuracy"],
    )
    return model


def keras_2_model(learning_rate):
    """Return a model that is sigmoid(w * x), with w at -1."""
    return compiled_keras_2(
        learning_rate,
        tf_keras.layers.Dense(
            1,
            use_bias=False,
            kernel_initializer=tf_keras.initializers.Constant(-1.0),
            activation="sigmoid",
        ),
    )


# %% reported
model = keras_2_model(learning_rate=3.0)
fitted = model.fit(x, y_true, **once).history
value = model.evaluate(x, y_true, verbose=0)[1]
print(f"fit {fitted['accuracy'][0]:.4f}, evaluate {value:.4f}")

# %% frozen
model = keras_2_model(learning_rate=0.0)
fitted = model.fit(x, y_true, **once).history
value = model.evaluate(x, y_true, verbose=0)[1]
print(f"fit {fitted['accuracy'][0]:.4f}, evaluate {value:.4f}")

# %% one-batch table=true
model = keras_2_model(learning_rate=3.0)
print("epoch | evaluate before | fit | evaluate after")
for epoch in [1, 2]:
    before = model.evaluate(x, y_true, verbose=0)[1]
    fitted = model.fit(x, y_true, batch_size=10, verbose=0).history
    after = model.evaluate(x, y_true, verbose=0)[1]
    numbers = [before, fitted["accuracy"][0], after]
    print(epoch, *[f"{one:.4f}" for one in numbers], sep=" | ")

# %% dropout
# A row is right where its input is kept, so fit is below evaluate.
tf_keras.utils.set_random_seed(1)
ones = np.ones((1000, 1))
model = compiled_keras_2(
    0.0,
    tf_keras.layers.Dropout(0.5),
    tf_keras.layers.Dense(
        1,
        kernel_initializer="ones",
        bias_initializer=tf_keras.initializers.Constant(-0.5),
        activation="sigmoid",
    ),
)
fitted = model.fit(ones, ones, verbose=0).history
value = model.evaluate(ones, ones, verbose=0)[1]
near_half = abs(fitted["accuracy"][0] - 0.5) < 0.1
print(f"fit near one half: {near_half}, evaluate {value:.4f}")

# %% normalization table=true
sizes = np.arange(8.0, 16.0)[:, None]
large = (sizes > 11.5).astype(float)
in_order = {"batch_size": 8, "shuffle": False, "verbose": 0}
print("momentum | steps | fit | evaluate")
for momentum, steps in [
    (0.99, 50),
    (0.99, 180),
    (0.99, 500),
    (0.9, 50),
]:
    model = compiled_keras_2(
        0.0,
        tf_keras.layers.BatchNormalization(momentum=momentum),
        tf_keras.layers.Dense(
            1, kernel_initializer="ones", activation="sigmoid"
        ),
    )
    rows, labels = (
        np.tile(sizes, (steps, 1)),
        np.tile(large, (steps, 1)),
    )
    fitted = model.fit(rows, labels, **in_order).history
    value = model.evaluate(sizes, large, verbose=0)[1]
    numbers = [fitted["accuracy"][-1], value]
    shown = [f"{one:.4f}" for one in numbers]
    print(momentum, steps, *shown, sep=" | ")
