# %% [markdown]
# # Accuracy that jumps while the loss hardly moves
#
# Eight outputs of a sigmoid, always in the same order. Only their level
# moves, by a few hundredths.

# %% setup
import keras
import numpy as np

y_true = np.array([[0.0], [0], [0], [0], [1], [1], [1], [1]])
order = np.array(
    [[-0.04], [-0.03], [-0.02], [-0.01], [0.01], [0.02], [0.03], [0.04]]
)


# %% steps table=true
def count_right(y_pred, label):
    """Count the rows of one label on their side of 0.5."""
    rows = y_true == label
    count = np.sum(rows & ((y_pred > 0.5) == label))
    return f"{count} of {np.sum(rows)}"


model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(
    loss="binary_crossentropy",
    metrics=["accuracy", keras.metrics.AUC(name="auc")],
)
print("outputs | loss | accuracy | 0s and 1s right | AUC")
for level in (0.42, 0.45, 0.5, 0.55, 0.58):
    y_pred = level + order
    values = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
    accuracy = np.mean(y_true == (y_pred > 0.5))
    assert np.isclose(accuracy, values["accuracy"])
    print(
        f"{y_pred.min():.2f} to {y_pred.max():.2f}",
        f"{values['loss']:.4f}",
        f"{values['accuracy']:.4f}",
        f"{count_right(y_pred, 0)}, {count_right(y_pred, 1)}",
        f"{values['auc']:.4f}",
        sep=" | ",
    )
