"""Pages stay light: what a reader on a slow line waits for, before compression."""

from tests.site import pages

HOME, WRITTEN, RECORDED, REDIRECT = 60_000, 100_000, 60_000, 2_000


def test_pages_stay_light(site):
    budgets = dict.fromkeys(pages.readable(site), WRITTEN) | {"": HOME}
    budgets |= dict.fromkeys(pages.notebooks(site), RECORDED)
    budgets |= dict.fromkeys(pages.redirects(site), REDIRECT)
    assert set(budgets) == set(pages.addresses(site))
    heavy = {
        address: weight
        for address, budget in budgets.items()
        if (weight := len(pages.source(site, address).encode())) > budget
    }
    assert not heavy
