"""The executor on scripts that behave badly. None of them touches Keras, the warm server has it."""

import re
import time

import numpy as np
import psutil
import pytest

from generator import execute
from generator.child import Run
from generator.execute import Failure, Limits


def outcomes(*snippets, limits=None, jobs=None):
    return {one.name: outcome for one, outcome in execute.run_all(snippets, limits, jobs)}


def run(snippet, limits=None):
    return outcomes(snippet, limits=limits)[snippet.name]


def test_output_is_kept_cell_by_cell_in_one_namespace(write):
    done = run(write("# %% a\nx = 1\nprint('first')", "# %% b\nprint(x + 1)", "# %% c\nx"))
    assert [(cell.name, cell.stdout) for cell in done.cells] == [
        ("a", "first\n"),
        ("b", "2\n"),
        ("c", ""),
    ]


def test_stderr_is_kept_apart(write):
    done = run(write("# %% a\nimport warnings\nwarnings.warn('careful')\nprint('x')"))
    assert done.cells[0].stdout == "x\n"
    assert "careful" in done.cells[0].stderr


def test_a_cell_that_raises_ends_the_run_unless_it_is_declared(write):
    done = run(
        write('# %% a raises="ValueError"\nint("x")', "# %% b\n1 / 0", "# %% c\nprint('never')")
    )
    assert [cell.name for cell in done.cells] == ["a", "b"]
    assert done.cells[0].error == ("ValueError", "invalid literal for int() with base 10: 'x'")
    assert done.cells[1].error[0] == "ZeroDivisionError"


def test_traceback_begins_at_the_line_of_the_file(write):
    snippet = write("# %% a\n\n1 / 0")
    line = snippet.text.splitlines().index("1 / 0") + 1
    assert f'"example.py", line {line}' in run(snippet).cells[0].trace


def test_exit_is_an_error_not_the_end_of_the_executor(write):
    done = run(write("# %% a\nraise SystemExit(3)"))
    assert done.cells[0].error == ("SystemExit", "3")


def test_children_are_forked_from_a_process_that_has_imported_keras(write):
    done = run(
        write("# %% a\nimport sys\nprint('keras' in sys.modules, 'generator.warm' in sys.modules)")
    )
    assert done.cells[0].stdout == "True True\n"


def test_snippets_do_not_see_each_other(write):
    one = write("# %% a\nimport numpy\nnumpy.leaked = True", name="one")
    two = write("# %% a\nimport numpy\nprint(hasattr(numpy, 'leaked'))", name="two")
    assert outcomes(one, two, jobs=1)["two"].cells[0].stdout == "False\n"


def test_working_directory_is_the_snippets_own(write, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.csv").write_text("7", encoding="utf-8")
    done = run(write("# %% a\nprint(open('data/x.csv').read())"))
    assert done.cells[0].stdout == "7\n"


def test_object_addresses_and_folders_are_made_stable(write):
    done = run(
        write(
            "# %% a\nimport numpy, os\nprint(object())\nprint(numpy.__file__)\nprint(os.path.abspath('x'))"
        )
    )
    assert done.cells[0].stdout == "<object object at 0x…>\nsite-packages/numpy/__init__.py\nx\n"


def test_versions_are_those_of_what_was_imported(write):
    assert run(write("# %% a\nimport numpy")).versions.keys() == {"python", "numpy"}
    with_keras = run(write("# %% a\nimport keras")).versions
    assert with_keras.keys() == {"python", "keras", "tensorflow"}
    assert run(write("# %% a\nimport numpy")).versions["numpy"] == np.__version__


@pytest.mark.parametrize(
    ("body", "limits", "said"),
    [
        ("while True: pass", Limits(seconds=1), "ran longer than 1 seconds"),
        (
            "import time\nx = b'x' * 10**9\ntime.sleep(60)",
            Limits(megabytes=900),
            "more than 900 MB",
        ),
        ("import os\nos._exit(3)", None, r"died without a result \(exit code 3\)"),
        ("import os\nos.kill(os.getpid(), 11)", None, r"died without a result \(signal 11\)"),
        ("import os\nos.write(2, b'from C')\nos.abort()", None, "from C"),
    ],
)
def test_a_snippet_over_a_limit_or_dead_is_named_and_the_others_finish(write, body, limits, said):
    bad = write(f"# %% a\n{body}", name="bad")
    good = [write("# %% a\nprint(1)", name=f"good-{number}") for number in range(3)]
    done = outcomes(bad, *good, limits=limits)
    assert isinstance(done["bad"], Failure)
    assert re.search(said, done["bad"].reason)
    assert all(done[one.name].cells[0].stdout == "1\n" for one in good)


def test_what_a_stopped_snippet_started_is_stopped_with_it(write, tmp_path):
    body = (
        "import subprocess, time\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        "open('pid', 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    run(write(f"# %% a\n{body}"), Limits(seconds=2))
    pid = int((tmp_path / "pid").read_text())
    # Gone, or dead and waiting for whoever adopted it.
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_the_next_snippet_runs_while_an_outcome_is_used(write, tmp_path):
    one = write("# %% a\nprint(1)", name="one")
    two = write("# %% a\nopen('begun', 'w').close()", name="two")
    running = execute.run_all([one, two], jobs=1)
    assert next(running)[0].name == "one"
    for _ in range(600):
        if (tmp_path / "begun").exists():
            break
        time.sleep(0.1)
    assert (tmp_path / "begun").exists()
    assert [snippet.name for snippet, _ in running] == ["two"]


def test_stopping_early_ends_the_children(write):
    slow = [write("# %% a\nimport time\ntime.sleep(60)", name=f"slow-{n}") for n in range(2)]
    quick = write("# %% a\nprint(1)", name="quick")
    running = execute.run_all([quick, *slow], jobs=2)
    assert next(running)[0].name == "quick"
    running.close()  # returns at once, or this test would take a minute


def test_a_long_output_arrives_whole(write):
    done = run(write("# %% a\nprint('x' * 1_000_000)"))
    assert isinstance(done, Run)
    assert len(done.cells[0].stdout) == 1_000_001
