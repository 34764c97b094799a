"""See to it that the tests have a browser: `python -m tests.browser.install`."""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install", "chromium")
BY_HAND = "sudo apt-get install chromium"
WITHOUT_APT = ".venv/bin/python -m playwright install --with-deps chromium"


def executable():
    """Return the path of a browser that starts: one of the machine, else Playwright's own."""
    found = next(filter(starts, filter(None, map(shutil.which, NAMES))), None)
    if found is None:
        with sync_playwright() as playwright:
            found = playwright.chromium.executable_path
    return found if starts(found) else None


def starts(path):
    """Tell a browser from a script that only says how to install one, or that lacks a library."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def main():
    """Install a browser where there is none; return what to do where that fails."""
    apt = shutil.which("apt-get")
    ways = [PLAYWRIGHT]
    if apt and os.geteuid() == 0:
        ways = [(apt, "-qq", "update"), (apt, "-qq", "--yes", "install", "chromium"), *ways]
    for way in ways:
        if executable():
            return None
        subprocess.run(way, check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
    if executable():
        return None
    return f"The tests need a browser. Install one with: {BY_HAND if apt else WITHOUT_APT}"


if __name__ == "__main__":
    sys.exit(main())
