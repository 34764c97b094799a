"""A browser, a server for a built site, and how to look at a page."""

import contextlib
import functools
import http.server
import itertools
import os
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import install
from tests.site import pages

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SCHEMES = {"light": "default", "dark": "slate"}
LOOKS = [*itertools.product((PHONE, DESK), SCHEMES)]
NO_NETWORK = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
ARGUMENTS = ["--disable-gpu", "--no-first-run", *NO_NETWORK]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers as GitHub Pages does: silently, with 404.html for what is not there."""

    def log_message(self, *arguments):
        """Say nothing."""

    def send_error(self, code, *_):
        """Answer with the page that the site has for it."""
        page = Path(self.directory, self.path.split("/")[1], "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@contextlib.contextmanager
def serving(site):
    """Publish a site below the name of its folder; yield the address of its home page."""
    handler = functools.partial(Handler, directory=str(site.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
        server.shutdown()


@contextlib.contextmanager
def started():
    """Start a browser, and yield it."""
    path = install.executable()
    if path is None:
        raise RuntimeError("no browser: run .venv/bin/python -m tests.browser.install")
    # Chromium has no sandbox for root.
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser, url, size=DESK, **options):
    """Open a page in a browser without a past, and without animations."""
    context = browser.new_context(viewport=size, reduced_motion="reduce", **options)
    with contextlib.closing(context):
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(url)
        yield page


@contextlib.contextmanager
def listening(browser, home):
    """Open a page that keeps a list of what went wrong, requests to another host included."""
    report = """addEventListener("securitypolicyviolation", event =>
      console.error(`policy: ${event.effectiveDirective} ${event.blockedURI}`))"""
    with opened(browser, "about:blank") as page:
        wrong = []

        def note(text):
            wrong.append(f"{page.url}: {text}")

        def asked(request):
            if not request.url.startswith((home, "data:", "blob:")):
                note(f"asks for {request.url}")

        page.add_init_script(report)
        page.on("pageerror", lambda error: note(f"error: {error}"))
        page.on("console", lambda one: one.type in ("error", "warning") and note(one.text))
        page.on("request", asked)
        yield page, wrong


def looks(page, chosen):
    """Give a page the widths and colours of some `LOOKS`; yield what to call each."""
    for size, colours in chosen:
        page.set_viewport_size(size)
        page.evaluate(
            "scheme => document.body.setAttribute('data-md-color-scheme', scheme)", SCHEMES[colours]
        )
        yield f"{size['width']} px, {colours}"


def search(page, words):
    """Search by the keyboard, and return the addresses of what is found, the best first."""
    found = page.locator(".md-search-result__item > a.md-search-result__link")
    page.keyboard.press("/")
    field = page.locator("[data-md-component=search-query]:focus")
    field.fill("")
    field.press("Backspace")
    found.first.wait_for(state="detached")
    page.keyboard.insert_text(words)
    page.keyboard.press("End")  # only a key starts a search
    page.locator(
        ".md-search-result__item, .md-search-result__meta:has-text('No match')"
    ).first.wait_for()
    return found.evaluate_all("links => links.map(link => link.href)")


def chosen(request, site):
    """Return the largest page of each kind, or, with --full, all pages."""
    full = request.config.getoption("--full")
    return pages.readable(site) if full else sorted(pages.largest(site).values())
