"""Cases that are a few lines of code."""

import json
import os
import subprocess
import sys
import tempfile

import numpy as np
from models import Models
from values import plain


class Lines(Models):
    """`code`."""

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

    def ready(self, y_pred, loss="mse", metrics=("accuracy",), **settings):
        """Return a compiled model that gives back its input and can be fitted."""
        model = self.model({"call": "fit"}, [y_pred])
        model.compile(optimizer="sgd", loss=self.loss(loss), metrics=list(metrics), **settings)
        return model
