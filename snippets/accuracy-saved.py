# %% [markdown]
# # 'accuracy' after save and load_model
#
# Integer labels, so 'accuracy' should be
# sparse_categorical_accuracy. tf-keras is Keras 2.

# %% setup
import pathlib
import tempfile
import warnings

import keras
import numpy as np
import tf_keras

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


def loaded(module, name, batch_before_saving):
    """Return the accuracy after save and load_model."""
    model = module.Sequential(
        [
            module.layers.Input((3,)),
            module.layers.Activation("linear"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    if batch_before_saving:
        model.evaluate(y_pred, y_true, verbose=0)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        with warnings.catch_warnings(action="ignore"):
            model.save(path)  # tf-keras calls HDF5 legacy
        again = module.models.load_model(path)
    return again.evaluate(y_pred, y_true, verbose=0)[1]


# %% reported table=true
print("file | saved after a batch | saved before the first")
for module, name in [(keras, "model.keras"), (tf_keras, "model.h5")]:
    after = loaded(module, name, True)
    before = loaded(module, name, False)
    print(f"{module.__name__}, {name} | {after:.1f} | {before:.1f}")

# %% formula after="reported"
best = y_pred.argmax(axis=-1)
assert np.isclose(after, (best == y_true).mean())
assert np.isclose(before, (best == 0).mean())
print(f"sparse_categorical_accuracy: {(best == y_true).mean():.1f}")
print(f"share of predictions of class 0: {(best == 0).mean():.1f}")
