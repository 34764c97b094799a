"""All that can be done with a mouse can be done with the keyboard."""

import pytest

from tests.browser.window import PHONE, chosen, opened

# Returns what scrolls and cannot have the focus, and marks one box of each kind to be scrolled. What
# is folded is opened: nobody can reach a box in there yet.
SCROLLING = """() => {
  document.querySelectorAll("details").forEach(one => { one.open = true })
  const kinds = new Set()
  return [...document.querySelectorAll("article *")].filter(box => {
    if (box.scrollWidth <= box.clientWidth + 1 || box.clientWidth === 0
      || !["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return false
    const kind = `${box.parentElement.className} ${box.tagName} ${box.className}`
    box.toggleAttribute("data-scroll", !kinds.has(kind))
    kinds.add(kind)
    box.focus()
    return !box.contains(document.activeElement)
  }).map(box => `cannot have the focus: ${box.outerHTML.slice(0, 120)}`)
}"""


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_colours_are_the_readers_and_change_with_mouse_and_keyboard(browser, home, colours):
    schemes = ["default", "slate"] if colours == "light" else ["slate", "default"]
    with opened(browser, home, color_scheme=colours) as page:
        scheme = page.locator("body")
        assert scheme.get_attribute("data-md-color-scheme") == schemes[0]
        if colours == "light":
            page.locator("form[data-md-component=palette] label:visible").click()
        else:
            for _ in range(9):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.name === '__palette'"):
                    page.keyboard.press("Enter")
                    break
        assert scheme.get_attribute("data-md-color-scheme") == schemes[1]
        page.goto(f"{home}pitfalls/")
        assert scheme.get_attribute("data-md-color-scheme") == schemes[1]


def arrow_moves(page, box):
    """Tell whether an arrow key scrolls a box before long."""
    before = box.evaluate("box => { box.focus(); return box.scrollLeft }")
    page.keyboard.press("ArrowRight")
    for _ in range(200):
        if box.evaluate("box => box.scrollLeft") > before:
            return True
        page.wait_for_timeout(25)
    return False


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_scrolls_can_have_the_focus_and_be_scrolled(browser, home, site, request, scripts):
    wrong, tried = [], 0
    with opened(browser, "about:blank", PHONE, java_script_enabled=scripts) as page:
        for address in chosen(request, site):
            page.goto(home + address)
            found = page.evaluate(SCROLLING)
            for box in page.locator("[data-scroll]").all():
                tried += 1
                if not arrow_moves(page, box):
                    found.append(f"arrows do not move it: {box.evaluate('b => b.outerHTML')[:120]}")
            wrong += [f"/{address}: {each}" for each in found]
    assert tried
    assert not wrong, "\n".join(wrong)
