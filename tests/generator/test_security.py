import pytest

from generator import security

PAGE = '<html><head><meta charset="utf-8"><script>one()</script>{}</head></html>'


def test_every_inline_script_is_allowed_by_its_hash_and_nothing_else_is():
    page = PAGE.format('<script src="a.js"></script><script type="application/json">{}</script>')
    (allowed,) = security.hashes(page)
    # printf 'one()' | openssl dgst -sha256 -binary | base64
    assert allowed == "'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='"
    assert f"script-src 'self' {allowed};" in security.policy(page)


def test_the_policy_stands_before_anything_it_governs():
    before, _ = security.secured(PAGE.format("")).split("<script>")
    assert "Content-Security-Policy" in before


def test_a_page_without_a_charset_is_refused():
    with pytest.raises(ValueError, match="no <meta charset>"):
        security.secured("<html></html>")
