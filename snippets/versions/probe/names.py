"""Cases that ask what a name stands for, whether it is there, and what a layer does."""

import numpy as np
from models import Models
from values import arrays, name_of, plain


class Names(Models):
    """`get`, `exists` and `layer`."""

    def how_get(self, case):
        """Ask keras.metrics.get for something and say what it is."""
        found = self.keras.metrics.get(self.metric(case["get"]))
        kind = "class" if isinstance(found, type) else "function"
        if not hasattr(found, "__name__"):
            kind = "object of " + type(found).__name__
        return {"found": name_of(found), "kind": kind}

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
