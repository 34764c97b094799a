"""Run cases on whatever Keras is installed here: `python probe <job.json>`.

One folder for every release from Keras 1.2.2 on Python 3.6 to the newest, handed alone to each, so
it uses nothing newer than Python 3.6, and of Keras only what each release has. A case is data (see
`cases/`): fixed predictions through a model that returns its input, or a few lines of code. The job
says which Keras to import, which cases to run, and where the answers go: a line of JSON for each
case, written when the case ends.
"""

import gc
import json
import os
import sys
import warnings

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
warnings.simplefilter("ignore")

from asking import Probe
from values import failure


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
