# %% [markdown]
# # Accuracy of many classes in half precision
#
# The model returns a softmax of its input. Class 256 is found for
# class 257, class 257 for class 256, and class 256 for class 256.

# %% setup
import keras
import numpy as np

labels = np.array([257, 256, 256])
found = np.array([256, 257, 256])
x = np.eye(300)[found]

# %% reported
model = keras.Sequential(
    [
        keras.Input((300,)),
        keras.layers.Activation("softmax", dtype="mixed_bfloat16"),
    ]
)
model.compile(
    loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
results = model.evaluate(x, labels, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")
best = model.predict(x, verbose=0).astype("float32").argmax(axis=-1)
print(f"argmax of predict(): {np.mean(best == labels):.4f}")

# %% value after="reported"
print(f"{results['accuracy']:.4f}")

# %% formula after="reported"
rounded = labels.astype("bfloat16")
accuracy = np.mean(rounded == best.astype("bfloat16"))
assert np.isclose(accuracy, results["accuracy"])
print("labels in bfloat16:", *rounded)
print(f"accuracy: {accuracy:.4f}")

# %% instead
mixed = keras.Sequential(
    [
        keras.Input((300,)),
        keras.layers.Identity(dtype="mixed_bfloat16"),
        keras.layers.Activation("softmax", dtype="float32"),
    ]
)
mixed.compile(
    loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
results = mixed.evaluate(x, labels, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")


# %% instead-cast after="reported"
def right_classes(y_true, y_pred):
    """Share of right classes, compared in float32."""
    y_pred = keras.ops.cast(y_pred, "float32")
    return keras.metrics.sparse_categorical_accuracy(y_true, y_pred)


model.compile(
    loss="sparse_categorical_crossentropy", metrics=[right_classes]
)
results = model.evaluate(x, labels, verbose=0, return_dict=True)
print(f"right_classes: {results['right_classes']:.4f}")

# %% floatx table=true
assert np.float16(1e-8) == 0
kinds = np.arange(40) % 4
one_hot = np.eye(4)[kinds]
print("dtype | epsilon of Adam | loss | accuracy | rows of NaN")
for dtype, epsilon in [
    ("float16", 1e-8),
    ("float16", 1e-4),
    ("mixed_float16", 1e-8),
]:
    keras.utils.set_random_seed(0)
    trained = keras.Sequential(
        [
            keras.layers.Dense(16, activation="relu", dtype=dtype),
            keras.layers.Dense(4, activation="softmax", dtype=dtype),
        ]
    )
    trained.compile(
        keras.optimizers.Adam(0.05, epsilon=epsilon),
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    )
    ran = trained.fit(one_hot, one_hot, epochs=20, verbose=0).history
    rows = np.isnan(trained.predict(one_hot, verbose=0)).any(axis=-1)
    loss = "nan" if np.isnan(ran["loss"][-1]) else "a number"
    value = f"{ran['accuracy'][-1]:.4f}"
    print(dtype, epsilon, loss, value, rows.sum(), sep=" | ")
