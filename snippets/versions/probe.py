"""Run cases on whatever Keras is installed here: `python probe.py <job.json>`.

One file for every release from Keras 2.0.4 on Python 3.6 to the newest, so it uses nothing newer
than Python 3.6, and of Keras only what each release has. A case is data (see `cases/`): fixed
predictions through a model that returns its input. The job says which Keras to import, which cases
to run, and where the answers go: a line of JSON for each case, written when the case ends.
"""

import contextlib
import functools
import gc
import importlib
import json
import logging
import os
import re
import shutil
import sys
import tempfile
import warnings

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
warnings.simplefilter("ignore")

import numpy as np

FUNCTIONS = (
    "accuracy",
    "binary_accuracy",
    "categorical_accuracy",
    "sparse_categorical_accuracy",
    "top_k_categorical_accuracy",
    "sparse_top_k_categorical_accuracy",
    "binary_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
)
# First lines that say nothing; what happened stands in the last line, or in the next one.
LAST_LINE_SAYS = (
    "in user code:",
    "in converted code:",
    "Graph execution error:",
)
NEXT_LINE_SAYS = ("Exception encountered when calling",)
VARYING = (
    (re.compile("\x1b" + r"\[\d*m"), ""),
    (re.compile(r"\{\{(function_)?node [^}]*\}\} ?"), ""),
    (re.compile(r"\[Op:\w+\]( name:)?"), ""),
    (re.compile(r"0x[0-9a-f]+"), "0x…"),
    (re.compile(r"/[^\s'\"]*/"), "…/"),
    (re.compile(r"(?<=[A-Za-z])(_\d+)+\b"), ""),
    (re.compile(r"(?<=[A-Za-z])_\d+(?=[/:])"), ""),
    (re.compile(r"\s+"), " "),
)
MESSAGE_LENGTH = 160


