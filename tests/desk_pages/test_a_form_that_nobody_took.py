"""A form or a press that something else than the shop answered is not done, and says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.board_page.desks import board_of, card, shop_at_two
from tests.e2e.running import RunningShop

UNHEARD = "No connection. Nothing was changed"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path) as running:
        yield running


def _behind(page: Page, status: int, doors: str = "**/do/**") -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=status, body="<html><p>Welcome to the guest network</p></html>")

    page.route(doors, answer)


def test_what_was_found_stays_until_the_shop_has_it(browser: Browser, shop: RunningShop) -> None:
    job = shop.receive("京AF12121")
    shop.do("dispatch_job", job=job, bay="1", technicians=["tom"])
    with board_of(browser, shop, "tom", start=f"/tablet/found/{job}") as page:
        page.fill("#found-text", "Rear brake pads")
        for status in (200, 204, 401, 502):
            _behind(page, status)
            page.click(".report .btn.primary")
            expect(page.locator(".report .answer")).to_contain_text(UNHEARD)
            expect(page.locator("body")).not_to_contain_text("guest network")
            expect(page.locator("#found-text")).to_have_value("Rear brake pads")
            page.locator(".report .answer").evaluate("each => each.replaceChildren()")
            page.unroute("**/do/**")
        page.click(".report .btn.primary")
        page.wait_for_url("**/tablet")


def test_a_reception_and_a_press_on_the_board_are_not_done(
    browser: Browser, shop: RunningShop
) -> None:
    job = str(shop.do("receive_job", car={"plate": "京AF12121"})["job"])
    with board_of(browser, shop, "anna") as page:
        _behind(page, 200)
        page.keyboard.press("n")
        page.fill('#dialog [name="car.plate"]', "京AF12122")
        page.click("#dialog .sheet-foot .primary")
        expect(page.locator("#dialog .sheet-foot .answer")).to_contain_text(UNHEARD)
        expect(page.locator('#dialog [name="car.plate"]')).to_have_value("京AF12122")
        page.keyboard.press("Escape")
        assert page.evaluate("Board.act('move_job', '')") is False
        expect(page.locator("#toast")).to_contain_text(UNHEARD)
        expect(card(page, job)).to_be_visible()


@pytest.mark.parametrize("status", [200, 401, 502])
def test_what_stands_between_opens_no_sheet_and_ends_no_session(
    browser: Browser, shop: RunningShop, status: int
) -> None:
    """Falls over without `isOurs` in static/dialogs.js: its page was the sheet, its 401 our own."""
    job = str(shop.do("receive_job", car={"plate": "京AF12123"})["job"])
    with board_of(browser, shop, "anna") as page:
        address = page.url
        _behind(page, status, "**/board/dialog/**")
        page.evaluate("job => Board.open('/board/dialog/menu?job=' + job)", job)
        expect(page.locator("#toast")).to_contain_text(UNHEARD)
        expect(page.locator("body")).not_to_contain_text("guest network")
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.unroute("**/board/dialog/**")
        page.evaluate("job => Board.open('/board/dialog/menu?job=' + job)", job)
        expect(page.locator("dialog[open]")).to_have_count(1)
        assert page.url == address
