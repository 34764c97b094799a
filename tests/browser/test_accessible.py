"""No page breaks a rule of axe-core: WCAG 2.2 A and AA, and good practice."""

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.window import LOOKS, PHONE, looks, opened, search
from tests.site import pages

# Injected by evaluation: the policy of a page forbids to add a script to it.
RUN = """async rules => (await axe.run(document, {rules, resultTypes: ["violations"], runOnly: [
  "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})).violations
    .flatMap(rule => rule.nodes.map(node => [rule.id, node.target.join(" "), node.html]))"""

# Rule -> the elements it is not asked about. All other rules hold for all elements.
EXCEPTIONS = {
    # Material's script puts each copy button into a <nav> of its own, without a name.
    "landmark-unique": ".md-code__nav",
}


def violations(page, chosen=LOOKS, rules=None):
    """Return what axe-core finds on a page, in each of some looks."""
    page.evaluate(AXE_SCRIPT)
    return [
        f"{page.url} at {look}: {rule}: {html[:160]}"
        for look in looks(page, chosen)
        for rule, target, html in page.evaluate(RUN, rules or {})
        if rule not in EXCEPTIONS
        or not page.locator(target).first.evaluate(
            "(element, selector) => element.matches(selector)", EXCEPTIONS[rule]
        )
    ]


def test_no_page_breaks_a_rule(browser, home, site, request):
    """The largest of each kind, colours where there is code; with --full all that was written."""
    wrong, largest = [], {*pages.largest(site).values()}
    full = request.config.getoption("--full")
    with opened(browser, home) as page:
        for turn, address in enumerate(sorted(largest.union(pages.written(site) if full else ()))):
            chosen = (LOOKS if address in largest else LOOKS[::3]) if full else [LOOKS[turn % 4]]
            colours = full or pages.kind(address) in ("notebooks/…", "pitfalls/…")
            page.goto(home + address)
            wrong += violations(page, chosen, {"color-contrast": {"enabled": colours}})
    assert not wrong, "\n".join(wrong)


def test_neither_the_search_nor_the_menu_of_a_phone_breaks_a_rule(browser, home):
    with opened(browser, home) as page:
        search(page, "accuracy")
        wrong = violations(page, LOOKS[::3])
        assert page.locator(".md-search-result__item").first.is_visible()
    with opened(browser, home, PHONE) as page:
        page.locator("header label[for=__drawer]").click()
        page.locator(".md-nav--primary").get_by_text("Pitfalls").first.wait_for()
        wrong += violations(page, LOOKS[:2])
    assert not wrong, "\n".join(wrong)
