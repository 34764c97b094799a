"""What is installed where there is no browser, and what is said where none can be."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.browser import install

PLAYWRIGHT = [sys.executable, "-m", "playwright", "install", "chromium"]


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Set up a pretended machine; return what was run on it."""

    def pretend(*, programs=(), root=False, works=(), installs=()):
        """Have programs on PATH, of which some work; some commands install a working browser."""
        ran, own = [], tmp_path / "own-browser"
        on_path = {name: f"/somewhere/{name}" for name in programs}
        working = {f"/somewhere/{name}" for name in works}

        def run(command):
            if "--version" in command:
                return command[0] in working, ""
            ran.append(command)
            if command[-1] not in installs:
                return False, "no network"
            if "playwright" in command:
                own.touch()
                working.add(str(own))
            elif "update" not in command:
                on_path["chromium"] = "/somewhere/chromium"
                working.add("/somewhere/chromium")
            return True, ""

        monkeypatch.setattr(shutil, "which", on_path.get)
        monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
        monkeypatch.setattr(install, "run", run)
        monkeypatch.setattr(install, "downloaded", lambda: str(own))
        return ran

    return pretend


@pytest.mark.parametrize("name", install.NAMES)
def test_a_browser_that_is_there_is_taken_silently(machine, capsys, name):
    ran = machine(programs=[name], works=[name])
    assert install.main() is None
    assert install.executable() == f"/somewhere/{name}"
    assert (ran, capsys.readouterr().out) == ([], "")


def test_a_browser_that_does_not_start_is_passed_over(machine):
    machine(programs=["chromium-browser", "google-chrome"], works=["google-chrome"])
    assert install.executable() == "/somewhere/google-chrome"


def test_root_with_apt_installs_the_package(machine, capsys):
    ran = machine(programs=["apt-get"], root=True, installs=["update", "fonts-liberation"])
    assert install.main() is None
    assert ["update" in command for command in ran] == [True, False]
    assert "chromium" in ran[1]
    assert install.executable() == "/somewhere/chromium"
    assert capsys.readouterr().out == "Installing a browser for the tests\n"


@pytest.mark.parametrize(
    ("programs", "root"), [((), True), ((), False), (("apt-get",), False)], ids=str
)
def test_others_get_the_browser_of_playwright(machine, programs, root):
    ran = machine(programs=programs, root=root, installs=["chromium"])
    assert install.main() is None
    assert ran == [PLAYWRIGHT]
    assert install.executable() is not None


def test_where_the_package_fails_the_download_is_tried(machine):
    ran = machine(programs=["apt-get"], root=True, installs=["chromium"])
    assert install.main() is None
    assert ran[0][-1] == "update"
    assert ran[-1] == [*PLAYWRIGHT[:-1], "--with-deps", "chromium"]


@pytest.mark.parametrize(("programs", "named"), [(("apt-get",), "apt-get"), ((), "playwright")])
def test_a_failure_says_why_and_names_one_command(machine, programs, named):
    machine(programs=programs)
    said = install.main()
    assert "no network" in said
    assert "Do it with:" in said
    assert named in said.split("Do it with:")[1]


def test_a_failure_ends_with_an_exit_code():
    code = "import sys; from tests.browser import install; install.executable = lambda: None\n"
    code += "install.ways = lambda: [[['no-such-program']]]; sys.exit(install.main())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no-such-program" in done.stderr


def test_what_a_command_says_is_kept_short():
    well, said = install.run([sys.executable, "-c", "for n in range(99): print(n)"])
    assert well
    assert said.split() == ["94", "95", "96", "97", "98"]
