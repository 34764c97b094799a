"""All that can be done with a mouse can be done with the keyboard."""

from urllib.parse import urlsplit

import pytest

from tests.browser.window import PHONE, chosen, opened, search
from tests.site import pages

HAS_FOCUS = (
    "element => element === document.activeElement || element.contains(document.activeElement)"
)


def test_the_first_stop_is_the_link_to_the_content(browser, served, site):
    with opened(browser, "about:blank") as page:
        for address in pages.readable(site):
            if address == pages.NOT_FOUND:
                continue  # Material leads to the first heading in Markdown, and here is none
            page.goto(served + address)
            page.keyboard.press("Tab")
            skip = page.locator("a.md-skip:focus")
            assert skip.count() == 1, f"/{address}"
            assert skip.evaluate("link => getComputedStyle(link).opacity !== '0'"), f"/{address}"
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "#" in url)
            target = urlsplit(page.url).fragment
            assert page.locator(f"article h1[id='{target}']").count() == 1, f"/{address}"


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_search(browser, served, key):
    with opened(browser, served) as page:
        page.keyboard.press(key)
        assert page.locator("[data-md-component=search-query]:focus").count() == 1
        page.keyboard.press("Escape")
        assert page.locator("[data-md-component=search-query]:focus").count() == 0


def test_a_result_is_chosen_with_arrow_and_enter(browser, served):
    with opened(browser, served) as page:
        (first, *_) = search(page, "regression accuracy")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.href").endswith(urlsplit(first).query)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(first).path)
        assert page.locator("article h1").is_visible()


def test_the_colours_change_with_the_keyboard(browser, served):
    with opened(browser, served) as page:
        for _ in range(9):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name === '__palette'"):
                break
        page.keyboard.press("Enter")
        assert page.locator("body[data-md-color-scheme=slate]").count() == 1


def moved(page, box, before):
    """Tell whether a box is scrolled before long."""
    for _ in range(200):
        if box.evaluate("box => box.scrollLeft") > before:
            return True
        page.wait_for_timeout(25)
    return False


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_scrolls_can_have_the_focus_and_shows_it(browser, served, site, request, scripts):
    scrolls = """() => [...document.querySelectorAll("article *")].filter(element =>
      element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
      && ["auto", "scroll"].includes(getComputedStyle(element).overflowX))"""
    unfold = "document.querySelectorAll('details').forEach(one => { one.open = true })"
    wrong = []
    for address in chosen(request, site):
        with opened(browser, served + address, PHONE, java_script_enabled=scripts) as page:
            page.evaluate(unfold)  # what is folded has boxes that nobody can reach yet
            boxes = page.evaluate_handle(scrolls)
            for box in [each.as_element() for each in boxes.get_properties().values()]:
                html = box.evaluate("box => box.outerHTML.slice(0, 120)")
                before = box.evaluate("box => { box.focus(); return box.scrollLeft }")
                if not box.evaluate(HAS_FOCUS):
                    wrong.append(f"/{address}: cannot have the focus: {html}")
                    continue
                page.keyboard.press("ArrowRight")
                if not moved(page, box, before):
                    wrong.append(f"/{address}: arrows do not move it: {html}")
    assert not wrong, "\n".join(wrong)
