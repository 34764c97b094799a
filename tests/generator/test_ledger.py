from generator import ledger

LEDGER = {
    "": ["top"],
    "pitfalls/old/": ["top", "see-it"],
    "KA001/": "pitfalls/old/",
}
SITE = {"": ["top"], "pitfalls/old/": ["see-it", "top"], "KA001/": []}
REDIRECTS = {"KA001/": "pitfalls/old/"}


def test_a_site_that_keeps_its_addresses_has_no_problem():
    assert ledger.lost(SITE, REDIRECTS, LEDGER) == []
    assert ledger.unnoted(SITE, LEDGER) == []


def test_a_lost_page_a_lost_id_and_a_moved_code_are_named_with_the_way_out():
    gone = {address: ids for address, ids in SITE.items() if address != "pitfalls/old/"}
    assert "`formerly: [old-id]`" in ledger.lost(gone, REDIRECTS, LEDGER)[0]
    (said,) = ledger.lost(SITE | {"pitfalls/old/": ["top"]}, REDIRECTS, LEDGER)
    assert "lost the ids see-it" in said
    (said,) = ledger.lost(SITE, {"KA001/": "pitfalls/new/"}, LEDGER)
    assert "a code is never given twice" in said
    (said,) = ledger.lost(SITE, {}, LEDGER)
    assert "led to /pitfalls/old/, now to nowhere" in said


def test_a_renamed_page_resolves_by_its_former_name():
    site = SITE | {"pitfalls/old/": [], "pitfalls/new/": ["see-it", "top"]}
    redirects = {"KA001/": "pitfalls/old/", "pitfalls/old/": "pitfalls/new/"}
    assert ledger.lost(site, redirects, LEDGER) == []


def test_new_addresses_and_new_ids_are_found():
    assert ledger.unnoted(SITE | {"versions/": []}, LEDGER) == ["versions/"]
    assert ledger.unnoted(SITE | {"": ["new", "top"]}, LEDGER) == [""]


def test_noting_adds_and_never_takes_away(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger, "PATH", tmp_path / "addresses.json")
    ledger.add(SITE, REDIRECTS)
    ledger.add({"": ["other"]}, REDIRECTS)
    assert ledger.read() == {
        "": ["other", "top"],
        "KA001/": "pitfalls/old/",
        "pitfalls/old/": ["see-it", "top"],
    }


def test_collecting_reads_heading_ids_of_pages_and_data_files(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text('<h2 id="x">X</h2><p id="y">Y</p>')
    (tmp_path / "notebooks" / "n").mkdir(parents=True)
    (tmp_path / "notebooks" / "n" / "index.html").write_text('<h1 id="theirs">N</h1>')
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "d.json").write_text("[]")
    assert ledger.collect(tmp_path) == {"a/": ["x"], "notebooks/n/": [], "data/d.json": []}
