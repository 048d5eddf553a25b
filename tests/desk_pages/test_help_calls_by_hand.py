"""A help call in the browser: tapped at the car, answered at the desk, told to the caller."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.board_page.desks import board_of, shop_at_two

TABLET = (1280, 800)


def test_a_call_is_tapped_answered_and_closed(browser: Browser, tmp_path: Path) -> None:
    with (
        shop_at_two(tmp_path) as shop,
        board_of(browser, shop, "tina", TABLET, touch=True, start="/tablet") as tina,
        board_of(browser, shop, "carl") as carl,
        board_of(browser, shop, "pia", start="/parts") as pia,
        board_of(browser, shop, "anna") as anna,
    ):
        job = shop.receive("京AD12345")
        shop.do("dispatch_job", job=job, bay="2", technicians=["tina"])
        shop.do("start_line", job=job, technician="tina")
        tina.locator("#call button").tap()
        tina.locator('#ask-call [data-value="technical"]').tap()
        call = carl.locator("#calls .call")
        expect(call).to_contain_text("Bay 2")
        expect(call).to_contain_text("Technical")
        expect(anna.locator("#calls .call")).to_be_visible()
        expect(anna.locator("#calls .call-steps")).to_be_hidden()
        expect(pia.locator("#calls .call")).to_be_hidden()
        call.get_by_role("button", name="I come").click()
        expect(tina.locator("#call")).to_contain_text("Carl comes")
        call.locator(".call-undo").click()
        expect(tina.locator("#call")).to_contain_text("nobody yet")
        call.get_by_role("button", name="I am here").click()
        expect(tina.locator("#call")).to_contain_text("Carl is there")
        tina.locator("#others").tap()
        tina.locator(".card-call").get_by_role("button", name="Help done").tap()
        expect(carl.locator("#calls .call:visible")).to_have_count(0)
        tina.locator(".others-pane [data-close]").tap()
        tina.locator("#undo button").tap()
        expect(call).to_contain_text("Carl is there")
