"""A page comes with a policy that allows the scripts it has, and no others."""

import pytest

from generator.common import ProblemError
from generator.render import finish

HEAD = '<html><head><meta charset="utf-8"><script>one()</script>{}</head></html>'


def test_every_inline_script_is_allowed_by_its_hash_and_nothing_else_is():
    page = HEAD.format('<script src="a.js"></script><script type="application/json">{}</script>')
    # printf 'one()' | openssl dgst -sha256 -binary | base64
    allowed = "'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"
    before, _ = finish.secured(page).split("<script>")  # it stands before anything it governs
    assert f"script-src 'self' {allowed};" in before


def test_a_page_without_a_charset_is_refused():
    with pytest.raises(ProblemError, match="no <meta charset"):
        finish.secured("<html></html>")
