# %% [markdown]
# # tf.data with a fixed batch size and an unknown length
#
# 16 rows in 4 batches; of each batch 3 of 4 rows are right. The model
# returns its input.

# %% setup
import tempfile
import warnings
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

warnings.simplefilter("ignore")  # "Your input ran out of data"
x = np.full((16, 1), 0.9, "float32")
y_true = np.array([[0], [1], [1], [1]] * 4, "float32")


def pipe(size, n=4):
    """Give n batches of 4 rows, and say that they have this size."""
    batch = (x[:4], y_true[:4])
    spec = tf.TensorSpec((size, 1), tf.float32)
    return tf.data.Dataset.from_generator(
        lambda: iter([batch] * n), output_signature=(spec, spec)
    )


def ready(**settings):
    """Return a model that returns its input, and learns nothing."""
    dense = keras.layers.Dense(
        1, use_bias=False, kernel_initializer="ones"
    )
    model = keras.Sequential([keras.Input((1,)), dense])
    settings = {"metrics": ["accuracy"], **settings}
    optimizer = keras.optimizers.SGD(0.0)
    model.compile(loss="mse", optimizer=optimizer, **settings)
    return model


# %% reported table=true
data = pipe(4)
model = ready()
loss, accuracy = model.evaluate(data, verbose=0)
loss_told, told = model.evaluate(data, steps=4, verbose=0)
print("what ran | loss | accuracy")
print(f"evaluate(data) | {loss:.4f} | {accuracy:.4f}")
print(f"evaluate(data, steps=4) | {loss_told:.4f} | {told:.4f}")

# %% counted after="reported"
model.evaluate(data, verbose=0)
metric = model.metrics[1].metrics[0]
print(f"{int(metric.total)} right of {int(metric.count)}")

# %% formula after="reported"
n = 4  # batches
right = np.mean(y_true == (x > 0.5))
assert np.isclose(right * n / (n + 1), accuracy)
assert np.isclose(accuracy * (n + 1) / n, told)
print(f"{right:.4f} * {n} / {n + 1} = {right * n / (n + 1):.4f}")

# %% by-hand after="reported"
y_pred = model.predict(data, verbose=0)
print(f"{np.mean(y_true == (y_pred > 0.5)):.4f}")

# %% sign
data = pipe(4)
print(data.element_spec[0].shape)  # begins with a number
print(data.cardinality().numpy())  # -2: the length is not known

# %% instead after="sign"
n = int(data.reduce(0, lambda n, _: n + 1))  # counts the batches
told = data.apply(tf.data.experimental.assert_cardinality(n))
model = ready()
fitted = model.fit(told, epochs=2, validation_data=told, verbose=0)
for key in ["accuracy", "val_accuracy"]:
    print(key, [f"{value:.4f}" for value in fitted.history[key]])
print(f"evaluate {model.evaluate(told, verbose=0)[1]:.4f}")

# %% open-batch after="sign"
opened = data.unbatch().batch(4)
print(f"{ready().evaluate(opened, verbose=0)[1]:.4f}")

# %% ways table=true
print("written | accuracy")
opened = pipe(4).unbatch().batch(4)
known = pipe(4).apply(tf.data.experimental.assert_cardinality(4))
for words, given, settings in [
    ("nothing", pipe(4), {}),
    ("assert_cardinality(4)", known, {}),
    ("unbatch().batch(4)", opened, {}),
    ("TensorSpec((None, 1))", pipe(None), {}),
    ("run_eagerly=True", pipe(4), {"run_eagerly": True}),
    ("jit_compile=True", pipe(4), {"jit_compile": True}),
    ("steps_per_execution=2", pipe(4), {"steps_per_execution": 2}),
]:
    value = ready(**settings).evaluate(given, verbose=0)[1]
    print(f"{words} | {value:.4f}")

# %% places table=true
print("batches | right | evaluate | fit | val_accuracy")
for n in [1, 4, 9]:
    data = pipe(4, n)
    model = ready()
    values = [0.75, model.evaluate(data, verbose=0)[1]]
    fitted = model.fit(data, validation_data=data, verbose=0).history
    values += [fitted["accuracy"][0], fitted["val_accuracy"][0]]
    print(n, *[f"{value:.4f}" for value in values], sep=" | ")

# %% factor table=true
print("batches | reported | right")
for n in [1, 2, 4, 9]:
    value = ready().evaluate(pipe(4, n), verbose=0)[1]
    right = ready().evaluate(pipe(4, n), steps=n, verbose=0)[1]
    assert np.isclose(value, right * n / (n + 1))
    print(f"n = {n} | {value:.4f} | {right:.4f}")

# %% pipelines table=true
path = str(Path(tempfile.mkdtemp()) / "rows")
with tf.io.TFRecordWriter(path) as file:
    for row in np.hstack([x, y_true]):
        file.write(row.tobytes())


def read(record):
    row = tf.io.decode_raw(record, tf.float32)
    row = tf.ensure_shape(row, (2,))
    return row[:1], row[1:]


def every_row(*_):
    return True


rows = tf.data.Dataset.from_tensor_slices((x, y_true))
records = tf.data.TFRecordDataset(path).map(read)
kept = rows.filter(every_row)
files = tf.data.Dataset.from_tensors(path)
woven = files.interleave(tf.data.TFRecordDataset).map(read)
print("pipeline | shape | length | accuracy")
for words, given in [
    ("from_generator, TensorSpec((4, 1))", pipe(4)),
    ("from_generator, TensorSpec((None, 1))", pipe(None)),
    ("TFRecord, drop_remainder", records.batch(4, True)),
    ("TFRecord", records.batch(4)),
    ("interleave, drop_remainder", woven.batch(4, True)),
    ("filter, drop_remainder", kept.batch(4, True)),
    ("filter", kept.batch(4)),
    ("from_tensor_slices, drop_remainder", rows.batch(4, True)),
]:
    length = given.cardinality().numpy()
    length = "unknown" if length == -2 else length
    value = ready().evaluate(given, verbose=0)[1]
    shape = given.element_spec[0].shape
    print(words, shape, length, f"{value:.4f}", sep=" | ")

# %% metrics table=true
model = ready(
    metrics=[
        "accuracy",
        "mae",
        keras.metrics.R2Score(),
        keras.metrics.Precision(),
        keras.metrics.AUC(),
        keras.metrics.F1Score(threshold=0.5, average="micro"),
    ]
)
usual = model.evaluate(pipe(4), verbose=0, return_dict=True)
right = model.evaluate(pipe(4), steps=4, verbose=0, return_dict=True)
print("metric | reported | right")
for key in ["loss", *[key for key in usual if key != "loss"]]:
    print(f"{key} | {usual[key]:.4f} | {right[key]:.4f}")

# %% every-second-epoch table=true
print("data | accuracy of four epochs, steps_per_epoch=4")
for words, given in [
    ("dataset(4)", pipe(4)),
    ("dataset(None)", pipe(None)),
    ("dataset(4).repeat()", pipe(4).repeat()),
]:
    fitted = ready().fit(given, epochs=4, steps_per_epoch=4, verbose=0)
    values = [f"{one:.4f}" for one in fitted.history["accuracy"]]
    print(words, ", ".join(values), sep=" | ")

# %% iterations
model = ready()
model.fit(pipe(4), verbose=0)
print(int(model.optimizer.iterations))
