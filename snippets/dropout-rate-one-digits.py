# %% [markdown]
# # Dropout with rate one in a network for handwritten digits
#
# Two hidden layers with a dropout after each, as in the question that
# made this known. The digits come with scikit-learn.

# %% setup
import keras
import numpy as np
from sklearn.datasets import load_digits

x, y_true = load_digits(return_X_y=True)
x = x / 16.0


def trained_with(rate):
    """Train one network."""
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dropout(rate),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        loss="sparse_categorical_crossentropy",
        optimizer="adam",
        metrics=["accuracy"],
    )
    history = model.fit(
        x, y_true, batch_size=64, epochs=15, verbose=0
    ).history
    results = model.evaluate(x, y_true, verbose=0, return_dict=True)
    return model, history["accuracy"][-1], results["accuracy"]


# %% train warns=true
rates = [0.0, 0.5, 1.0]
runs = {rate: trained_with(rate) for rate in rates}


# %% rates table=true
def words(accuracy):
    """Say only what no processor can change."""
    if accuracy > 0.9:
        return "above 0.9"
    return "below 0.2" if accuracy < 0.2 else "between"


print("rate | accuracy, last epoch of fit | accuracy, evaluate")
for rate, (_, fitted, evaluated) in runs.items():
    print(rate, words(fitted), words(evaluated), sep=" | ")

# %% one-class
model, _, _ = runs[1.0]
classes = np.argmax(model(x, training=True), axis=-1)
print(f"{len(np.unique(classes))} of 10 digits")

# %% most-common
print(f"{np.bincount(y_true).max() / len(y_true):.4f}")
