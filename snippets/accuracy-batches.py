# %% [markdown]
# # Accuracy, one batch at a time
#
# Five rows in batches of two, two and one. The weight of the model is
# one and stays one, so it predicts its input, also while it trains.

# %% setup
import keras
import numpy as np

y_true = np.array([[1.0], [0.0], [1.0], [0.0], [1.0]])
y_pred = np.array([[0.9], [0.8], [0.3], [0.7], [0.2]])

# %% reported
one = keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")
batches = [slice(0, 2), slice(2, 4), slice(4, 5)]
for call in ["train_on_batch", "test_on_batch"]:
    model = keras.Sequential([keras.Input((1,)), one])
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.0),
        loss="mse",
        metrics=["accuracy"],
    )
    for rows in batches:
        results = getattr(model, call)(
            y_pred[rows], y_true[rows], return_dict=True
        )
        print(f"{call}: {results['accuracy']:.2f}")

# %% formula after="reported"
right = (y_pred > 0.5) == y_true
shares = [float(right[rows].mean()) for rows in batches]
assert np.isclose(shares[-1], results["accuracy"])
print(shares)

# %% running after="formula"
shares = [right[: rows.stop].mean() for rows in batches]
print([round(float(share), 2) for share in shares])
