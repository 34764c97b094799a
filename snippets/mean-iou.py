# %% [markdown]
# # Accuracy and MeanIoU of a segmentation, on four pixels
#
# The model returns its input, so `y_pred` is what it predicts: one
# image of two by two pixels, three probabilities a pixel. Every pixel
# is right.

# %% setup
import keras
import numpy as np

labels = np.array([[[0, 1], [2, 1]]])  # (N, H, W)
y_true = np.eye(3)[labels]  # one-hot, (N, H, W, K)
y_pred = np.array(
    [
        [
            [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1]],
            [[0.1, 0.3, 0.6], [0.3, 0.4, 0.3]],
        ]
    ]
)
model = keras.Sequential(
    [keras.Input((2, 2, 3)), keras.layers.Identity()]
)

# %% reported
model.compile(
    loss="categorical_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.MeanIoU(num_classes=3, name="mean_iou"),
    ],
)
results = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
print(f"accuracy: {results['accuracy']:.4f}")
print(f"mean_iou: {results['mean_iou']:.4f}")

# %% formula after="reported"
wanted = y_true.astype(int).ravel()  # 12 zeros and ones, no classes
found = y_pred.astype(int).ravel()  # 0.8 becomes 0: only zeros
both = [np.sum((wanted == k) & (found == k)) for k in range(3)]
either = [np.sum((wanted == k) | (found == k)) for k in range(3)]
iou = [both[k] / either[k] for k in range(3) if either[k]]
mean_iou = np.mean(iou)  # a class that is nowhere is left out
assert np.isclose(mean_iou, results["mean_iou"])
print(f"class 0: {both[0]} / {either[0]}")
print(f"class 1: {both[1]} / {either[1]}")
print(f"mean: {mean_iou:.4f}")

# %% instead
model.compile(
    loss="categorical_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.OneHotMeanIoU(num_classes=3, name="mean_iou"),
        keras.metrics.OneHotIoU(3, target_class_ids=[1], name="iou_1"),
    ],
)
values = model.evaluate(y_pred, y_true, verbose=0, return_dict=True)
for name in ["accuracy", "mean_iou", "iou_1"]:
    print(f"{name}: {values[name]:.4f}")

# %% integer-labels
model.compile(
    loss="sparse_categorical_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.MeanIoU(3, sparse_y_pred=False, name="mean_iou"),
    ],
)
values = model.evaluate(y_pred, labels, verbose=0, return_dict=True)
for name in ["accuracy", "mean_iou"]:
    print(f"{name}: {values[name]:.4f}")

# %% integer-error
try:
    keras.metrics.MeanIoU(num_classes=3).update_state(labels, y_pred)
except Exception as error:
    print(str(error).split("}} ")[-1].split(" [Op")[0])

# %% by-hand
found = y_pred.argmax(axis=-1)  # y_pred = model.predict(x)
wanted = y_true.argmax(axis=-1)  # or the integer labels (N, H, W)
iou = []
for k in range(3):
    either = np.sum((wanted == k) | (found == k))
    if either:  # a class that is nowhere is left out
        iou.append(np.sum((wanted == k) & (found == k)) / either)
print(f"mean IoU: {np.mean(iou):.4f}")

# %% by-hand-sigmoid
one = np.array([[[[0.9], [0.2]], [[0.8], [0.1]]]])  # (N, H, W, 1)
mask = np.array([[[[1], [0]], [[1], [0]]]])
found = one > 0.5
both, either = np.sum(found & (mask == 1)), np.sum(found | (mask == 1))
print(f"IoU of class 1: {both / either:.4f}")

# %% sigmoid after="by-hand-sigmoid"
binary = keras.Sequential(
    [keras.Input((2, 2, 1)), keras.layers.Identity()]
)
binary.compile(
    loss="binary_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.MeanIoU(num_classes=2, name="mean_iou"),
        keras.metrics.BinaryIoU(target_class_ids=[1], name="iou"),
    ],
)
values = binary.evaluate(one, mask, verbose=0, return_dict=True)
for name in ["accuracy", "mean_iou", "iou"]:
    print(f"{name}: {values[name]:.4f}")

# %% sigmoid-logits after="by-hand-sigmoid"
logits = np.log(one / (1 - one))
metric = keras.metrics.BinaryIoU(target_class_ids=[1], threshold=0.0)
metric.update_state(mask, logits)
print(f"{float(metric.result()):.4f}")

# %% stuck table=true
print("Labels | Output | MeanIoU(num_classes=K)")
for k in [2, 3, 4, 10]:
    one_hot = np.eye(k)
    metric = keras.metrics.MeanIoU(num_classes=k)
    metric.update_state(one_hot, 0.9 * one_hot)
    value = f"{float(metric.result()):.4f}"
    print(f"one-hot, {k} classes", f"softmax, {k}", value, sep=" | ")
for share in [0.5, 0.05]:
    flat = (np.arange(20) < 20 * share).reshape(-1, 1).astype(int)
    metric = keras.metrics.MeanIoU(num_classes=2)
    metric.update_state(flat, np.where(flat == 1, 0.9, 0.1))
    value = f"{float(metric.result()):.4f}"
    words = f"0 and 1, {share:.0%} are 1"
    print(words, "sigmoid", value, sep=" | ")

