"""See to it that the tests have a browser: `python -m tests.browser.install`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
APT = ("apt-get", "--quiet", "--quiet")
# What a person types, with apt-get and without.
BY_HAND = {
    True: "sudo apt-get install chromium",
    False: ".venv/bin/python -m playwright install --with-deps chromium",
}


def executable() -> str | None:
    """Return the path of a browser that starts: one of the machine, else Playwright's own."""
    for name in NAMES:
        found = shutil.which(name)
        if found and starts(found):
            return found
    own = downloaded()
    return own if Path(own).is_file() and starts(own) else None


def downloaded() -> str:
    """Return where Playwright keeps the browser that it downloads, whether it is there or not."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def starts(path: str) -> bool:
    """Tell a browser from a script that only says how to install one, or that lacks a library."""
    return run([path, "--version"])[0]


def run(command: list[str]) -> tuple[bool, str]:
    """Run a command quietly; return whether it went well, and what it said last."""
    try:
        done = subprocess.run(
            command,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=900,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, str(error)
    return done.returncode == 0, "\n".join(done.stdout.strip().splitlines()[-5:])


def ways() -> list[list[list[str]]]:
    """Return the ways to install a browser here, the best one first, each a list of commands."""
    own = [sys.executable, "-m", "playwright", "install"]
    if not (os.geteuid() == 0 and shutil.which("apt-get")):
        return [[[*own, "chromium"]]]
    package = ["install", "--no-install-recommends", "chromium", "fonts-liberation"]
    return [
        [[*APT, "update"], [*APT, "--yes", *package]],
        [[*own, "--with-deps", "chromium"]],
    ]


def main() -> str | None:
    """Install a browser where there is none; return what is wrong, if anything."""
    if executable():
        return None
    sys.stdout.write("Installing a browser for the tests\n")
    said = ""
    for way in ways():
        for command in way:
            well, said = run(command)
            if not well:
                break
        if executable():
            return None
    by_hand = BY_HAND[shutil.which("apt-get") is not None]
    return f"{said}\nThe tests need a browser and none could be installed. Do it with: {by_hand}"


if __name__ == "__main__":
    sys.exit(main())
