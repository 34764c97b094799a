# %% [markdown]
# # The strings 'crossentropy' and 'ce' as metrics
#
# The documentation of compile says that they are converted by the
# shapes, as 'accuracy' is.

# %% setup
import inspect

import keras
import numpy as np

y_true = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
y_pred = np.array([[0.8, 0.2], [0.3, 0.7], [0.4, 0.6]])


def evaluated(y_true, y_pred, metrics, loss):
    """Evaluate a model that returns its input."""
    model = keras.Sequential(
        [keras.Input(y_pred.shape[1:]), keras.layers.Identity()]
    )
    model.compile(loss=loss, metrics=metrics, run_eagerly=True)
    return model.evaluate(y_pred, y_true, verbose=0, return_dict=True)


# %% documented
text = " ".join(inspect.getdoc(keras.Model.compile).split())
start = text.index("A similar conversion")
print(text[start : text.index(".", start) + 1])

# %% refused
for name in ["crossentropy", "ce"]:
    try:
        evaluated(y_true, y_pred, [name], "categorical_crossentropy")
    except ValueError as error:
        print(str(error).splitlines()[0])

# %% instead
loss = "categorical_crossentropy"
results = evaluated(y_true, y_pred, [loss, "accuracy"], loss)
for name in ["categorical_crossentropy", "accuracy"]:
    print(f"{name}: {results[name]:.4f}")
