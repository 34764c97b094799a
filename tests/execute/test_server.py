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


def outcomes(*snippets, **limits):
    return {one.name: outcome for one, outcome in server.run_all(snippets, **limits)}


def run(snippet, **limits):
    return outcomes(snippet, **limits)[snippet.name]


def test_output_is_kept_whole_cell_by_cell_in_one_namespace(snippet_of):
    first = "# %% a\nimport warnings\nx = 'x' * 10**6\nprint('first')\nwarnings.warn('careful')"
    done = run(snippet_of(first, "# %% b\nprint(x)\nx"))
    printed = [("a", "first\n"), ("b", "x" * 10**6 + "\n")]
    assert [(cell.name, cell.stdout) for cell in done.cells] == printed
    assert "careful" in done.cells[0].stderr


def test_a_cell_that_raises_ends_the_run_unless_it_is_declared(snippet_of):
    # Also an exit, which must not end the executor.
    ends = "# %% b\n\nraise SystemExit(3)"
    snippet = snippet_of('# %% a raises="ValueError"\nint("x")', ends, "# %% c\nprint('never')")
    done = run(snippet)
    assert [(cell.name, cell.error) for cell in done.cells] == [
        ("a", ("ValueError", "invalid literal for int() with base 10: 'x'")),
        ("b", ("SystemExit", "3")),
    ]
    line = snippet.text.splitlines().index("raise SystemExit(3)") + 1
    assert f'"example.py", line {line}' in done.cells[1].trace


def test_keras_is_imported_before_with_a_backend_that_is_not_the_readers_own(snippet_of):
    body = "print('keras' in sys.modules, os.environ['KERAS_BACKEND'])"
    done = run(snippet_of(f"# %% a\nimport os\nimport sys\n{body}"))
    assert done.cells[0].stdout == "True tensorflow\n"


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
    found = run(snippet_of("# %% a\nimport os.path\nimport numpy as np")).versions
    assert found.keys() == {"python", "numpy"}
    assert found["numpy"] == np.__version__
    with_keras = run(snippet_of("# %% a\nfrom keras.src import ops")).versions
    assert with_keras.keys() == {"python", "keras", "tensorflow"}


@pytest.mark.parametrize(
    ("body", "limits", "said"),
    [
        ("x = b'x' * 10**9\nwhile True: pass", {"megabytes": 900}, "more than 900 MB"),
        ("import os\nos._exit(3)", {}, r"died without a result \(exit code 3\)"),
        ("import os\nos.write(2, b'from C')\nos.abort()", {}, r"\(signal 6\)\nfrom C"),
    ],
)
def test_one_over_a_limit_or_dead_is_named_and_the_others_finish(snippet_of, body, limits, said):
    bad = snippet_of(f"# %% a\n{body}", name="bad")
    good = [snippet_of("# %% a\nprint(1)", name=f"good-{number}") for number in range(3)]
    done = outcomes(bad, *good, **limits)
    assert isinstance(done["bad"], str)
    assert re.search(said, done["bad"])
    assert all(done[one.name].cells[0].stdout == "1\n" for one in good)


@pytest.mark.parametrize("ends", ["time.sleep(60)", "pass"], ids=["stopped", "ended well"])
def test_what_a_snippet_started_ends_with_it(snippet_of, tmp_path, ends):
    start = "import subprocess, time\nchild = subprocess.Popen(['sleep', '60'])"
    note = "open('pid', 'w').write(str(child.pid))"
    run(snippet_of(f"# %% a\n{start}\n{note}\n{ends}"), seconds=2)
    pid = int((tmp_path / "pid").read_text())
    # Gone, or dead and waiting for whoever adopted it.
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


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


def test_the_next_runs_while_an_outcome_is_used_and_ends_if_nobody_waits(snippet_of, tmp_path):
    body = "import time\nopen('begun', 'w').close()\ntime.sleep(60)"
    two = [snippet_of(f"# %% a\n{body}", name=name) for name in ("slow", "slow-too")]
    running = server.run_all([snippet_of("# %% a\nprint(1)"), *two], jobs=1)
    assert next(running)[0].name == "example"
    until = time.monotonic() + 30
    while not (tmp_path / "begun").exists():
        assert time.monotonic() < until
        time.sleep(0.1)
    running.close()
    assert time.monotonic() < until
