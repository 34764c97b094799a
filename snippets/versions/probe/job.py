"""Run cases on whatever Keras is installed here: `python probe <job.json>`.

This folder is handed alone to every release, from Keras 1.2.2 on Python 3.6 to the newest, so it uses
nothing newer than Python 3.6, and of Keras only what each release has. A case is data (see `cases/`):
fixed predictions through a model that returns its input, or a few lines of code. The job says which
Keras to import, which cases to run, and where the answers go: a line of JSON for each case, written
when the case ends.
"""

import gc
import json
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
warnings.simplefilter("ignore")

from calls import Calls
from functions import Functions
from lines import Lines
from names import Names
from values import failure

AGAIN = 75  # a graphics card answers nothing more after an error: the rest wants a new process


class Probe(Calls, Functions, Names, Lines):
    """One Keras, and how to ask it the same thing as every other one."""

    def run(self, case):
        """Return what a case has to observe."""
        how = case.get("how", "compile")
        self.called = []
        # Graphs add up from model to model; what runs eagerly leaves nothing, and clearing costs
        # as much time as the case.
        if not self.new or (how in ("compile", "save", "code") and not case.get("eager")):
            self.backend.clear_session()
        return getattr(self, "how_" + how)(case)


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
            if "CUDA error" in outcome.get("message", ""):
                os._exit(AGAIN)
    sys.stdout.flush()
    os._exit(0)  # the way down of some releases takes longer than the cases
