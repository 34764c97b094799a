# %% [markdown]
# # Precision and recall with two softmax units in Keras 2
#
# tf-keras is Keras 2. The model returns its input.

# %% setup
import numpy as np
import tf_keras
from tf_keras import backend

labels = np.array([0, 0, 0, 0, 0, 1, 1, 1])
of_class_1 = np.array([0.1, 0.2, 0.4, 0.3, 0.7, 0.8, 0.3, 0.4])
y_true = np.eye(2)[labels]
y_pred = np.stack([1 - of_class_1, of_class_1], axis=-1)


def evaluated_keras_2(metrics, batch_size=8):
    """Evaluate a model that returns its input; print its metrics."""
    inputs = tf_keras.Input((2,))
    model = tf_keras.Model(
        inputs, tf_keras.layers.Activation("linear")(inputs)
    )
    model.compile(loss="categorical_crossentropy", metrics=metrics)
    values = model.evaluate(
        y_pred,
        y_true,
        batch_size=batch_size,
        verbose=0,
        return_dict=True,
    )
    for name, value in values.items():
        if name != "loss":
            print(f"{name}: {value:.4f}")


# %% classes
evaluated_keras_2(
    [
        "accuracy",
        tf_keras.metrics.Precision(name="precision"),
        tf_keras.metrics.Recall(name="recall"),
        tf_keras.metrics.Precision(class_id=1, name="precision_of_1"),
        tf_keras.metrics.Recall(class_id=1, name="recall_of_1"),
    ]
)


# %% own
def precision(y_true, y_pred):
    """Count over both columns, as many answers do."""
    hits = backend.sum(
        backend.round(backend.clip(y_true * y_pred, 0, 1))
    )
    found = backend.sum(backend.round(backend.clip(y_pred, 0, 1)))
    return hits / (found + backend.epsilon())


def recall(y_true, y_pred):
    """Count over both columns, as many answers do."""
    hits = backend.sum(
        backend.round(backend.clip(y_true * y_pred, 0, 1))
    )
    wanted = backend.sum(backend.round(backend.clip(y_true, 0, 1)))
    return hits / (wanted + backend.epsilon())


evaluated_keras_2(["accuracy", precision, recall])


# %% own-of-one after="own"
def precision_of_1(y_true, y_pred):
    """Count over the column of class 1 only."""
    return precision(y_true[:, 1], y_pred[:, 1])


def recall_of_1(y_true, y_pred):
    """Count over the column of class 1 only."""
    return recall(y_true[:, 1], y_pred[:, 1])


evaluated_keras_2([precision_of_1, recall_of_1])

# %% own-batches after="own-of-one"
evaluated_keras_2(
    [
        "accuracy",
        precision,
        recall,
        precision_of_1,
        recall_of_1,
    ],
    batch_size=3,
)

# %% integer-labels
try:
    tf_keras.metrics.Precision().update_state(labels, y_pred)
except Exception as error:
    print(f"{type(error).__name__}: {error}")
