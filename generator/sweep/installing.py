"""Install what an environment runs on, when it is needed."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from generator.common import CACHE, ProblemError, output_of, write
from generator.sweep.environments import PROJECT, Environment

UV = CACHE / "uv" / "bin" / "uv"
PYENV = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))


def install(environment: Environment) -> None:
    """Install what is not there yet; a ProblemError has the last words of the installer."""
    base, over = environment.folders
    if environment.card:
        if environment.card not in output_of("nvidia-smi", "--list-gpus"):
            raise ProblemError(f"no {environment.card} here")
    elif environment.base != PROJECT:
        once_in(base, lambda: _base(environment))
    if environment.over:
        wanted = f"{environment.over}=={environment.release}"
        once_in(over, lambda: into(over, environment.interpreter, "--no-deps", wanted))


def once_in(folder: Path, fill: Callable[[], object]) -> None:
    """Fill a folder, unless that has been done; what was not finished is deleted before."""
    if not (folder / "done").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        fill()
        (folder / "done").touch()


def into(folder: Path, python: str, *wanted: str) -> None:
    """Install packages for some Python into a folder of their own; a ProblemError if that fails."""
    output_of(UV, "pip", "install", "--quiet", "--python", python, "--target", folder, *wanted)


def _base(one: Environment) -> None:
    try:
        # Of pyenv's Pythons PATH has only one.
        path = [*map(str, PYENV.glob("versions/*/bin")), os.environ["PATH"]]
        made = ("venv", "--quiet", "--seed", "--python", one.python, one.folders[0])
        output_of(UV, *made, PATH=os.pathsep.join(path))
    except ProblemError as error:
        raise ProblemError(
            f"no Python {one.python} here. pyenv install {one.python} brings one; so does a "
            f"container of the image python:{one.python}."
        ) from error
    pinned, pins = one.pins.is_file(), ("--requirement", one.pins)
    if one.installer == "pip":  # takes builds that uv does not, and is asked what it took
        pip = (one.interpreter, "-m", "pip", "--disable-pip-version-check", "--quiet")
        output_of(*pip, "install", "--no-cache-dir", *(pins if pinned else one.packages))
        if not pinned:
            # A build has a name of its own, such as 2.13.0+cpu, which is not to be had everywhere.
            frozen = output_of(*pip, "freeze")
            write(one.pins, re.sub(r"\+\w+$", "", frozen, flags=re.MULTILINE))
        return
    python = ("--quiet", "--python", one.interpreter)
    if not pinned:
        compiled = ("pip", "compile", *python, "--no-header", "--no-annotate", "-")
        write(one.pins, output_of(UV, *compiled, given="\n".join(one.packages)))
    output_of(UV, "pip", "install", *python, "--no-cache", *pins)
