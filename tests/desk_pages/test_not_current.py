"""A page at a desk that hears nothing for five minutes loses all colour that came from the shop."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, shop_at_two
from tests.e2e.running import RunningShop

NEUTRAL = 60
"""How far apart the parts of our greys are at most; each red, amber, blue and green is beyond."""


def _colours(page: Page) -> int:
    """How many dots of the page have a colour; the mark of the connection tells of now."""
    page.add_style_tag(content=".live { visibility: hidden; }")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    red, green, blue = picture.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    least = ImageChops.darker(ImageChops.darker(red, green), blue)
    return sum(ImageChops.difference(most, least).histogram()[NEUTRAL:])


def _troubled(browser: Browser, shop: RunningShop) -> None:
    """A held car that is soon late, a call for safety, a screen that is read from too far."""
    job = shop.receive("京AD12345")
    shop.do("promise_job", job=job, at="2026-11-21T14:20:00+08:00")
    shop.do("hold_job", job=job, hold="parts_order", expected="2026-11-21T14:10:00+08:00")
    shop.do("call_help", kind="safety", bay="3")
    with browser.new_context() as wall, board_of(browser, shop, "mona") as mona:
        waits = wall.new_page()
        waits.goto(f"{shop.url}/tv")
        code = waits.locator("#code").inner_text().strip()
        mona.goto(f"{shop.url}/admin/screens/approve?code={code}")
        mona.get_by_label("Diagonal").fill("32")
        mona.get_by_label("Read from").fill("40")
        with mona.expect_navigation():
            mona.locator("#approve button.primary").click()


@pytest.mark.parametrize("path", ["/board", "/admin/screens", "/holds"])
def test_what_may_be_wrong_by_now_has_no_colour(
    browser: Browser, tmp_path: Path, path: str
) -> None:
    with shop_at_two(tmp_path) as shop:
        _troubled(browser, shop)
        with board_of(browser, shop, "mona", start=path, inspected=True) as page:
            assert _colours(page) > 0, "something is red"
            page.route_web_socket("**/*", lambda socket: None)
            page.clock.install()
            page.reload()
            page.clock.fast_forward("06:00")
            expect(page.locator("#notice")).to_be_visible()
            assert _colours(page) == 0