class Probe:
    """One Keras, and how to ask it the same thing as every other one."""

    def __init__(self, module, loop):
        self.loop = loop
        if loop == "tf1":
            import tensorflow as tf

            tf.compat.v1.disable_v2_behavior()
        if module == "tensorflow.keras":
            import tensorflow as tf

            self.keras = tf.keras
        else:
            self.keras = importlib.import_module(module)
        self.backend = self.keras.backend
        self.ops = getattr(self.keras, "ops", self.backend)
        self.called = []
        self.new = self.release() >= (3,)
        self._watch_functions()

    def release(self):
        """Return the release of Keras as numbers; tf.keras has the one of its time."""
        found = re.findall(r"\d+", getattr(self.keras, "__version__", "2.0"))
        return tuple(int(part) for part in found[:3])

    def versions(self):
        """Return what ran here."""
        found = {
            "python": "%d.%d.%d" % sys.version_info[:3],
            "numpy": np.__version__,
            "keras": getattr(self.keras, "__version__", None),
        }
        found["backend"] = self.backend.backend() if hasattr(self.backend, "backend") else None
        for name in ("tensorflow", "jax", "torch"):
            if name in sys.modules and hasattr(sys.modules[name], "__version__"):
                found[name] = sys.modules[name].__version__
        return {name: str(value) for name, value in found.items() if value}

    def _watch_functions(self):
        """Note each metric function that is called, for releases whose models do not keep it."""
        for name in (
            "keras.metrics",
            "tensorflow.python.keras.metrics",
        ):
            module = sys.modules.get(name)
            if module is None or self.new:
                continue
            for function in FUNCTIONS:
                if callable(getattr(module, function, None)):
                    setattr(
                        module,
                        function,
                        self._watched(function, getattr(module, function)),
                    )

    def _watched(self, name, function):
        def watched(y_true, y_pred, *args, **kwargs):
            self.called.append(name)
            return function(y_true, y_pred, *args, **kwargs)

        watched.__name__ = name
        return watched

    # Models

    def model(self, case, y_pred):
        """Return a model that gives back its input; several inputs give several outputs."""
        if "model" in case:
            return getattr(self, "model_" + case["model"])()
        names = case.get("outputs", ["scores"])
        layers = self.keras.layers
        inputs, outputs = [], []
        trains = any(call in ("fit", "train_on_batch") for call in calls_of(case))
        for name, scores in zip(names, y_pred):
            # A model cannot be fed rows without a dimension in every release: it drops one.
            shape = scores.shape[1:] if scores.ndim > 1 else (1,)
            inner = inputs_of = layers.Input(shape=shape, dtype=str(scores.dtype))
            if "mask_value" in case:
                inner = layers.Masking(mask_value=case["mask_value"])(inner)
            if trains:
                inner = self.anchor()(inner)
            if scores.ndim == 1:
                inner = layers.Lambda(lambda x: x[:, 0], name=name)(inner)
            else:
                inner = layers.Activation("linear", name=name, **self.dtype_of(scores))(inner)
            inputs.append(inputs_of)
            outputs.append(inner)
        one = len(names) == 1
        return self.keras.models.Model(
            inputs[0] if one else inputs, outputs[0] if one else structured(case, outputs)
        )

    def model_sequential(self):
        """Return a model that learns its shapes from its first batch."""
        return self.keras.models.Sequential([self.keras.layers.Activation("linear")])

    def model_subclass(self):
        """Return a model of a class of one's own."""
        activation = self.keras.layers.Activation

        class Same(self.keras.models.Model):
            def __init__(self):
                super(Same, self).__init__()
                self.same = activation("linear")

            def call(self, x):
                return self.same(x)

        return Same()

    def dtype_of(self, scores):
        """Return the argument that keeps a layer from casting to float32."""
        return {} if scores.dtype == np.float32 else {"dtype": str(scores.dtype)}

    def anchor(self):
        """Return a layer with one weight that leaves its input as it is, since fit needs a weight."""
        layers = self.keras.layers

        class Anchor(layers.Layer):
            def __init__(self):
                super(Anchor, self).__init__()
                self.supports_masking = True

            def build(self, shape):
                self.nothing = self.add_weight(
                    name="nothing",
                    shape=(),
                    initializer="zeros",
                    trainable=True,
                )
                super(Anchor, self).build(shape)

            def call(self, x, mask=None):
                return x + 0.0 * self.nothing

            def compute_output_shape(self, shape):
                return shape

            def compute_mask(self, x, mask=None):
                return mask

        return Anchor()

    def metric(self, wanted):
        """Return what stands in the list of metrics: a string, a function or an object."""
        metrics = self.keras.metrics
        if isinstance(wanted, list):
            return [self.metric(one) for one in wanted]
        if not isinstance(wanted, dict):
            return wanted
        if "function" in wanted:
            return getattr(metrics, wanted["function"])
        if "class" in wanted:
            return getattr(metrics, wanted["class"])(**wanted.get("config", {}))
        if "custom" in wanted:
            return getattr(self, "custom_" + wanted["custom"])()
        if "loss_class" in wanted:
            return self.loss({"class": wanted["loss_class"]})
        if "tuple" in wanted:
            return tuple(self.metric(one) for one in wanted["tuple"])
        return {name: self.metric(one) for name, one in wanted.items()}

    def loss(self, wanted):
        """Return what stands for the loss; a list has `none` for an output without one."""
        if isinstance(wanted, list):
            return [None if one == "none" else self.loss(one) for one in wanted]
        if wanted == "custom":
            ops = self.ops

            def size_of_scores(y_true, y_pred):
                """Look at the scores only, so that no shape of labels makes the loss fail."""
                axes = list(range(1, len(y_pred.shape)))
                squares = ops.square(y_pred)
                return ops.mean(squares, axis=axes) if axes else squares

            return size_of_scores
        if isinstance(wanted, dict) and "class" in wanted:
            return getattr(self.keras.losses, wanted["class"])(**wanted.get("config", {}))
        return wanted

    def custom_none(self):
        return None

    def custom_rows(self):
        """Return a metric with state of its own: a layer before there was a class for metrics."""
        return (self.metric_rows if hasattr(self.keras.metrics, "Metric") else self.layer_rows)()

    def metric_rows(self):
        metrics, ops = self.keras.metrics, self.ops
        wants_list = self.keras.__name__ == "keras" and not self.new

        class Rows(metrics.Metric):
            def __init__(self):
                super(Rows, self).__init__(name="rows")
                self.seen = self.add_weight(name="seen", shape=(), initializer="zeros")

            def update_state(self, y_true, y_pred, sample_weight=None):
                ones = ops.ones_like(y_pred[:, 0])
                update = self.seen.assign_add(ops.sum(ones))
                return [update] if wants_list else update

            def result(self):
                return self.seen + 0.0

        return Rows()

    def layer_rows(self):
        backend = self.backend

        class Rows(self.keras.layers.Layer):
            def __init__(self):
                super(Rows, self).__init__(name="rows")
                self.stateful = True
                self.seen = backend.variable(0.0)

            def reset_states(self):
                backend.set_value(self.seen, 0.0)

            def __call__(self, y_true, y_pred):
                rows = backend.sum(backend.ones_like(y_pred[:, 0]))
                update = backend.update_add(self.seen, rows)
                self.add_update(update, inputs=[y_true, y_pred])
                return update * 1.0

        return Rows()

    def custom_first_column(self):
        def first_column(y_true, y_pred):
            return y_pred[:, 0]

        return first_column

    def custom_mean_of_all(self):
        ops = self.ops

        def mean_of_all(y_true, y_pred):
            return ops.mean(y_pred)

        return mean_of_all

    def custom_distance(self):
        ops = self.ops

        def distance(y_true, y_pred):
            return ops.mean(ops.abs(ops.cast(y_true, y_pred.dtype) - y_pred))

        return distance

    def custom_partial(self):
        """Return a function that has no `__name__`."""
        return functools.partial(self.custom_distance())

    def custom_label_rank(self):
        def label_rank(y_true, y_pred):
            return y_pred[:, 0] * 0.0 + float(len(y_true.shape))

        return label_rank

    def chosen(self, model):
        """Return the names of the metrics that a compiled model has after its first batch."""
        if self.new:
            found = [metric for metric in model.metrics if metric.name != "loss"]
            found = [one for metric in found for one in getattr(metric, "metrics", [metric])]
        elif getattr(model, "compiled_metrics", None) is not None:
            found = list(model.compiled_metrics.metrics)
        elif hasattr(model, "_per_output_metrics"):
            found = [
                metric[1] if isinstance(metric, tuple) else metric
                for per_output in model._per_output_metrics
                for metric in per_output.values()
            ]
        else:
            return sorted(set(self.called))
        names = [name_of(metric) for metric in found]
        return [name for name in names if name != "loss"]

    # What a case asks for

    def run(self, case):
        """Return what a case has to observe."""
        how = case.get("how", "compile")
        self.called = []
        # Graphs add up from model to model; what runs eagerly leaves nothing, and clearing costs
        # as much time as the case.
        if not self.new or (how in ("compile", "save") and not case.get("eager")):
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

    def compiled(self, case, y_pred):
        """Return the model of a case, compiled."""
        model = self.model(case, y_pred)
        settings = {}
        if not {"metrics", "weighted_metrics"} & set(case):
            settings["metrics"] = [self.metric(case.get("metric", "accuracy"))]
        if "metrics" in case:
            settings["metrics"] = self.metric(case["metrics"])
        if "weighted_metrics" in case:
            settings["weighted_metrics"] = self.metric(case["weighted_metrics"])
        if "sample_weight_mode" in case:
            settings["sample_weight_mode"] = case["sample_weight_mode"]
        if case.get("eager") and not self.in_graph():
            settings["run_eagerly"] = True  # quicker by far where there is a choice
        model.compile(
            optimizer="sgd",
            loss=self.loss(case.get("loss", "mse")),
            **settings,
        )
        return model

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
        extra = {}
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
                epochs=case.get("epochs", 1),
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
        return {"found": name_of(self.keras.metrics.get(self.metric(case["get"])))}

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

    # Between arrays, tensors and numbers

    def in_graph(self):
        """Tell whether operations only build a graph here."""
        if self.new or "tensorflow" not in sys.modules:
            return False
        tf = sys.modules["tensorflow"]
        eager = getattr(tf, "executing_eagerly", None)
        return not (eager and eager())

    def session(self):
        """Return the session that runs the graph; tf-keras shows its own to nobody."""
        if hasattr(self.backend, "get_session"):
            return self.backend.get_session()
        return importlib.import_module(self.keras.__name__ + ".src.backend").get_session()

    def initialize(self):
        """Give the variables of the graph their first values."""
        tf = sys.modules["tensorflow"]
        v1 = getattr(getattr(tf, "compat", None), "v1", tf)
        self.session().run(
            [
                v1.global_variables_initializer(),
                v1.local_variables_initializer(),
            ]
        )

    def tensor(self, value):
        """Return an array as a tensor of the same dtype."""
        if self.new:
            return self.ops.convert_to_tensor(value, dtype=str(value.dtype))
        return self.backend.constant(value, dtype=str(value.dtype))

    def number(self, value):
        """Return a tensor as an array."""
        if self.new:
            return np.asarray(self.ops.convert_to_numpy(value))
        if self.in_graph():
            return np.asarray(self.session().run(value))
        return np.asarray(value)


