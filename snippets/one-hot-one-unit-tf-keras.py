# %% [markdown]
# # One-hot labels, one sigmoid unit, binary_crossentropy
#
# Whether the shapes are refused depends on how the labels are given.
# tf-keras is Keras 2, and runs beside Keras 3.

# %% setup
import inspect

import keras
import numpy as np
import tensorflow as tf
import tf_keras

x = np.array([[-2.0], [1.0], [2.0], [-1.0], [3.0]])
one_hot = np.eye(2)[[0, 1, 1, 0, 1]]


def fitted_from(library, *data, epochs=2, **options):
    """Return the history of a model with one sigmoid unit."""
    model = library.Sequential(
        [
            library.Input((1,)),
            library.layers.Dense(
                1, activation="sigmoid", kernel_initializer="ones"
            ),
        ]
    )
    model.compile(
        loss="binary_crossentropy",
        optimizer=library.optimizers.SGD(1.0),
        metrics=["accuracy"],
    )
    return model.fit(
        *data, epochs=epochs, verbose=0, shuffle=False, **options
    ).history


# %% given table=true
def batches():
    """Yield the same batch again and again."""
    while True:
        yield x, one_hot


known = tf.data.Dataset.from_tensor_slices((x, one_hot)).batch(5)
unknown = tf.data.Dataset.from_generator(
    batches,
    output_signature=(
        tf.TensorSpec((None, 1)),
        tf.TensorSpec((None, None)),
    ),
)
print("labels from | tf-keras | Keras 3")
for words, data in [
    ("arrays", lambda: (x, one_hot)),
    ("a generator", lambda: (batches(),)),
    ("a dataset, (None, 2)", lambda: (known.repeat(),)),
    ("a dataset, (None, None)", lambda: (unknown,)),
]:
    row = []
    for library in (tf_keras, keras):
        try:
            history = fitted_from(library, *data(), steps_per_epoch=1)
            row.append(f"{history['accuracy'][-1]:.4f}")
        except ValueError as error:
            row.append(type(error).__name__)
    print(words, *row, sep=" | ")

# %% loss after="given"
history = fitted_from(tf_keras, batches(), epochs=30, steps_per_epoch=1)
print(f"{history['loss'][-1]:.4f}")

# %% refused
try:
    fitted_from(tf_keras, x, one_hot)
except ValueError as error:
    print(str(error).strip().splitlines()[-1].strip())

# %% default
image = tf_keras.preprocessing.image.ImageDataGenerator
parameters = inspect.signature(image.flow_from_directory).parameters
print(parameters["class_mode"].default)

# %% older-mode after="given"
# TF1 compatibility mode, on the same generator.
with tf.Graph().as_default(), tf.compat.v1.Session().as_default():
    try:
        fitted_from(tf_keras, batches(), steps_per_epoch=1)
    except ValueError as error:
        print(type(error).__name__)
