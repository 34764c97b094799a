# %% [markdown]
# # 'accuracy' before saving and after load_model
#
# tf-keras is tf.keras, that is Keras 2. The model returns its input,
# so it predicts the probabilities in `y_pred`.

# %% setup
import pathlib
import tempfile
import warnings

import numpy as np
import tf_keras

# tf-keras warns that HDF5 is a legacy format.
warnings.filterwarnings("ignore", message=".*HDF5")
folder = pathlib.Path(tempfile.mkdtemp())

y_true = np.array([0, 1, 2, 0, 1])
y_pred = np.array(
    [
        [0.4, 0.3, 0.3],
        [0.1, 0.8, 0.1],
        [0.6, 0.3, 0.1],
        [0.3, 0.2, 0.5],
        [0.2, 0.7, 0.1],
    ]
)


def compiled_model(metric):
    """Return a model that returns its input, with one metric."""
    layers = [
        tf_keras.layers.InputLayer((3,)),
        tf_keras.layers.Activation("linear"),
    ]
    model = tf_keras.Sequential(layers)
    model.compile(
        optimizer="sgd",
        loss="sparse_categorical_crossentropy",
        metrics=[metric],
    )
    return model


# %% reported table=true
model = compiled_model("accuracy")
loss, accuracy = model.evaluate(y_pred, y_true, verbose=0)

model.compile(model.optimizer, model.loss, metrics=["accuracy"])
model.save(folder / "model.h5")  # no batch since compile
again = tf_keras.models.load_model(folder / "model.h5")
loss_again, collapsed = again.evaluate(y_pred, y_true, verbose=0)

print("model | loss | accuracy")
print(f"before saving | {loss:.4f} | {accuracy:.4f}")
print(f"loaded | {loss_again:.4f} | {collapsed:.4f}")

# %% chosen after="reported"
print(again.metrics[1]._fn.__name__)

# %% formula after="reported"
best = y_pred.argmax(axis=-1)
assert np.isclose(accuracy, np.mean(best == y_true))
assert np.isclose(collapsed, np.mean(best == 0))
print(f"right predictions: {np.mean(best == y_true):.4f}")
print(f"predictions of class 0: {np.mean(best == 0):.4f}")

# %% instead after="reported"
loaded = tf_keras.models.load_model(folder / "model.h5")
loaded.compile(
    optimizer=loaded.optimizer,
    loss=loaded.loss,
    metrics=["sparse_categorical_accuracy"],
)
results = loaded.evaluate(y_pred, y_true, verbose=0)
print(f"loss: {results[0]:.4f}, accuracy: {results[1]:.4f}")

# %% by-hand after="reported"
classes = again.predict(y_pred, verbose=0).argmax(axis=-1)
print(f"{np.mean(classes == y_true):.4f}")

# %% instead-named
named = compiled_model("sparse_categorical_accuracy")
named.save(folder / "named.h5")
named = tf_keras.models.load_model(folder / "named.h5")
print(f"{named.evaluate(y_pred, y_true, verbose=0)[1]:.4f}")

# %% not-compiled after="reported"
path = folder / "model.h5"
plain = tf_keras.models.load_model(path, compile=False)
try:
    plain.evaluate(y_pred, y_true, verbose=0)
except RuntimeError as error:
    print(f"{type(error).__name__}: {error}")

# %% fit-after after="reported"
again.fit(y_pred, y_true, verbose=0)
print(f"{again.evaluate(y_pred, y_true, verbose=0)[1]:.4f}")

# %% same-model table=true
print("file | accuracy of the model that was saved")
for name in ["first.keras", "first.h5"]:
    first = compiled_model("accuracy")
    first.save(folder / name)  # before the first batch
    value = first.evaluate(y_pred, y_true, verbose=0)[1]
    print(f"{name} | {value:.4f}")
