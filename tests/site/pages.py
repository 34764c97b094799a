"""The pages of a built site."""

import functools
import re

from bs4 import BeautifulSoup

NOT_FOUND = "404.html"


@functools.cache
def source(site, address):
    """Return the HTML of a page."""
    path = site / address
    return (path if path.suffix else path / "index.html").read_text(encoding="utf-8")


@functools.cache
def soup(site, address):
    """Return a page, parsed."""
    return BeautifulSoup(source(site, address), "lxml")


@functools.cache
def addresses(site):
    """Return the address of every page below the root of the site."""
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return sorted(address.removesuffix("index.html") for address in found)


def refresh(site, address):
    """Return where a page leads by itself, if it does."""
    meta = soup(site, address).select_one('meta[http-equiv="refresh"]')
    return re.search(r"url=(.*)", meta["content"])[1] if meta else None


@functools.cache
def readable(site):
    """Return the address of every page that has something to read."""
    return [address for address in addresses(site) if not refresh(site, address)]


def written(site):
    """Return the address of every page that was written, not recorded."""
    return sorted({*readable(site)} - {NOT_FOUND, *notebooks(site)})


def notebooks(site):
    """Return the address of every recorded run."""
    return [address for address in readable(site) if address.startswith("notebooks/")]


def kind(address):
    """Say what a page is one of: pages in one folder are alike, others are each their own."""
    folder, _, name = address.removesuffix("/").rpartition("/")
    return f"{folder}/…" if folder else name


def largest(site):
    """Return kind -> address of its largest page: what can go wrong, goes wrong there first."""
    by_size = sorted(readable(site), key=lambda address: len(source(site, address)))
    return {kind(address): address for address in by_size}
