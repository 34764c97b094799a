# %% [markdown]
# # evaluate and predict on data that come in another order each time
#
# The model returns its input. Scores above one half belong to label 1,
# so every row is right.

# %% setup
import inspect
import itertools
import pathlib
import tempfile

import keras
import numpy as np
import tensorflow as tf

scores = np.array([[0.1]] * 4 + [[0.9]] * 4, dtype="float32")
labels = np.array([[0]] * 4 + [[1]] * 4)

model = keras.Sequential([keras.Input((1,)), keras.layers.Identity()])
model.compile(loss="mse", metrics=["accuracy"])


def shuffled():
    """Return a dataset that has another order each time."""
    rows = tf.data.Dataset.from_tensor_slices((scores, labels))
    return rows.shuffle(8, seed=4).batch(4)


# %% reported
data = shuffled()
results = model.evaluate(data, verbose=0, return_dict=True)
guessed = model.predict(data, verbose=0) > 0.5  # one pass
told = np.concatenate([y for _, y in data])  # another pass
print(f"evaluate:                {results['accuracy']:.4f}")
print(f"predict against labels:  {np.mean(guessed == told):.4f}")

# %% passes table=true
data = shuffled()
print("pass over the data | its labels, in their order")
for words in ["first", "second", "third"]:
    found = np.concatenate([y for _, y in data])
    print(words, " ".join(map(str, found[:, 0])), sep=" | ")

# %% formula after="reported"
right = (scores > 0.5) == labels
order = np.random.default_rng(0).permutation(8)
together = (scores[order] > 0.5) == labels[order]
assert np.isclose(np.mean(right), results["accuracy"])
assert np.mean(together) == np.mean(right)  # the order is not used
alone = (scores[order] > 0.5) == labels  # labels in the old order
print(f"rows and labels: {np.mean(together):.4f}")
print(f"rows only:       {np.mean(alone):.4f}")

# %% instead
data = shuffled()  # your dataset, Sequence or PyDataset
guessed, told = [], []
for x, y in data:
    guessed.append(model.predict_on_batch(x))
    told.append(np.array(y))
guessed, told = np.concatenate(guessed), np.concatenate(told)
right = (guessed > 0.5) == told  # one output column, a sigmoid
print(f"{np.mean(right):.4f} of {len(right)} rows")


# %% instead-generator
def shuffled_batches():
    """Yield shuffled batches without an end."""
    draw = np.random.default_rng(0)
    while True:
        rows = draw.permutation(8)
        for start in [0, 3, 6]:
            take = rows[start : start + 3]
            yield scores[take], labels[take]


generator, steps = shuffled_batches(), 3
guessed, told = [], []
for _ in range(steps):
    x, y = next(generator)
    guessed.append(model.predict_on_batch(x))
    told.append(y)
guessed, told = np.concatenate(guessed), np.concatenate(told)
print(f"{np.mean((guessed > 0.5) == told):.4f}")


# %% carries-on
def numbered():
    """Yield batches of one row: 0, then 1, then 2, without an end."""
    for number in itertools.count():
        yield np.full((1, 1), number), np.full((1, 1), number)


generator = numbered()
model.predict(generator, steps=3, verbose=0)
following = next(generator)[1][0, 0]
print("begins again" if following == 0 else "goes on")


# %% kinds table=true
class Shuffled(keras.utils.PyDataset):
    """Rows that are shuffled at the end of each pass."""

    def __init__(self):
        super().__init__()
        self.draw = np.random.default_rng(0)
        self.rows = np.arange(8)

    def __len__(self):
        return 2

    def __getitem__(self, index):
        take = self.rows[4 * index : 4 * index + 4]
        return scores[take], labels[take]

    def on_epoch_end(self):
        self.draw.shuffle(self.rows)