@contextlib.contextmanager
def listening():
    """Collect what is said as a warning or in a log; releases differ in which they use."""
    heard = []

    class Listener(logging.Handler):
        def emit(self, record):
            heard.append(record.getMessage())

    listener = Listener()
    loggers = [logging.getLogger(name) for name in ("tensorflow", "absl")]
    for logger in loggers:
        logger.addHandler(listener)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield heard
    for logger in loggers:
        logger.removeHandler(listener)
    heard.extend(str(one.message) for one in caught)


def structured(case, values):
    """Return what belongs to several outputs in a list, or put where `structure` has their names.

    A list inside becomes a tuple: Keras takes a list of lists of arrays for one array.
    """
    if "structure" not in case:
        return values
    named = dict(zip(case["outputs"], values))

    def placed(part):
        if isinstance(part, dict):
            return {key: placed(one) for key, one in part.items()}
        return named[part] if isinstance(part, str) else tuple(placed(one) for one in part)

    return placed(case["structure"])


def calls_of(case):
    """Return the calls of a case, in order."""
    calls = case.get("call", "evaluate")
    return [calls] if isinstance(calls, str) else calls


def names_of(model):
    """Return the list that belongs to the values of evaluate, or that it is not there."""
    try:
        return [str(name) for name in model.metrics_names]
    except Exception as error:  # some releases refuse before the first batch
        return type(error).__name__


