"""How the tests look at a page."""

import contextlib
import itertools

from tests.site import pages

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SCHEMES = {"light": "default", "dark": "slate"}


@contextlib.contextmanager
def opened(browser, url, size=DESK, colours="light", **options):
    """Open a page in a browser without a past, and without animations."""
    context = browser.new_context(
        viewport=size, color_scheme=colours, reduced_motion="reduce", **options
    )
    with contextlib.closing(context):
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(url)
        yield page


def looks(page, sizes=(PHONE, DESK)):
    """Give a page each width in both colours; yield what to call each."""
    for size, colours in itertools.product(sizes, SCHEMES):
        page.set_viewport_size(size)
        page.evaluate(
            "scheme => document.body.setAttribute('data-md-color-scheme', scheme)", SCHEMES[colours]
        )
        yield f"{size['width']} px, {colours}"


def search(page, words):
    """Open the search with the keyboard, type, and return the addresses of what is found."""
    page.keyboard.press("/")
    page.locator("[data-md-component=search-query]:focus").wait_for()
    page.keyboard.insert_text(words[:-1])
    page.keyboard.press(words[-1])  # only a key starts a search, and one search is enough
    found = page.locator(".md-search-result__item > a.md-search-result__link")
    found.first.wait_for()
    return found.evaluate_all("links => links.map(link => link.href)")


def chosen(request, site):
    """Return the largest page of each kind, or, with --full, all pages."""
    full = request.config.getoption("--full")
    return pages.readable(site) if full else sorted(pages.largest(site).values())
