"""Run cases, also those that are a few lines of code: `python lines.py <job.json>`.

All that `probe.py` can, which is beside it and holds to the same releases, and `how = "code"`. A
change here makes the results of code stale, a change there all results.
"""

import json
import os
import subprocess
import sys
import tempfile

import probe

np = probe.np


class Lines(probe.Probe):
    """How to run lines of code with one Keras."""

    def __init__(self, module, loop):
        super(Lines, self).__init__(module, loop)
        self.module = module

    def ready(self, y_pred, loss="mse", metrics=("accuracy",), **settings):
        """Return a compiled model that gives back its input and can be fitted."""
        model = self.model({"call": "fit"}, [y_pred])
        model.compile(optimizer="sgd", loss=self.loss(loss), metrics=list(metrics), **settings)
        return model

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
        if self.new:
            self.backend.clear_session()
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
            command = [sys.executable, os.path.abspath(__file__), file.name]
            subprocess.call(command, env=variables, pass_fds=[sender])
        os.close(sender)
        with os.fdopen(receiver) as answers:
            return [json.loads(line) for line in answers][-1]["outcome"]


def plain(value):
    """Return what lines have seen as JSON can hold it."""
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value if isinstance(value, bool) else probe.plain(value)


if __name__ == "__main__":
    probe.Probe = Lines
    probe.main()