images = scores.reshape(8, 1, 1, 1)
flow = tf.keras.preprocessing.image.ImageDataGenerator().flow
of_images = keras.Sequential(
    [keras.Input((1, 1, 1)), keras.layers.Flatten()]
)
of_images.compile(loss="mse", metrics=["accuracy"])
print("data | evaluate | predict against labels")
for words, one, batched in [
    ("PyDataset, shuffled in on_epoch_end", model, Shuffled()),
    ("flow(x, y)", of_images, flow(images, labels, seed=3)),
    (
        "flow(x, y, shuffle=False)",
        of_images,
        flow(images, labels, shuffle=False),
    ),
]:
    value = one.evaluate(batched, verbose=0)[1]
    guessed = one.predict(batched, verbose=0) > 0.5
    share = np.mean(guessed == labels)
    print(words, f"{value:.4f}", f"{share:.4f}", sep=" | ")

# %% reset after="kinds"
batches = flow(images, labels, batch_size=4, shuffle=False)
next(batches)  # the four rows of label 0
following = next(batches)[1][0, 0]
next(batches)
batches.reset()
anew = next(batches)[1][0, 0]
words = "begins again" if following == 0 else "goes on"
print(words, "begins anew" if anew == 0 else "goes on", sep=", ")

# %% default
creator = tf.keras.preprocessing.image.ImageDataGenerator
parameters = inspect.signature(creator.flow_from_directory).parameters
of_dataset = inspect.signature(
    keras.utils.image_dataset_from_directory
).parameters
assert of_dataset["shuffle"].default == parameters["shuffle"].default
print(f"shuffle={parameters['shuffle'].default}")

# %% image-dataset
folder = pathlib.Path(tempfile.mkdtemp())
pixel = tf.io.encode_png(np.zeros((1, 1, 3), "uint8")).numpy()
for name in ["a", "b"]:
    (folder / name).mkdir()
    for at in range(3):
        (folder / name / f"{at}.png").write_bytes(pixel)
dataset = keras.utils.image_dataset_from_directory(
    folder, image_size=(1, 1), batch_size=6, seed=1, verbose=False
)
passes = [[int(one) for one in next(iter(dataset))[1]] for _ in "12"]
print(*passes, sep=", then ")

# %% folders after="default"
folder = pathlib.Path(tempfile.mkdtemp())
for name in ["a/1.png", "a/2.png", "a/3.png", "b/1.png", "b/2.png"]:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).touch()
generator = creator().flow_from_directory(
    folder, batch_size=5, seed=1, shuffle=True
)
first = next(generator.index_generator)  # the rows of one batch
print("classes:         ", generator.classes)
print("labels in a pass:", generator.classes[first])

# %% by-batches
ten = np.full((10, 1), 0.9)
truth = np.array([0, 1, 1, 1, 1, 1, 0, 1, 0, 0])[:, None]
results = model.evaluate(ten, truth, batch_size=4, verbose=0)
shares = [np.mean(truth[start : start + 4]) for start in [0, 4, 8]]
assert np.isclose(np.mean(truth), results[1])
print(f"evaluate:             {results[1]:.4f}")
print(f"mean of the batches:  {np.mean(shares):.4f}")

# %% unknown-size after="by-batches" table=true
import tf_keras


def endless():
    """Yield the ten rows in batches of four, four and two."""
    while True:
        for start in [0, 4, 8]:
            stop = start + 4
            yield ten[start:stop], truth[start:stop].astype(float)


print("last layer | evaluate, arrays | evaluate, a generator")
for name, last in [
    ("Activation", tf_keras.layers.Activation("linear")),
    ("Dense", tf_keras.layers.Dense(1, kernel_initializer="ones")),
]:
    values = []
    for given in [(ten, truth), (endless(),)]:
        older = tf_keras.Sequential([tf_keras.Input((1,)), last])
        older.compile(loss="mse", metrics=["accuracy"])
        found = older.evaluate(*given, steps=3, verbose=0)
        values.append(f"{found[1]:.4f}")
    print(name, *values, sep=" | ")
