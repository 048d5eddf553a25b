"""A desk page whose content does not come says so, and takes nothing that is not the shop's."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, shop_at_two

LATE = re.compile(r"\bis-late\b")
SOMEBODY_ELSES = '<body><div id="content">Welcome to the guest network</div></body>'


def _long_since_on_a_new_line(page: Page) -> None:
    """Sixteen seconds pass; the page dials anew and hears that it has missed nothing."""
    with page.expect_websocket() as line:
        page.clock.fast_forward(16_000)
        page.clock.run_for(3_000)
    line.value.wait_for_event("framereceived")
    page.clock.run_for(1_000)


@pytest.mark.parametrize("status", [502, 200])
def test_it_looks_old_until_the_shops_own_page_comes(
    browser: Browser, tmp_path: Path, status: int
) -> None:
    with shop_at_two(tmp_path) as shop, board_of(browser, shop, "carl", start="/calls") as page:
        page.clock.install()
        page.reload()
        page.route("**/calls", lambda route: route.fulfill(status=status, body=SOMEBODY_ELSES))
        with page.expect_response("**/calls"):
            shop.do("call_help", kind="parts", bay="2")
            page.clock.run_for(1_000)
        _long_since_on_a_new_line(page)
        expect(page.locator("html")).to_have_class(LATE)
        expect(page.locator("#content")).not_to_contain_text("guest network")
        page.unroute("**/calls")
        page.clock.run_for(5_000)
        expect(page.locator("#content")).to_contain_text("Parts")
        page.clock.run_for(1_000)
        expect(page.locator("html")).not_to_have_class(LATE)
