# %% [markdown]
# # Accuracy on two devices
#
# MirroredStrategy, on a processor that is made two logical ones. The
# rows are those of the page.

# %% setup
import keras
import numpy as np
import tensorflow as tf

x = np.full((8, 1), 0.9, "float32")
y_true = np.array([[0]] * 4 + [[1]] * 4, "float32")

# %% reported table=true
processor = tf.config.list_physical_devices("CPU")[0]
two = [tf.config.LogicalDeviceConfiguration() for _ in range(2)]
tf.config.set_logical_device_configuration(processor, two)
strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
with strategy.scope():
    dense = keras.layers.Dense(
        1, use_bias=False, kernel_initializer="ones"
    )
    model = keras.Sequential([keras.Input((1,)), dense])
    optimizer = keras.optimizers.SGD(0.0)
    model.compile(loss="mse", optimizer=optimizer, metrics=["accuracy"])
print("devices | rows | batch size | fit | evaluate")
devices = strategy.num_replicas_in_sync
for rows, size in [(8, 4), (7, 4)]:
    data = {"x": x[:rows], "y": y_true[:rows], "batch_size": size}
    fitted = model.fit(**data, shuffle=False, verbose=0).history
    values = fitted["accuracy"][0], model.evaluate(**data, verbose=0)[1]
    shown = [f"{value:.4f}" for value in values]
    print(devices, rows, size, *shown, sep=" | ")

# %% uneven raises="InvalidArgumentError" after="reported"
model.evaluate(x, y_true, batch_size=3, verbose=0)

# %% formula
shares = [np.mean((y_true == (x > 0.5))[:rows]) for rows in [8, 7]]
print(", ".join(f"{share:.4f}" for share in shares))

# %% doubled
# Each device adds to the total of both, and the two are summed.
total = count = 0.0
for right in np.split((y_true == (x > 0.5))[:, 0], 4):
    total, count = 2 * total + right.sum(), 2 * count + right.size
print(f"{total / count:.4f}")
