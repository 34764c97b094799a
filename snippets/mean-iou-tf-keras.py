# %% [markdown]
# # MeanIoU of probabilities in tf-keras, which is Keras 2
#
# `keras` here is what `from tensorflow import keras` gives in releases
# of TensorFlow that bring Keras 2. The pixels are those of the page.

# %% setup
import numpy as np
import tensorflow as tf
import tf_keras as keras

labels = np.array([[[0, 1], [2, 1]]])  # (N, H, W)
y_pred = np.array(
    [
        [
            [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1]],
            [[0.1, 0.3, 0.6], [0.3, 0.4, 0.3]],
        ]
    ]
)


# %% subclass
class ArgmaxMeanIoU(keras.metrics.MeanIoU):
    """MeanIoU of integer labels (N, H, W) or (N, H, W, 1)."""

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Count the class with the largest score."""
        y_pred = tf.argmax(y_pred, axis=-1)
        return super().update_state(y_true, y_pred, sample_weight)


# %% used after="subclass"
model = keras.Sequential(
    [keras.Input((2, 2, 3)), keras.layers.Activation("linear")]
)
for wanted in [labels, labels[..., None]]:  # (N, H, W, 1)
    model.compile(
        loss="sparse_categorical_crossentropy",
        metrics=[ArgmaxMeanIoU(num_classes=3, name="mean_iou")],
    )
    values = model.evaluate(y_pred, wanted, verbose=0, return_dict=True)
    print(f"mean_iou: {values['mean_iou']:.4f}")

# %% without
metric = keras.metrics.MeanIoU(num_classes=3)
metric.update_state(np.eye(3)[labels], y_pred)
print(f"{float(metric.result()):.4f}")

# %% weighted-loss
K = keras.backend


def weighted(y_true, y_pred):
    """Let each pixel of the object count three times."""
    loss = K.binary_crossentropy(y_true, y_pred)
    return K.mean(loss * (1 + 2 * y_true), axis=-1)


# %% weighted-loss-used after="weighted-loss"
few = np.zeros((1, 10, 10, 1), "float32")
few[0, 0, :5] = 1  # 5 of 100 pixels are the object
gray = few.copy()
gray[0, 5] = 1  # ten pixels of background look like the object
keras.utils.set_random_seed(0)
image = keras.Sequential([keras.layers.Input((10, 10, 1))])
image.add(keras.layers.Conv2D(1, 1, activation="sigmoid"))
iou = keras.metrics.BinaryIoU(target_class_ids=[1], name="iou")
adam = keras.optimizers.Adam(0.5)
image.compile(adam, loss=weighted, metrics=["binary_accuracy", iou])
image.fit(gray, few, epochs=100, verbose=0)
values = image.evaluate(gray, few, verbose=0, return_dict=True)
print(f"{values['binary_accuracy']:.2f}, {values['iou']:.4f}")
