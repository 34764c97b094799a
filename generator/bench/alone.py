"""Run one body in this fresh process: `python alone.py <job.json>`, for the floor.

A script by itself, because the process may import nothing before Keras that a plain one would not.
The job names the folder to run in and the sources of the cells. The answer goes to the job's
`answer` file: how long the body took, in seconds of wall time and of processor time, and what it
printed.
"""

import contextlib
import io
import json
import os
import sys
import time
import traceback
from pathlib import Path

import keras  # noqa: F401


def run(cells: list[str], name: str) -> str:
    """Run cells in one namespace, as a notebook does that goes on after an error."""
    namespace: dict[str, object] = {"__name__": "__main__", "__file__": name}
    stdout = io.StringIO()
    with contextlib.redirect_stdout(stdout):
        for cell in cells:
            try:
                exec(compile(cell, name, "exec"), namespace)  # noqa: S102 -- the purpose
            except Exception:  # noqa: BLE001 -- some cells raise to show that they do
                traceback.print_exc()
    return stdout.getvalue()


job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
os.chdir(job["folder"])
wall, processor = time.perf_counter(), time.process_time()
printed = run(job["cells"], job["name"])
answer = {
    "wall": time.perf_counter() - wall,
    "processor": time.process_time() - processor,
    "stdout": printed,
}
Path(job["answer"]).write_text(json.dumps(answer), encoding="utf-8")
sys.stdout.flush()
os._exit(0)  # TensorFlow's way down is not part of a body
