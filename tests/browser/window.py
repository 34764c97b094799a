"""How the tests look at a page."""

import contextlib
import itertools

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
HOW = list(itertools.product((PHONE, DESK), ("light", "dark")))


@contextlib.contextmanager
def opened(browser, url, size=DESK, colours="light", **options):
    """Open a page in a browser without a past."""
    context = browser.new_context(viewport=size, color_scheme=colours, **options)
    with contextlib.closing(context):
        # No animation is waited for, and none is caught half-way.
        page = context.new_page()
        page.emulate_media(color_scheme=colours, reduced_motion="reduce")
        page.goto(url)
        yield page


def looks(page):
    """Give a page both widths in both colours; yield what to call each."""
    for size, colours in HOW:
        page.set_viewport_size(size)
        page.evaluate(
            "scheme => document.body.setAttribute('data-md-color-scheme', scheme)",
            {"light": "default", "dark": "slate"}[colours],
        )
        yield f"{size['width']} px, {colours}"