# %% background
few = np.zeros((1, 10, 10, 1))
few[0, 0, :5] = 1  # 5 of 100 pixels are the object
image = keras.Sequential(
    [keras.Input((10, 10, 1)), keras.layers.Identity()]
)
image.compile(
    loss="binary_crossentropy",
    metrics=[
        "accuracy",
        keras.metrics.BinaryIoU(name="of_both"),
        keras.metrics.BinaryIoU(target_class_ids=[1], name="of_1"),
    ],
)
nothing = np.full_like(few, 0.01)  # background everywhere
values = image.evaluate(nothing, few, verbose=0, return_dict=True)
for name in ["accuracy", "of_both", "of_1"]:
    print(f"{name}: {values[name]:.4f}")

# %% empty-mask after="background"
print(f"{values['accuracy']:.2f}")

# %% classes table=true
wanted, found = [0, 0, 1, 1, 1], [0, 1, 0, 1, 1]
print("Metric | value")
for words, metric in [
    ("MeanIoU(2)", keras.metrics.MeanIoU(2)),
    (
        "MeanIoU(2, ignore_class=0)",
        keras.metrics.MeanIoU(2, ignore_class=0),
    ),
    (
        "IoU(2, target_class_ids=[0])",
        keras.metrics.IoU(2, target_class_ids=[0]),
    ),
    (
        "IoU(2, target_class_ids=[1])",
        keras.metrics.IoU(2, target_class_ids=[1]),
    ),
]:
    metric.update_state(wanted, found)
    print(words, f"{float(metric.result()):.4f}", sep=" | ")

# %% void
wanted, found = [0, 1, 1, 255], [0, 1, 1, 0]
metric = keras.metrics.MeanIoU(num_classes=2, ignore_class=255)
metric.update_state(wanted, found)
print(f"{float(metric.result()):.4f}")

# %% shapes table=true
print("Labels | Output | 'accuracy' becomes | value")
for labels_of, output, loss, words in [
    (labels, y_pred, "sparse_categorical_crossentropy", "(N, H, W)"),
    (
        labels[..., None],
        y_pred,
        "sparse_categorical_crossentropy",
        "(N, H, W, 1)",
    ),
    (y_true, y_pred, "categorical_crossentropy", "(N, H, W, K)"),
    (mask, one, "binary_crossentropy", "(N, H, W, 1)"),
]:
    size = output.shape[1:]
    pixels = keras.Sequential(
        [keras.Input(size), keras.layers.Identity()]
    )
    pixels.compile(loss=loss, metrics=["accuracy"])
    values = pixels.evaluate(
        output, labels_of, verbose=0, return_dict=True
    )
    chosen = type(pixels.metrics[1].metrics[0]).__name__
    last = "(N, H, W, 1)" if size[-1] == 1 else "(N, H, W, K)"
    value = f"{values['accuracy']:.4f}"
    print(words, last, chosen, value, sep=" | ")

# %% two-ids table=true
wanted = np.array([0, 1, 1, 2, 255])
found = np.array([0, 1, 2, 1, 2])
print("labels | MeanIoU(3, ignore_class=255)")
for labels_of in [wanted, np.where(wanted == 2, 255, wanted)]:
    metric = keras.metrics.MeanIoU(3, ignore_class=255)
    metric.update_state(labels_of, found)
    print(*labels_of, "|", f"{float(metric.result()):.4f}")

# %% weighted table=true after="background"
gray = few.copy()
gray[0, 5] = 1  # ten pixels of background look like the object
print("weight of its pixels | accuracy | IoU | pixels predicted")
for weight in [1.0, 3.0]:
    keras.utils.set_random_seed(0)
    image = keras.Sequential([keras.Input((10, 10, 1))])
    image.add(keras.layers.Conv2D(1, 1, activation="sigmoid"))
    image.compile(
        optimizer=keras.optimizers.Adam(0.5),
        loss="binary_crossentropy",
        metrics=[
            "accuracy",
            keras.metrics.BinaryIoU(target_class_ids=[1], name="iou"),
        ],
    )
    weights = np.where(few[..., 0] == 1, weight, 1.0)  # (N, H, W)
    # A hundred times the one image: an epoch each would take longer.
    x, y, w = (
        np.repeat(one, 100, axis=0) for one in (gray, few, weights)
    )
    image.fit(x, y, sample_weight=w, batch_size=1, verbose=0)
    values = image.evaluate(gray, few, verbose=0, return_dict=True)
    accuracy, iou = f"{values['accuracy']:.2f}", f"{values['iou']:.4f}"
    pixels = np.sum(image.predict(gray, verbose=0) > 0.5)
    print(weight, accuracy, iou, pixels, sep=" | ")


# %% soft table=true after="background"
def dice(y_true, y_pred):
    """Compare the scores themselves with the labels."""
    both = 2 * keras.ops.sum(y_true * y_pred)
    return both / (keras.ops.sum(y_true) + keras.ops.sum(y_pred))


def dice_cut(y_true, y_pred):
    """Round the scores first."""
    return dice(y_true, keras.ops.round(y_pred))


image = keras.Sequential(
    [keras.Input((10, 10, 1)), keras.layers.Identity()]
)
image.compile(loss="mse", metrics=["accuracy", dice_cut, dice])
print("score of the object | accuracy | dice_cut | dice")
for score in [0.1, 0.4, 0.6, 0.9]:
    mask = np.where(few == 1, score, 0.01)
    got = image.evaluate(mask, few, verbose=0, return_dict=True)
    row = [got[name] for name in ("accuracy", "dice_cut", "dice")]
    print(score, *(f"{value:.4f}" for value in row), sep=" | ")
