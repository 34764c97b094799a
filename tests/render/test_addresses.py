from generator.common import read_json, write
from generator.render import addresses, pages

REDIRECTS = {"KA001/": "pitfalls/old/"}
SITE = {"": ["top"], "pitfalls/old/": ["see-it", "top"], "KA001/": []}
LEDGER = SITE | REDIRECTS


def test_a_site_that_keeps_its_addresses_has_no_problem():
    assert addresses.lost(SITE, REDIRECTS, LEDGER) == []
    assert addresses.noted(SITE, REDIRECTS, LEDGER) == LEDGER


def test_a_lost_page_a_lost_id_and_a_moved_code_are_named_with_the_way_out():
    gone = {address: ids for address, ids in SITE.items() if address != "pitfalls/old/"}
    assert "`formerly: [old-id]`" in addresses.lost(gone, REDIRECTS, LEDGER)[0]
    (said,) = addresses.lost(SITE | {"pitfalls/old/": ["top"]}, REDIRECTS, LEDGER)
    assert "lost the ids see-it" in said
    (said,) = addresses.lost(SITE, {"KA001/": "pitfalls/new/"}, LEDGER)
    assert "a code is never given twice" in said
    (said,) = addresses.lost(SITE, {}, LEDGER)
    assert "led to /pitfalls/old/, now to nowhere" in said


def test_a_renamed_page_resolves_by_its_former_name():
    site = SITE | {"pitfalls/old/": [], "pitfalls/new/": ["see-it", "top"]}
    redirects = {"KA001/": "pitfalls/old/", "pitfalls/old/": "pitfalls/new/"}
    assert addresses.lost(site, redirects, LEDGER) == []


def test_noting_adds_and_never_takes_away():
    made = addresses.noted({"": ["other"], "KA001/": []}, REDIRECTS, LEDGER)
    assert made == LEDGER | {"": ["other", "top"]}


def test_the_ledger_is_that_of_the_last_commit_and_has_all_that_the_site_has(site):
    """Where this fails: `make record` notes new addresses."""
    assert addresses.lost(addresses.collect(site), pages.redirects(), addresses.published()) == []
    noted = addresses.noted(addresses.collect(site), pages.redirects(), addresses.published())
    assert noted == read_json(addresses.PATH)


def test_collecting_reads_heading_ids_of_pages_and_data_files(tmp_path):
    inside = '<h2 id="x">X</h2><p id="y">Y</p><a id="old" href="b">B</a>'
    write(tmp_path / "a/index.html", f'<p id="z">Z</p><article>{inside}</article>')
    write(tmp_path / "notebooks/n/index.html", '<article><h1 id="theirs">N</h1></article>')
    write(tmp_path / "data/d.json", "[]")
    found = addresses.collect(tmp_path)
    assert found == {"a/": ["old", "x"], "notebooks/n/": [], "data/d.json": []}
