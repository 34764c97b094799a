"""The executor on scripts that behave badly. None of them touches Keras, the warm server has it."""

import re
import subprocess
import sys
import time

import numpy as np
import psutil
import pytest

from generator.common import ROOT
from generator.execute import server
from generator.execute.child import Run


def outcomes(*snippets, **limits):
    return {one.name: outcome for one, outcome in server.run_all(snippets, **limits)}


def run(snippet, **limits):
    return outcomes(snippet, **limits)[snippet.name]


def test_output_is_kept_cell_by_cell_in_one_namespace(snippet_of):
    warning = "import warnings\nwarnings.warn('careful')"
    done = run(snippet_of(f"# %% a\nx = 1\nprint('first')\n{warning}", "# %% b\nprint(x + 1)\nx"))
    assert [(cell.name, cell.stdout) for cell in done.cells] == [("a", "first\n"), ("b", "2\n")]
    assert "careful" in done.cells[0].stderr


def test_a_cell_that_raises_ends_the_run_unless_it_is_declared(snippet_of):
    cells = ['# %% a raises="ValueError"\nint("x")', "# %% b\n\n1 / 0", "# %% c\nprint('never')"]
    snippet = snippet_of(*cells)
    done = run(snippet)
    assert [cell.name for cell in done.cells] == ["a", "b"]
    assert done.cells[0].error == ("ValueError", "invalid literal for int() with base 10: 'x'")
    assert done.cells[1].error[0] == "ZeroDivisionError"
    line = snippet.text.splitlines().index("1 / 0") + 1
    assert f'"example.py", line {line}' in done.cells[1].trace


def test_exit_is_an_error_not_the_end_of_the_executor(snippet_of):
    done = run(snippet_of("# %% a\nraise SystemExit(3)"))
    assert done.cells[0].error == ("SystemExit", "3")


def test_children_are_forked_from_a_process_that_has_imported_keras(snippet_of):
    done = run(snippet_of("# %% a\nimport sys\nprint('keras' in sys.modules)"))
    assert done.cells[0].stdout == "True\n"


def test_snippets_do_not_see_each_other_and_find_their_data(snippet_of, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.csv").write_text("7", encoding="utf-8")
    one = snippet_of("# %% a\nimport numpy\nnumpy.leaked = True", name="one")
    body = "print(hasattr(numpy, 'leaked'), open('data/x.csv').read())"
    two = snippet_of(f"# %% a\nimport numpy\n{body}", name="two")
    assert outcomes(one, two, jobs=1)["two"].cells[0].stdout == "False 7\n"


def test_object_addresses_and_folders_are_made_stable(snippet_of):
    body = "print(object(), numpy.__file__, os.path.abspath('x'))"
    done = run(snippet_of(f"# %% a\nimport os\nimport numpy\n{body}"))
    assert done.cells[0].stdout == "<object object at 0x…> site-packages/numpy/__init__.py x\n"


def test_versions_are_those_of_what_was_imported(snippet_of):
    found = run(snippet_of("# %% a\nimport numpy")).versions
    assert found.keys() == {"python", "numpy"}
    assert found["numpy"] == np.__version__
    with_keras = run(snippet_of("# %% a\nimport keras")).versions
    assert with_keras.keys() == {"python", "keras", "tensorflow"}


@pytest.mark.parametrize(
    ("body", "limits", "said"),
    [
        ("while True: pass", {"seconds": 1}, "ran longer than 1 seconds"),
        (
            "import time\nx = b'x' * 10**9\ntime.sleep(60)",
            {"megabytes": 900},
            "more than 900 MB",
        ),
        ("import os\nos._exit(3)", {}, r"died without a result \(exit code 3\)"),
        ("import os\nos.kill(os.getpid(), 11)", {}, r"died without a result \(signal 11\)"),
        ("import os\nos.write(2, b'from C')\nos.abort()", {}, "from C"),
    ],
)
def test_a_snippet_over_a_limit_or_dead_is_named_and_the_others_finish(
    snippet_of, body, limits, said
):
    bad = snippet_of(f"# %% a\n{body}", name="bad")
    good = [snippet_of("# %% a\nprint(1)", name=f"good-{number}") for number in range(3)]
    done = outcomes(bad, *good, **limits)
    assert isinstance(done["bad"], str)
    assert re.search(said, done["bad"])
    assert all(done[one.name].cells[0].stdout == "1\n" for one in good)


@pytest.mark.parametrize("ends", ["time.sleep(60)", "pass"], ids=["stopped", "ended well"])
def test_what_a_snippet_started_ends_with_it(snippet_of, tmp_path, ends):
    body = (
        "import subprocess, time\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        "open('pid', 'w').write(str(child.pid))\n"
    )
    run(snippet_of(f"# %% a\n{body}{ends}"), seconds=2)
    pid = int((tmp_path / "pid").read_text())
    # Gone, or dead and waiting for whoever adopted it.
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_the_backend_is_not_the_readers_own(snippet_of):
    done = run(snippet_of("# %% a\nimport os\nprint(os.environ['KERAS_BACKEND'])"))
    assert done.cells[0].stdout == "tensorflow\n"


def test_asserts_hold_whatever_python_is_told(snippet_of):
    snippet = snippet_of("# %% a\nassert False")
    code = (
        "from pathlib import Path; from generator.execute import child, snippets; "
        f"done = child.execute(snippets.load('example', Path({str(snippet.path.parent)!r}))); "
        "print(done.cells[0].error[0])"
    )
    command = [sys.executable, "-O", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "AssertionError\n"


def test_the_next_snippet_runs_while_an_outcome_is_used(snippet_of, tmp_path):
    one = snippet_of("# %% a\nprint(1)", name="one")
    two = snippet_of("# %% a\nopen('begun', 'w').close()", name="two")
    running = server.run_all([one, two], jobs=1)
    assert next(running)[0].name == "one"
    for _ in range(600):
        if (tmp_path / "begun").exists():
            break
        time.sleep(0.1)
    assert (tmp_path / "begun").exists()
    assert [snippet.name for snippet, _ in running] == ["two"]


def test_stopping_early_ends_the_children(snippet_of):
    slow = [snippet_of("# %% a\nimport time\ntime.sleep(60)", name=f"slow-{n}") for n in range(2)]
    quick = snippet_of("# %% a\nprint(1)", name="quick")
    running = server.run_all([quick, *slow], jobs=2)
    assert next(running)[0].name == "quick"
    running.close()  # returns at once, or this test would take a minute


def test_a_long_output_arrives_whole(snippet_of):
    done = run(snippet_of("# %% a\nprint('x' * 1_000_000)"))
    assert isinstance(done, Run)
    assert len(done.cells[0].stdout) == 1_000_001
