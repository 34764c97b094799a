"""Cases that compile a model, call it and say what came back."""

import importlib
import os
import re
import shutil
import tempfile

import numpy as np
from models import Models
from values import arrays, calls_of, failure, listening, names_of, plain, structured


class Calls(Models):
    """`compile` and `save`."""

    def how_compile(self, case):
        """Compile, call, and say what came back."""
        y_pred = arrays(case["y_pred"], case, "float32")
        y_true = arrays(case["y_true"], case, None)
        model = self.compiled(case, y_pred)
        seen = {"names_before": names_of(model)}
        results = []
        try:
            for position, call in enumerate(calls_of(case)):
                then = case.get("then") if position else None
                if then:
                    y_pred = arrays(then["y_pred"], case, "float32")
                    y_true = arrays(then["y_true"], case, None)
                results += self.call(call, model, case, y_true, y_pred, seen)
        except Exception as error:  # an error is an outcome
            chosen = self.chosen(model) if "metric" in case.get("observe", ["metric"]) else []
            outcome = failure(error)
            if chosen:  # a metric can be chosen that cannot be computed
                outcome["metric"] = chosen[0] if len(chosen) == 1 else chosen
            return outcome
        return self.observed(case, model, results, seen)

    def call(self, call, model, case, y_true, y_pred, seen):
        """Make one call of fit, evaluate, train_on_batch or test_on_batch."""
        one = len(y_pred) == 1
        x = [scores.reshape(-1, 1) if scores.ndim == 1 else scores for scores in y_pred]
        weights = case.get("sample_weight")
        if weights is not None and "weight_per_output" in case:
            weights = [np.asarray(one, dtype="float32") for one in weights]
        elif weights is not None:
            weights = np.asarray(weights, dtype="float32")
        x, y = (x[0], y_true[0]) if one else (x, structured(case, y_true))
        size = case.get("batch_size", len(y_pred[0]))
        if call == "evaluate" and "dataset" in case:
            given = (y,) if weights is None else (y, weights)
            batches = self.dataset(x, given, case["dataset"])
            return [self.answer(model, model.evaluate(batches, steps=1, verbose=0))]
        if call == "evaluate":
            extra = {"return_dict": True} if case.get("return_dict") else {}
            values = model.evaluate(
                x,
                y,
                sample_weight=weights,
                batch_size=size,
                verbose=0,
                **extra,
            )
            if isinstance(values, dict):
                return [{key: plain(value) for key, value in values.items()}]
            return [self.answer(model, values)]
        if call == "fit":
            return [self.fitted(model, case, x, y, weights, size, seen)]
        results = []
        extra = {}
        if call == "train_on_batch" and "class_weight" in case:
            extra["class_weight"] = {
                int(label): weight for label, weight in case["class_weight"].items()
            }
        for start in range(0, len(y_pred[0]), size):
            part = slice(start, start + size)
            pieces = [[a[part] for a in b] if isinstance(b, list) else b[part] for b in (x, y)]
            piece = None if weights is None else weights[part]
            if case.get("reset_each"):
                model.reset_metrics()
            function = getattr(model, call)
            results.append(
                self.answer(
                    model,
                    function(
                        pieces[0],
                        pieces[1],
                        sample_weight=piece,
                        **extra,
                    ),
                )
            )
        return results

    def dataset(self, x, given, known):
        """Return a tf.data.Dataset of one batch.

        What it tells of the labels, and of the weights if `given` has some, is their `shape`, only
        their `rank`, or `nothing`.
        """
        tf = importlib.import_module("tensorflow")
        shapes = {
            "shape": np.shape,
            "rank": lambda value: [None] * value.ndim,
            "nothing": lambda _: None,
        }
        told = [x.shape] + [shapes[known](value) for value in given]
        return tf.data.Dataset.from_generator(
            lambda: iter([(x,) + given]),
            tuple(value.dtype for value in (x,) + given),
            tuple(tf.TensorShape(shape) for shape in told),
        )

    def fitted(self, model, case, x, y, weights, size, seen):
        """Fit for one epoch and return the history, sorted by key, and what callbacks said."""
        extra = {"epochs" if self.release() >= (2,) else "nb_epoch": case.get("epochs", 1)}
        if case.get("validation"):
            weighted = (weights,) if case["validation"] == "weighted" else ()
            extra["validation_data"] = (x, y) + weighted
        if "validation_split" in case:
            extra["validation_split"] = case["validation_split"]
        if "class_weight" in case:
            extra["class_weight"] = {
                int(label): weight for label, weight in case["class_weight"].items()
            }
        callback = None
        if "callback" in case:
            wanted = case["callback"]
            callback = getattr(self.keras.callbacks, wanted["class"])(**wanted.get("config", {}))
            extra["callbacks"] = [callback]
        with listening() as heard:
            history = model.fit(
                x,
                y,
                sample_weight=weights,
                batch_size=size,
                shuffle=False,
                verbose=0,
                **extra,
            ).history
        seen["history"] = sorted(history)
        if callback is not None:
            seen["watches"] = getattr(getattr(callback, "monitor_op", None), "__name__", None)
            # A whole key: 'accuracy' is not spoken of where 'val_accuracy' is.
            monitored = r"(?<!\w)%s(?!\w)" % re.escape(str(getattr(callback, "monitor", "-")))
            seen["warned"] = any(re.search(monitored, one) for one in heard)
        return {key: values[-1] for key, values in sorted(history.items())}

    def answer(self, model, values):
        """Return name -> value where the release says which is which, else the list."""
        listed = [plain(value) for value in np.atleast_1d(np.asarray(values, dtype="float64"))]
        names = names_of(model)
        if self.new:
            results = model.get_metrics_result()
            return {
                "listed": listed,
                "named": {key: plain(results[key]) for key in results},
            }
        return {"listed": listed, "named": dict(zip(names, listed))}

    def observed(self, case, model, results, seen):
        """Pick from all that was seen what the case wants recorded."""
        outcome = {}
        wanted = case.get("observe", ["value", "metric"])
        named = [result.get("named", result) for result in results]
        keys = [key for key in (named[-1] if named else {}) if not key.endswith("loss")]
        for what in wanted:
            if what == "value":
                values = [
                    [plain(value) for key, value in result.items() if not key.endswith("loss")]
                    for result in named
                ]
                values = [one[0] if len(one) == 1 else one for one in values]
                outcome[what] = values[0] if len(values) == 1 else values
            elif what == "metric":
                chosen = self.chosen(model)
                outcome[what] = chosen[0] if len(chosen) == 1 else chosen
            elif what == "key":
                outcome[what] = keys[0] if len(keys) == 1 else keys
            elif what == "list":
                outcome[what] = len(results[-1]["listed"])
            elif what == "last":
                outcome[what] = results[-1]["listed"][-1]
            elif what == "loss":
                outcome[what] = plain(named[-1]["loss"])
            elif what == "names":
                outcome[what] = names_of(model)
            else:
                outcome[what] = seen[what]
        return outcome

    def how_save(self, case):
        """Save a compiled model, load it, and evaluate it again."""
        y_pred = arrays(case["y_pred"], case, "float32")
        y_true = arrays(case["y_true"], case, None)
        model = self.compiled(case, y_pred)
        if not case.get("before_first_batch"):
            self.call("evaluate", model, case, y_true, y_pred, {})
        folder = tempfile.mkdtemp()
        try:
            path = os.path.join(folder, case["save"])
            model.save(path)
            loaded = self.keras.models.load_model(path)
            results = self.call("evaluate", loaded, case, y_true, y_pred, {})
        finally:
            shutil.rmtree(folder)
        return self.observed(case, loaded, results, {})
