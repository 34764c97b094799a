# %% [markdown]
# # 'accuracy' of a dataset that does not tell the shape of its labels
#
# `tf.data.Dataset.from_generator` can make tensors of which TensorFlow
# knows no shape, or not all of it, before it runs. Keras chooses the
# metric before that. The labels are integers in a column, and four of
# five rows are right.

# %% setup
import warnings

import keras
import numpy as np
import tensorflow as tf

labels = np.array([[0], [1], [2], [2], [1]])
scores = np.array(
    [
        [0.4, 0.3, 0.3],
        [0.1, 0.8, 0.1],
        [0.6, 0.3, 0.1],
        [0.3, 0.2, 0.5],
        [0.2, 0.7, 0.1],
    ]
)


def dataset(shape):
    """Return one batch that says this of the shape of its labels."""
    return tf.data.Dataset.from_generator(
        lambda: [(scores, labels)],
        output_signature=(
            tf.TensorSpec((None, 3), tf.float32),
            tf.TensorSpec(shape, tf.int64),
        ),
    )


def classifier(loss):
    """Return a model that returns its input."""
    model = keras.Sequential(
        [keras.Input((3,)), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=["accuracy"])
    return model


# %% reported table=true
def first_output(y_true, y_pred):
    return y_pred[:, 0]


print("the dataset tells | metric | value")
for shape in ((None, 1), (None, None)):
    model = classifier(first_output)
    value = model.evaluate(dataset(shape), steps=1, verbose=0)[1]
    chosen = model.metrics[1].metrics[0]
    print(shape, type(chosen).__name__, f"{value:.4f}", sep=" | ")

# %% formula after="reported"
share = np.mean(scores.argmax(axis=-1) == 0)
assert np.isclose(share, value)
print(f"{share:.4f}")

# %% no-rank
model = classifier("sparse_categorical_crossentropy")
try:
    model.evaluate(dataset(None), steps=1, verbose=0)
except ValueError as error:
    print(f"{type(error).__name__}: {error}")

# %% instead
untold = dataset(None)
told = untold.map(lambda x, y: (x, tf.ensure_shape(y, (None, 1))))
model = classifier("sparse_categorical_crossentropy")
value = model.evaluate(told, steps=1, verbose=0)[1]
right = labels[:, 0] == scores.argmax(axis=-1)
assert np.isclose(value, np.mean(right))
print(f"{value:.4f}")

# %% fixed-batch after="instead"
# The same data, told with the size of the batch and without steps.
fixed = tf.data.Dataset.from_generator(
    lambda: [(scores, labels)],
    output_signature=(
        tf.TensorSpec((5, 3), tf.float32),
        tf.TensorSpec((5, 1), tf.int64),
    ),
)
model = classifier("sparse_categorical_crossentropy")
with warnings.catch_warnings(action="ignore"):  # no more data
    value = model.evaluate(fixed, verbose=0)[1]
print(f"{value:.4f}")