def name_of(metric):
    """Return the name of the function behind a metric, or of its class where there is none."""
    function = getattr(metric, "_fn", None) or getattr(metric, "fn", None) or metric
    return str(getattr(function, "__name__", None) or type(metric).__name__)


def arrays(value, case, dtype):
    """Return the arrays of a case: one, or one for each output."""
    several = "outputs" in case
    dtype = case.get("dtype" if dtype else "label_dtype", dtype)
    return [array(one, dtype) for one in (value if several else [value])]


def array(value, dtype):
    """Return one array; `{zeros = [4, 3]}` and the like stand for a shape."""
    if isinstance(value, dict):
        ((kind, shape),) = value.items()
        size = int(np.prod(shape))
        value = getattr(np, kind)(shape) if kind != "arange" else np.arange(size).reshape(shape)
    if dtype == "bfloat16":
        dtype = bfloat16()
    return np.asarray(value, dtype=dtype)


def bfloat16():
    """Return NumPy's name for the dtype, which TensorFlow had before there was a package for it."""
    try:
        return importlib.import_module("ml_dtypes").bfloat16
    except ImportError:
        return sys.modules["tensorflow"].bfloat16.as_numpy_dtype


def plain(value):
    """Return a number as JSON can hold it: six significant digits, since the seventh varies."""
    if isinstance(value, (list, tuple)) or getattr(value, "ndim", 0):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return value
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        return str(number)
    return float("%.6g" % number)


def failure(error):
    """Return type and first telling line of an error, without what differs between equal runs."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    line = lines[0] if lines else ""
    if line.startswith(LAST_LINE_SAYS):
        line = [one for one in lines if not one.startswith("[[")][-1]
    elif line.startswith(NEXT_LINE_SAYS) and len(lines) > 1:
        line = lines[1]
    line = line.replace(type(error).__name__ + ": ", "")
    for pattern, replacement in VARYING:
        line = pattern.sub(replacement, line)
    return {
        "error": type(error).__name__,
        "message": line[:MESSAGE_LENGTH],
    }


def main():
    """Run the job."""
    with open(sys.argv[1]) as file:
        job = json.load(file)
    probe = Probe(job["module"], job.get("loop"))
    if hasattr(gc, "freeze"):
        gc.freeze()  # or each clear_session looks through all that the import left
    with os.fdopen(job["answers"], "w") as sink:
        sink.write(json.dumps({"versions": probe.versions()}) + "\n")
        sink.flush()
        for case in job["cases"]:
            try:
                outcome = probe.run(case)
            except Exception as error:  # an error is an outcome
                outcome = failure(error)
            sink.write(json.dumps({"case": case["id"], "outcome": outcome}) + "\n")
            sink.flush()
    sys.stdout.flush()
    os._exit(0)  # the way down of some releases takes longer than the cases


if __name__ == "__main__":
    main()
