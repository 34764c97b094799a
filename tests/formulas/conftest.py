"""Formulas are taken from the snippets that readers see, not written again here."""

import contextlib
import functools
import io

import hypothesis
import pytest

from generator.execute import snippets

# The same examples in every run of `make test`, new ones in every `make verify`.
hypothesis.settings.register_profile("test", derandomize=True, max_examples=40, deadline=None)
hypothesis.settings.register_profile("full", max_examples=300, deadline=None, print_blob=True)


def pytest_configure(config):
    """Choose how many examples to try."""
    hypothesis.settings.load_profile("full" if config.getoption("--full") else "test")


@pytest.fixture(scope="session")
def names_of():
    """Return a function that runs a snippet up to its cell `formula`, and returns what it defined."""

    @functools.cache
    def run(snippet):
        namespace = {"__name__": "__main__"}
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in snippets.load(snippet).code_cells:
                exec(cell.source, namespace)  # noqa: S102 -- our own snippets
                if cell.name == "formula":
                    break
        return namespace

    return run
