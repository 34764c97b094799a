"""One Keras, whatever its release: how it is imported, and its tensors and numbers."""

import importlib
import os
import re
import sys

import numpy as np
from values import name_of

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


class Release:
    """One Keras, and what of it differs between releases."""

    def __init__(self, module, loop):
        self.module, self.loop = module, loop
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
        if os.environ.get("CUDA_VISIBLE_DEVICES") != "-1":
            jax, torch = sys.modules.get("jax"), sys.modules.get("torch")
            on_torch = found["backend"] == "torch"
            found["card"] = (
                torch.cuda.get_device_name() if on_torch else jax.devices()[0].device_kind
            )
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
        if not hasattr(self.backend, "constant"):
            return sys.modules["tensorflow"].constant(value)
        return self.backend.constant(value, dtype=str(value.dtype))

    def number(self, value):
        """Return a tensor as an array."""
        if self.new:
            return np.asarray(self.ops.convert_to_numpy(value))
        if self.in_graph():
            return np.asarray(self.session().run(value))
        return np.asarray(value)
