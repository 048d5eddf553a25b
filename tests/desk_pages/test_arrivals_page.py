"""The arrivals page in a real browser: booking, preparing, arriving, and the line, by keyboard."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.board_page.desks import board_of, shop_at_two
from tests.e2e.running import RunningShop
from tests.gallery.axe import violations

TABLET = (1280, 800)
_TARGETS = """() => [...document.querySelectorAll('#content button, #content summary, .tick')]
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height && (box.height < 44 || box.width < 44))
  .map(([text]) => text)"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    with shop_at_two(tmp_path_factory.mktemp("arrivals")) as running:
        yield running


@pytest.fixture
def anna(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    with board_of(browser, shop, "anna", size=TABLET) as page:
        page.goto(f"{shop.url}/arrivals")
        yield page


def _book(shop: RunningShop, plate: str, job: str, **ahead: float) -> None:
    now = datetime.fromisoformat("2026-11-21T14:00:00+08:00")
    booked_for = (now + timedelta(**ahead)).isoformat()
    shop.do("book_job", job=job, car={"plate": plate}, booked_for=booked_for)


def _booking(page: Page, plate: str) -> str:
    return f'.booking[aria-label="{plate}"]'


def test_an_appointment_is_booked_by_keyboard_alone(anna: Page, shop: RunningShop) -> None:
    anna.keyboard.press("n")
    expect(anna.locator('[name="car.plate"]')).to_be_focused()
    anna.keyboard.type("京AD10001")
    anna.locator('[name="booked_for"]').nth(1).focus()
    anna.keyboard.press("Space")
    anna.locator('[name="appointment.work"]').focus()
    anna.keyboard.type("40,000 km service")
    anna.keyboard.press("Tab")
    anna.keyboard.type("A40 B12")
    anna.keyboard.press("Enter")
    expect(anna.locator("#dialog")).to_be_hidden()
    expect(anna.locator(_booking(anna, "京AD10001"))).to_contain_text("40,000 km service A40 B12")
    wishes = shop.job("京AD10001")["appointment"]
    assert (wishes["work"], wishes["codes"]) == ("40,000 km service", ["A40", "B12"])


def test_a_wrong_plate_is_told_at_its_field(anna: Page) -> None:
    anna.keyboard.press("n")
    expect(anna.locator('[name="car.plate"]')).to_be_focused()
    anna.keyboard.type("京A1234O")
    expect(anna.locator("#note-plate .error")).to_be_visible()
    anna.locator('[name="booked_for"]').nth(1).check()
    anna.locator('#dialog [type="submit"]').click()
    expect(anna.locator('[data-field="plate"]')).to_have_class("field wrong")


def test_a_tap_is_not_missed_when_the_field_above_is_told_wrong(anna: Page) -> None:
    """Falls over without `await lifted();` in static/receive.js."""
    anna.keyboard.press("n")
    expect(anna.locator('[name="car.plate"]')).to_be_focused()
    with anna.expect_response("**/board/check*"):
        anna.keyboard.type("京A12")
    box = anna.locator('[name="booked_for"]').nth(1).locator("xpath=..").bounding_box()
    assert box
    anna.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    with anna.expect_response("**/board/check*"):
        anna.mouse.down()
    anna.evaluate("() => new Promise((drawn) => setTimeout(drawn, 100))")
    anna.mouse.up()
    expect(anna.locator('[name="booked_for"]').nth(1)).to_be_checked()
    expect(anna.locator("#note-plate .error")).to_be_visible()


def test_a_change_may_clear_what_was_expected(anna: Page, shop: RunningShop) -> None:
    """Falls over without `<input type="hidden" name="appointment.codes" value=",">` in
    templates/arrivals/wishes.html.
    """
    _book(shop, "京AD10002", "b2", hours=2)
    shop.do("change_booking", job="b2", appointment={"work": "brakes", "codes": ["B1"]})
    anna.locator('[data-focus="b2-change"]').click()
    anna.locator('[name="appointment.work"]').fill("")
    anna.locator('[name="appointment.codes"]:not([type="hidden"])').fill("")
    anna.locator('#dialog [type="submit"]').click()
    expect(anna.locator("#dialog")).to_be_hidden()
    expect(anna.locator(_booking(anna, "京AD10002"))).not_to_contain_text("B1")
    wishes = shop.job("京AD10002")["appointment"]
    assert (wishes["work"], wishes["codes"]) == ("", [])


def test_the_parts_clerk_ticks_with_one_tap_and_the_advisor_sees_it(
    browser: Browser, anna: Page, shop: RunningShop
) -> None:
    _book(shop, "京AD10003", "b3", hours=1)
    with board_of(browser, shop, "pia", size=TABLET) as pia:
        pia.goto(f"{shop.url}/arrivals")
        tick = pia.locator('[data-focus="b3-parts_picked"]')
        tick.focus()
        pia.keyboard.press("Space")
        expect(tick).to_have_attribute("aria-pressed", "true")
        expect(tick).to_be_focused()
        expect(tick).to_contain_text("Pia 14:0")
    expect(anna.locator(f"{_booking(anna, '京AD10003')} .tick.is-done")).to_contain_text("Parts")


def test_an_arrival_is_one_tap_and_can_be_taken_back(anna: Page, shop: RunningShop) -> None:
    _book(shop, "京AD10004", "b4", minutes=40)
    anna.locator('[data-focus="b4-arrive"]').click()
    expect(anna.locator("#part-arrived")).to_contain_text("D10004")
    expect(anna.locator("#part-line")).to_contain_text("D10004")
    anna.keyboard.press("u")
    expect(anna.locator(_booking(anna, "京AD10004"))).to_be_visible()
    assert shop.job("京AD10004")["state"] == "booked"


def test_the_line_is_worked_by_keyboard_at_the_peak(anna: Page, shop: RunningShop) -> None:
    anna.locator('[data-focus="peak"]').focus()
    anna.keyboard.press("Enter")
    anna.locator("#take-plate").focus()
    anna.keyboard.type("京AD20001")
    anna.keyboard.press("Enter")
    expect(anna.locator(".newest")).to_contain_text("D20001")
    expect(anna.locator("#take-plate")).to_be_focused()
    anna.keyboard.type("京AD20002")
    anna.keyboard.press("Enter")
    expect(anna.locator(".newest")).to_contain_text("D20002")
    anna.locator("h1").click()
    anna.keyboard.press("c")
    called = anna.locator(".is-called")
    expect(called).to_contain_text("D20001")
    called.get_by_role("button", name="Skip").press("Enter")
    expect(called).to_have_count(0)
    anna.get_by_role("button", name="Back in line").press("Enter")
    anna.keyboard.press("c")
    expect(called).to_contain_text("D20001")
    called.get_by_role("button", name="Receive").press("Enter")
    expect(called).to_have_count(0)
    assert (shop.job("京AD20001")["state"], shop.job("京AD20001")["advisor"]) == (
        "receiving",
        "anna",
    )
    anna.locator('[data-focus="peak"]').click()
    expect(anna.locator("#take-ticket")).to_have_count(0)


def test_nobody_is_offered_what_is_not_theirs(browser: Browser, shop: RunningShop) -> None:
    _book(shop, "京AD10005", "b5", hours=1)
    with board_of(browser, shop, "pia", size=TABLET) as pia:
        pia.goto(f"{shop.url}/arrivals")
        expect(pia.locator('[data-focus="b5-bay_kept"]')).to_be_visible()
        for deed in ("b5-arrive", "b5-change", "book", "next", "peak"):
            expect(pia.locator(f'[data-focus="{deed}"]')).to_have_count(0)


def test_the_page_breaks_no_rule_and_everything_can_be_touched(
    anna: Page, shop: RunningShop
) -> None:
    _book(shop, "京AD10006", "b6", hours=20)
    shop.do("receive_job", car={"plate": "京AD10007"}, checked_in=False)
    expect(anna.locator("#part-line")).to_contain_text("D10007")
    assert violations(anna) == []
    assert anna.evaluate(_TARGETS) == []
    assert anna.evaluate("document.documentElement.scrollWidth") <= TABLET[0]
