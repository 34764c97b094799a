# %% [markdown]
# # Integer labels and one-hot labels: which metric fits which
#
# The model returns its input, so its predictions are the numbers given.

# %% setup
import keras
import numpy as np

integers = np.array([0, 1, 2, 0, 1])
one_hot = np.eye(3)[integers]
outputs = np.array(
    [
        [0.4, 0.3, 0.3],
        [0.1, 0.8, 0.1],
        [0.6, 0.3, 0.1],
        [0.3, 0.2, 0.5],
        [0.2, 0.7, 0.1],
    ]
)
model = keras.Sequential([keras.Input((3,)), keras.layers.Identity()])

# %% instead
# Integer labels, (N,) or (N, 1).
model.compile(
    loss="sparse_categorical_crossentropy",
    metrics=["sparse_categorical_accuracy"],
)
results = model.evaluate(outputs, integers, verbose=0, return_dict=True)
print(f"{results['sparse_categorical_accuracy']:.4f}")

# One-hot labels, (N, K).
model.compile(
    loss="categorical_crossentropy",
    metrics=["categorical_accuracy"],
)
results = model.evaluate(outputs, one_hot, verbose=0, return_dict=True)
print(f"{results['categorical_accuracy']:.4f}")

# %% convert
print(keras.utils.to_categorical(integers, num_classes=3)[2])
print(one_hot.argmax(axis=-1))

# %% reported table=true
every_label = {
    "integers, (N,)": integers,
    "integers, (N, 1)": integers[:, None],
    "one-hot, (N, K)": one_hot,
}
values = {}
print("metric |", " | ".join(every_label))
for metric in [
    "sparse_categorical_accuracy",
    "categorical_accuracy",
    "binary_accuracy",
    "accuracy",
]:
    shown = []
    for words, labels in every_label.items():
        kind = "" if words.startswith("one-hot") else "sparse_"
        model.compile(
            loss=f"{kind}categorical_crossentropy", metrics=[metric]
        )
        try:
            results = model.evaluate(
                outputs, labels, verbose=0, return_dict=True
            )
            values[words, metric] = results[metric]
            shown.append(f"{results[metric]:.4f}")
        except Exception:
            shown.append("error")
    print(f"'{metric}'", *shown, sep=" | ")

# %% formula after="reported"
predicted = outputs.argmax(axis=-1)
right = np.mean(integers == predicted)
assert np.isclose(
    right, values["integers, (N,)", "sparse_categorical_accuracy"]
)
assert np.isclose(
    right, values["one-hot, (N, K)", "categorical_accuracy"]
)
# Of one column of labels, the largest is always index 0.
share_of_class_0 = np.mean(predicted == 0)
assert np.isclose(
    share_of_class_0, values["integers, (N, 1)", "categorical_accuracy"]
)
print(f"right: {right:.4f}, predicted class 0: {share_of_class_0:.4f}")

# %% vector after="reported"
# Labels (N,) have one largest label for the whole batch.
share_of_one_class = np.mean(predicted == integers.argmax())
assert np.isclose(
    share_of_one_class, values["integers, (N,)", "categorical_accuracy"]
)
print(f"{share_of_one_class:.4f}")

# %% square
model.compile(
    loss="categorical_crossentropy",
    metrics=["sparse_categorical_accuracy"],
)
results = model.evaluate(
    outputs[:3], one_hot[:3], verbose=0, return_dict=True
)
cells = one_hot[:3] == outputs[:3].argmax(axis=-1)
assert np.isclose(cells.mean(), results["sparse_categorical_accuracy"])
print(f"{cells.mean():.4f}")

# %% wrong-loss table=true
print("labels | loss | outcome")
for words, labels, loss in [
    ("integers, (N,)", integers, "categorical_crossentropy"),
    ("integers, (N, 1)", integers[:, None], "categorical_crossentropy"),
    ("one-hot, (N, K)", one_hot, "sparse_categorical_crossentropy"),
]:
    model.compile(loss=loss)
    try:
        model.evaluate(outputs, labels, verbose=0)
        outcome = "no error"
    except Exception as error:
        outcome = str(error).split(". Received")[0]
    print(words, f"'{loss}'", outcome, sep=" | ")

# %% steps table=true
step_integers = np.array([[0, 1], [2, 1], [0, 2]])
step_outputs = np.array(
    [
        [[0.4, 0.3, 0.3], [0.1, 0.8, 0.1]],
        [[0.6, 0.3, 0.1], [0.3, 0.2, 0.5]],
        [[0.2, 0.7, 0.1], [0.1, 0.1, 0.8]],
    ]
)
steps = keras.Sequential([keras.Input((2, 3)), keras.layers.Identity()])
print("labels | metric | value")
for words, labels, kind in [
    ("integers, (N, T)", step_integers, "sparse_categorical"),
    (
        "integers, (N, T, 1)",
        step_integers[..., None],
        "sparse_categorical",
    ),
    ("one-hot, (N, T, K)", np.eye(3)[step_integers], "categorical"),
]:
    name = f"{kind}_accuracy"
    steps.compile(loss=f"{kind}_crossentropy", metrics=[name])
    results = steps.evaluate(
        step_outputs, labels, verbose=0, return_dict=True
    )
    print(words, f"'{name}'", f"{results[name]:.4f}", sep=" | ")

# %% steps-rows table=true after="steps"
print("labels | predicted classes | right steps")
for one, scores in zip(step_integers, step_outputs, strict=True):
    best = scores.argmax(axis=-1)
    print(
        " ".join(map(str, one)),
        " ".join(map(str, best)),
        f"{(one == best).sum()} of {one.size}",
        sep=" | ",
    )

# %% steps-one-hot after="steps"
classes = step_outputs.shape[-1]
one_hot_steps = np.eye(classes)[step_integers]  # (N, T) to (N, T, K)
steps.compile(
    loss="categorical_crossentropy", metrics=["categorical_accuracy"]
)
value = steps.evaluate(step_outputs, one_hot_steps, verbose=0)[1]
print(f"{value:.4f}")
