"""The models, metrics and losses that cases ask for."""

import functools

import numpy as np
from release import Release
from values import calls_of, structured


class Models(Release):
    """What is compiled, made of one Keras."""

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
        zeros = "zeros" if self.release() >= (2,) else "zero"

        class Anchor(layers.Layer):
            def __init__(self):
                super(Anchor, self).__init__()
                self.supports_masking = True

            def build(self, shape):
                self.nothing = self.add_weight(
                    name="nothing",
                    shape=(),
                    initializer=zeros,
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
