"""Formulas are taken from the snippets that readers see, not written again here."""

import contextlib
import functools
import io

import hypothesis
import pytest

from generator.execute import snippets

# The same examples in every run of `make test`, new ones in every `make verify`.
hypothesis.settings.register_profile("test", derandomize=True, max_examples=20, deadline=None)
hypothesis.settings.register_profile("full", max_examples=300, deadline=None, print_blob=True)


def pytest_configure(config):
    """Choose how many examples to try."""
    hypothesis.settings.load_profile("full" if config.getoption("--full") else "test")


@pytest.fixture(scope="session")
def names_of():
    """Return a function that runs cells of a snippet and what they need: what they defined."""

    @functools.cache
    def run(snippet, *asked):
        cells = {cell.name: cell for cell in snippets.load(snippet).code_cells}
        needed = {one for name in asked or ["formula"] for one in (name, *cells[name].after)}
        namespace = {"__name__": "__main__"}
        with contextlib.redirect_stdout(io.StringIO()):
            for name in [one for one in cells if one in needed]:
                exec(cells[name].source, namespace)  # noqa: S102 -- our own snippets
        return namespace

    return run
