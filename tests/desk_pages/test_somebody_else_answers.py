"""A guest network that answers for the shop: what was asked of a screen is not taken for done."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.board_page.desks import board_of, shop_at_two

GUESTS = {"welcome": "to the guest network"}


def test_what_was_asked_of_a_screen_is_not_taken_for_done(browser: Browser, tmp_path: Path) -> None:
    with shop_at_two(tmp_path) as shop, browser.new_context() as wall:
        waits = wall.new_page()
        waits.goto(f"{shop.url}/tv")
        code = waits.locator("#code").inner_text().strip()
        with board_of(browser, shop, "mona", start=f"/admin/screens/approve?code={code}") as mona:
            with mona.expect_navigation():
                mona.locator("#approve button.primary").click()
            mona.goto(f"{shop.url}/admin/screens")
            mona.route("**/identify", lambda route: route.fulfill(status=200, json=GUESTS))
            mona.get_by_role("button", name="Identify").click()
            expect(mona.locator("#fleet .answer")).to_contain_text("No connection")
            mona.unroute("**/identify")
            mona.get_by_role("button", name="Identify").click()
            expect(mona.locator("#fleet .answer")).to_be_empty()
