"""Cases that call a function, or feed an object, of keras.metrics or keras.losses."""

import importlib

import numpy as np
from release import Release
from values import array, arrays, plain


class Functions(Release):
    """`function` and `class`."""

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
