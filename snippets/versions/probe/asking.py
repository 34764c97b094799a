"""What a case asks of Keras: one method for each `how`."""

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import numpy as np
from models import Keras
from values import array, arrays, calls_of, failure, listening, name_of, names_of, plain, structured


class Probe(Keras):
    """How to ask one Keras the same thing as every other one."""

    # What a case asks for

    def run(self, case):
        """Return what a case has to observe."""
        how = case.get("how", "compile")
        self.called = []
        # Graphs add up from model to model; what runs eagerly leaves nothing, and clearing costs
        # as much time as the case.
        if not self.new or (how in ("compile", "save", "code") and not case.get("eager")):
            self.backend.clear_session()
        return getattr(self, "how_" + how)(case)

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

    def how_function(self, case):
        """Call a function of keras.metrics or keras.losses on tensors.

        Labels are float32 unless the case says otherwise: in a model of the oldest releases they
        always were, and their functions take nothing else.
        """
        module = getattr(self.keras, case.get("module", "metrics"))
        # Some releases give by its name what they do not export.
        named = module.get if case.get("by_name") else lambda name: getattr(module, name)
        function, config = named(case["function"]), case.get("config", {})
        if case.get("given") == "unknown_rank":
            result = self.without_rank(lambda *both: function(*both, **config), case)
            result = np.asarray(result)
        else:
            result = self.number(function(*self.given(case), **config))
        outcome = {
            "value": plain(result),
            "shape": list(np.shape(result)),
        }
        if "dtype" in case.get("observe", []):
            outcome["dtype"] = str(result.dtype)
        return outcome

    def given(self, case):
        """Return labels, predictions and weights, if any, as a person hands them over.

        Tensors, unless `given` says `array`, `list` or `ragged`, of all or by name of one of them.
        """
        dtypes = {
            "y_true": case.get("label_dtype", "float32"),
            "y_pred": case.get("dtype", "float32"),
            "sample_weight": "float32",
        }
        forms = case.get("given", "tensor")
        return [
            self.handed(case[name], dtype, forms if isinstance(forms, str) else forms.get(name))
            for name, dtype in dtypes.items()
            if name in case
        ]

    def handed(self, value, dtype, form):
        """Return one value in one form, a tensor where none is named."""
        if form == "list":
            return value
        if form == "ragged":
            return importlib.import_module("tensorflow").ragged.constant(value, dtype)
        value = array(value, dtype)
        return value if form == "array" else self.tensor(value)

    def without_rank(self, function, case):
        """Return what a function gives in a graph that does not know the rank of its arguments."""
        tf = importlib.import_module("tensorflow")
        values = self.given(dict(case, given="array"))
        if not self.in_graph():
            unknown = [tf.TensorSpec(None, str(value.dtype)) for value in values]
            traced = tf.function(function, input_signature=unknown)
            return traced(*[tf.constant(value) for value in values])
        v1 = getattr(getattr(tf, "compat", None), "v1", tf)
        holders = [v1.placeholder(str(value.dtype)) for value in values]
        result = function(*holders)
        self.initialize()
        return self.session().run(result, dict(zip(holders, values)))

    def how_class(self, case):
        """Feed a metric object, in batches, and ask for its result."""
        metric = getattr(self.keras.metrics, case["class"])(**case.get("config", {}))
        if case.get("given") == "unknown_rank":
            in_graph = self.in_graph()

            def update(*values):  # the operation is to be run in a session, and not to be returned
                done = metric.update_state(*values)
                return done if in_graph else None

            self.without_rank(update, case)
            return {"value": plain(self.number(metric.result()))}
        for number, (y_true, y_pred, weights) in enumerate(self.batches(case)):
            update = metric.update_state(y_true, y_pred, **weights)
            if self.in_graph():
                if number == 0:
                    self.initialize()
                self.session().run(update)
        return {"value": plain(self.number(metric.result()))}

    def batches(self, case):
        """Yield what update_state gets, batch by batch: labels, predictions, weights if any."""
        if "given" in case:
            y_true, y_pred, *weights = self.given(case)
            yield y_true, y_pred, dict(zip(["sample_weight"], weights))
            return
        y_true = array(case["y_true"], case.get("label_dtype", "float32"))
        y_pred = arrays(case["y_pred"], case, "float32")[0]
        size = case.get("batch_size", len(y_pred))
        for start in range(0, len(y_pred), size):
            part = slice(start, start + size)
            weights = {}
            if "sample_weight" in case:
                values = np.asarray(case["sample_weight"], dtype="float32")
                weights["sample_weight"] = self.tensor(values[part] if values.ndim else values)
            yield self.tensor(y_true[part]), self.tensor(y_pred[part]), weights

    def how_get(self, case):
        """Ask keras.metrics.get for something and say what it is."""
        found = self.keras.metrics.get(self.metric(case["get"]))
        kind = "class" if isinstance(found, type) else "function"
        if not hasattr(found, "__name__"):
            kind = "object of " + type(found).__name__
        return {"found": name_of(found), "kind": kind}

    def how_code(self, case):
        """Run the lines of a case, and say what they have `seen`.

        They find `keras`, `np`, `probe`, and `model`, which makes a model ready for `fit`. A case
        that says `alone` runs in a process of its own, with the variables that it names.
        """
        wanted = case.get("backend")
        if wanted and not (self.new and self.backend.backend() == wanted):
            raise NotImplementedError("asks for Keras 3 on " + wanted)
        if "alone" in case:
            return self.alone(case)
        names = {"keras": self.keras, "np": np, "probe": self, "model": self.ready}
        for lines in (case.get("setup", ""), case["code"]):
            exec(compile(lines, case["id"], "exec"), names)
        return {"value": plain(names["seen"])}

    def alone(self, case):
        """Return what a new process has to say to a case."""
        case = dict(case)
        variables = dict(os.environ, **case.pop("alone"))
        receiver, sender = os.pipe()
        job = {"module": self.module, "loop": self.loop, "cases": [case], "answers": sender}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(job, file)
            file.flush()
            subprocess.call(
                [sys.executable, os.path.dirname(os.path.abspath(__file__)), file.name],
                env=variables,
                pass_fds=[sender],
            )
        os.close(sender)
        with os.fdopen(receiver) as answers:
            return [json.loads(line) for line in answers][-1]["outcome"]

    def how_exists(self, case):
        """Say whether a name can be imported from Keras."""
        found = self.keras
        for part in case["name"].split("."):
            found = getattr(found, part, None)
        return {"exists": found is not None}

    def how_layer(self, case):
        """Call a layer in training mode and say what came out, on average."""
        layer = getattr(self.keras.layers, case["class"])(**case.get("config", {}))
        x = self.tensor(arrays(case["y_pred"], case, "float32")[0])
        result = self.number(layer(x, training=True))
        return {"value": plain(float(np.mean(result)))}
