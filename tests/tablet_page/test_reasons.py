"""Every reason for a pause is within reach of a glove, the usual ones first."""

from playwright.sync_api import Browser, Page

from board.core.holds import NEEDS_EXPECTED, NEEDS_NOTE, HoldReason
from tests.tablet_page.floor import busy
from tests.tablet_page.pages import opened, tablet_html, targets


def offered(page: Page) -> dict[str, str]:
    """The reasons in sight, with what is asked next."""
    tiles = page.locator("dialog[open] [data-field=hold]")
    found = (tiles.nth(n) for n in range(tiles.count()))
    return {
        tile.get_attribute("data-value") or "": tile.get_attribute("data-then") or ""
        for tile in found
    }


def test_the_two_pages_hold_every_reason_once(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        page.click(".deed-set:not([hidden]) .deed.pause")
        first = offered(page)
        page.click("dialog[open] [data-then=more]")
        second = offered(page)
        found = targets(page)
    assert len(found) <= 11
    assert [each for each in found if min(each[1], each[2]) < 118] == []
    assert sorted([*first, *second]) == sorted(HoldReason)
    asked_on = {**first, **second}
    assert {key for key, then in asked_on.items() if then == "time"} == NEEDS_EXPECTED
    assert {key for key, then in asked_on.items() if then == "note"} == NEEDS_NOTE


def test_parts_on_order_is_the_next_tap_after_waiting_for_parts(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        page.click(".deed-set:not([hidden]) .deed.parts")
        assert set(offered(page)) == {"parts_issue", "parts_order", "parts_wrong"}
