# %% [markdown]
# # R2Score of tf-keras: integer targets, and targets far from zero

# %% setup
import numpy as np
import tf_keras

y_true = np.array([[1], [2], [3], [4]])
y_pred = np.array([[1.1], [2.1], [2.9], [3.9]])

# %% integers
model = tf_keras.Sequential(
    [tf_keras.layers.Input((1,)), tf_keras.layers.Activation("linear")]
)
model.compile(loss="mse", metrics=[tf_keras.metrics.R2Score()])
try:
    model.evaluate(y_pred, y_true.astype("int32"), verbose=0)
except ValueError as error:
    said = [line for line in str(error).splitlines() if "dtype" in line]
    print(said[-1].strip().partition(": <")[0].partition("Error: ")[2])

# %% far-float64
values = []
for dtype in ["float32", "float64"]:
    metric = tf_keras.metrics.R2Score(dtype=dtype)
    metric.update_state(y_true + 10000.0, y_pred + 10000.0)
    values.append(f"{float(metric.result()):.4f}")
print(", ".join(values))
