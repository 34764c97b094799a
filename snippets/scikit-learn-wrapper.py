# %% [markdown]
# # Keras' wrapper for scikit-learn: what its score is

# %% setup
import keras
import numpy as np
from sklearn.base import clone
from sklearn.metrics import accuracy_score

keras.utils.disable_interactive_logging()
classes = np.array([0, 0, 0, 0, 0, 0, 1, 1, 2, 2])
x = np.eye(3)[[0, 0, 0, 0, 0, 1, 1, 0, 0, 2]]


# %% wrapper
def built(y, **_):
    """Make a model; here `y` is one-hot."""
    outputs = keras.layers.Dense(
        y.shape[1],
        activation="softmax",
        kernel_initializer="identity",
    )
    model = keras.Sequential([keras.Input((3,)), outputs])
    model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
    return model


wrapped = keras.wrappers.SKLearnClassifier(
    built, fit_kwargs={"epochs": 5}
)
wrapped.fit(x, classes)  # integers, (N,)
score = wrapped.score(x, classes)
print(f"{score:.4f}")

# %% formula after="wrapper"
one_hot = keras.utils.to_categorical(classes)
model = wrapped.model_
results = model.evaluate(x, one_hot, return_dict=True)
found = model.predict(x).argmax(axis=-1)
assert score == accuracy_score(classes, found)
assert np.isclose(score, results["accuracy"])
print(f"{results['accuracy']:.4f}")

# %% clone after="wrapper"
copy = clone(wrapped).fit(x, classes)
print(wrapped.fit_kwargs, "→", copy.fit_kwargs)

# %% clone-epochs after="clone"
print(len(wrapped.history_.epoch), "→", len(copy.history_.epoch))


# %% refused
def refused(units, loss, labels):
    """Return what fit of the wrapper says."""

    def built(**_):
        outputs = keras.layers.Dense(units, activation="sigmoid")
        model = keras.Sequential([keras.Input((3,)), outputs])
        model.compile(loss=loss)
        return model

    try:
        keras.wrappers.SKLearnClassifier(built).fit(x, labels)
    except ValueError as error:
        return str(error).partition(". Received")[0].rstrip(".")
    return "no error"


# %% errors table=true after="refused"
binary, sparse = (
    "binary_crossentropy",
    "sparse_categorical_crossentropy",
)
print("Model | Labels | SKLearnClassifier.fit")
for words, units, loss, labels in [
    ("one output | 0 and 1", 1, binary, (classes > 0).astype(int)),
    (f"{sparse} | integers", 3, sparse, classes),
    ("three outputs | one-hot", 3, binary, np.eye(3)[classes]),
]:
    print(words, refused(units, loss, labels), sep=" | ")
