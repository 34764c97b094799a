"""The search: what people type leads to the page, and nothing that is typed stops it."""

from urllib.parse import quote, urlsplit

import pytest

from tests.browser.window import DESK, listening, opened, search

META = ".md-search-result__meta"
TRACEBACK = "ValueError: Shapes (None, 10) and (None, 1) are incompatible ~2 categorical~10 * " * 60


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("regression accuracy", "pitfalls/regression-mse/"),
        ("mean_squared_error", "pitfalls/regression-mse/"),
        ("KA001", "pitfalls/regression-mse/"),
        ("KeyError: 'val_acc'", "pitfalls/val-acc-key/"),
        ("BinaryAccuracy threshold", "metrics/binary-accuracy/"),
        ("准确率 mse", "pitfalls/regression-mse/"),
    ],
)
def test_a_page_is_found_and_arrow_and_enter_choose_it(browser, home, words, page):
    with listening(browser, home) as (window, wrong):
        window.goto(home)
        found = search(window, words)
        assert home + page in found[:3]
        window.keyboard.press("ArrowDown")
        assert window.evaluate("document.activeElement.href") == found[0]
        window.keyboard.press("Enter")
        window.wait_for_url(found[0])
        assert window.locator("article h1").is_visible()
        assert not wrong


@pytest.mark.parametrize("words", ["categorical~10", "*", "a" * 5000, TRACEBACK, "<b>&amp;"])
def test_nothing_that_is_typed_or_linked_stops_the_search(browser, home, words):
    with opened(browser, home) as page:
        search(page, words)
        assert "/KA" not in page.url
        page.goto(f"{home}?q={quote(words[:1500])}")
        page.locator(META, has_text="matching").or_(
            page.locator(META, has_text="No match")
        ).wait_for()
        assert page.locator(".md-search-result b").count() == 0


def test_what_searching_needs_comes_with_the_first_word(browser, home):
    with opened(browser, "about:blank") as page:
        asked = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path.split("/")[-1]))
        page.goto(home, wait_until="networkidle")
        assert not {"pages.json", "minisearch.js", "ranking.js"} & set(asked)
        search(page, "padding")
        assert {"pages.json", "minisearch.js", "ranking.js"} <= set(asked)


def test_six_results_fit_the_dialog(browser, home):
    with opened(browser, home, DESK) as page:
        search(page, "accuracy is too low")
        box = page.locator(".md-search__scrollwrap").bounding_box()
        sixth = page.locator(".md-search-result__item").nth(5).bounding_box()
        assert sixth["y"] + sixth["height"] <= box["y"] + box["height"]


def test_the_list_of_pitfalls_is_filtered_by_words_that_stand_in_the_address(browser, home):
    items = "article ul > li:has(> small):visible"
    with opened(browser, f"{home}pitfalls/") as page:
        every = page.locator(items).count()
        page.locator("#find").fill("KeyError")
        some = page.locator(items).count()
        assert 0 < some < every
        page.goto(page.url)
        assert "find=KeyError" in page.url
        assert page.locator(items).count() == some
        page.locator("#find").fill("3.10.0")  # a release where something began or ended
        assert 0 < page.locator(items).count() < every
