"""No page breaks a rule of axe-core: WCAG 2.2 A and AA, and good practice."""

import re

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.window import PHONE, chosen, looks, opened, search
from tests.site import pages

# Injected by evaluation: the policy of a page forbids to add a script to it.
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"], runOnly: [
  "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})).violations
    .flatMap(rule => rule.nodes.map(node => [rule.id, node.target.join(" "), node.html]))"""

# Rule -> the elements it is not asked about. All other rules hold for all elements.
EXCEPTIONS = {
    # Material's script puts each copy button into a <nav> of its own, without a name.
    "landmark-unique": ".md-code__nav",
}


def violations(page):
    """Return what axe-core finds on a page, as it looks now."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{rule}: {html[:160]}"
        for rule, target, html in page.evaluate(RUN)
        if rule not in EXCEPTIONS
        or not page.locator(target).first.evaluate(
            "(element, selector) => element.matches(selector)", EXCEPTIONS[rule]
        )
    ]


def test_no_page_breaks_a_rule(browser, served, site, request):
    wrong = []
    for address in chosen(request, site):
        with opened(browser, served + address) as page:
            for look in looks(page):
                wrong += [f"/{address} at {look}: {each}" for each in violations(page)]
    assert not wrong, "\n".join(wrong)


def test_the_search_breaks_no_rule(browser, served):
    with opened(browser, served) as page:
        search(page, "accuracy")
        wrong = [f"{look}: {each}" for look in looks(page) for each in violations(page)]
        assert page.locator(".md-search-result__item").first.is_visible()
    assert not wrong, "\n".join(wrong)


def test_the_menu_of_a_phone_breaks_no_rule(browser, served):
    with opened(browser, served, PHONE) as page:
        page.locator("header label[for=__drawer]").click()
        page.locator(".md-nav--primary").get_by_text("Pitfalls").first.wait_for()
        wrong = [f"{look}: {each}" for look in looks(page, [PHONE]) for each in violations(page)]
    assert not wrong, "\n".join(wrong)


def luminance(colour):
    """Return the relative luminance of an opaque CSS colour, as WCAG defines it."""
    red, green, blue = (
        int(part) / 255 for part in re.fullmatch(r"rgb\((.*)\)", colour)[1].split(",")
    )
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_label_of_recorded_output_can_be_read(browser, served, site):
    colours = """box => [getComputedStyle(box, "::before").color, getComputedStyle(box).backgroundColor,
      getComputedStyle(document.body).backgroundColor]"""
    for kind in ("pitfalls/…", "metrics/…", "notebooks/…"):
        with opened(browser, served + pages.largest(site)[kind]) as page:
            for look in looks(page):
                for box in page.locator("div.recorded, .jp-OutputArea").all():
                    label, own, behind = box.evaluate(colours)
                    ground = behind if own.startswith("rgba(") else own
                    dark, light = sorted([luminance(label), luminance(ground)])
                    assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{kind} at {look}: {label}"
