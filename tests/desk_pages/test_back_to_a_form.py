"""Who comes back to a page by the browser's Back key finds what they typed, and keeps it."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.board_page.desks import board_of, shop_at_two


def test_what_was_typed_stays_when_the_page_is_renewed(browser: Browser, tmp_path: Path) -> None:
    with shop_at_two(tmp_path) as shop:
        job = shop.receive("京AF12121")
        with board_of(browser, shop, "mona", start=f"/orders/{job}") as page:
            text = page.locator(".add-line [name=text]")
            text.fill("Rear brake pads")
            page.goto(f"{shop.url}/holds")
            page.go_back()
            expect(text).to_have_value("Rear brake pads")
            with page.expect_response(f"**/orders/{job}"):
                shop.do("add_line", job=job, text="Wipers", standard_hours=0.5)
            expect(page.locator("#content")).to_contain_text("Wipers")
            expect(text).to_have_value("Rear brake pads")


def test_a_form_as_it_came_is_renewed(browser: Browser, tmp_path: Path) -> None:
    with shop_at_two(tmp_path) as shop:
        job = shop.receive("京AF12121")
        with board_of(browser, shop, "mona", start=f"/orders/{job}") as page:
            expect(page.locator("form.begun")).to_have_count(0)
