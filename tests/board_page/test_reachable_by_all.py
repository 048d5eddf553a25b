"""The board's menu holds against axe's rules, and cards can be dragged by touch.

Its pages and dialogs are walked in tests/every_page, its states in tests/gallery.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.board_page.desks import board_of, card, shop_at_two
from tests.e2e.running import RunningShop
from tests.gallery.axe import violations


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("board")) as running:
        running.receive("京AD12345")
        held = running.receive("京N8K321")
        running.do("hold_job", job=held, hold="approval")
        running.do("dispatch_job", job=running.receive("京L6T309"), bay="1", technicians=["tom"])
        yield running


@pytest.fixture
def page(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "anna") as opened:
        yield opened


def test_the_menu_breaks_no_rule(page: Page, shop: RunningShop) -> None:
    card(page, shop.job("京AD12345")["id"]).locator(".move").click()
    expect(page.locator("#menu [role=menuitem]").first).to_be_focused()
    assert violations(page) == []


def test_a_finger_that_rests_a_moment_drags_the_card(browser: Browser, shop: RunningShop) -> None:
    job = str(shop.do("receive_job", car={"plate": "京Q90XR1"})["job"])
    with board_of(browser, shop, "anna", touch=True) as page:
        expect(card(page, job)).to_be_visible()
        start = card(page, job).bounding_box()
        end = page.locator('.lane[data-lane="dispatch"] .lane-head').bounding_box()
        assert start is not None
        assert end is not None
        finger = page.context.new_cdp_session(page)
        touch(finger, "touchStart", start["x"] + 50, start["y"] + 16)
        expect(page.locator(".card.sortable-chosen")).to_be_visible()
        touch(finger, "touchMove", start["x"] + 70, start["y"] + 30)
        touch(finger, "touchMove", end["x"] + 40, end["y"] + 20)
        touch(finger, "touchEnd")
        page.locator('#dialog [type="submit"]').click()
        expect(card(page, job, "dispatch")).to_be_visible()


def test_what_arrives_moves_no_card_under_the_finger_and_takes_no_text(
    browser: Browser, shop: RunningShop
) -> None:
    held, other = (str(shop.receive(plate)) for plate in ("京Q11XR1", "京Q22XR2"))
    with board_of(browser, shop, "anna", touch=True) as page:
        page.locator("#search").press_sequentially("half a wo")
        shop.do("promise_job", job=held, at="2026-11-21T18:10:00+08:00")
        expect(card(page, held)).to_contain_text("18:10")
        expect(page.locator("#search")).to_be_focused()
        expect(page.locator("#search")).to_have_value("half a wo")
        page.locator("#search").fill("")
        at = card(page, held).bounding_box()
        assert at is not None
        finger = page.context.new_cdp_session(page)
        touch(finger, "touchStart", at["x"] + 50, at["y"] + 16)
        expect(page.locator(".card.sortable-chosen")).to_be_visible()
        lifted = card(page, held).bounding_box()
        shop.do("promise_job", job=held, at="2026-11-21T15:20:00+08:00", reason="sooner")
        shop.do("flag_job", job=other, add=["vip"])
        shop.receive("京Q33XR3")
        shop.do("receive_job", car={"plate": "京Q44XR4"})
        expect(page.locator('.lane[data-lane="reception"]')).to_contain_text("44XR4")
        assert card(page, held).bounding_box() == lifted
        expect(card(page, held)).to_contain_text("18:10")
        touch(finger, "touchEnd")
        expect(card(page, held)).to_contain_text("15:20")
        expect(page.locator('.lane[data-lane="dispatch"]')).to_contain_text("33XR3")


def touch(finger: CDPSession, kind: str, x: float = 0, y: float = 0) -> None:
    points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
