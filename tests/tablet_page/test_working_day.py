"""A technician with a tablet and the real shop behind it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.cast import PIN
from tests.tablet_page.conftest import House


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    size = {"width": 1280, "height": 800}
    made = [browser.new_context(viewport=size, locale="en-US") for _ in range(2)]  # type: ignore[arg-type]
    yield made
    for context in made:
        context.close()


@pytest.fixture
def desk(contexts: list[BrowserContext]) -> Page:
    return contexts[0].new_page()


@pytest.fixture
def tablet(contexts: list[BrowserContext]) -> Page:
    return contexts[1].new_page()


def press(tablet: Page, kind: str) -> None:
    tablet.click(f".deed-set:not([hidden]) .deed.{kind}")


def test_a_job_goes_to_the_team_leader_by_tapping(house: House, desk: Page, tablet: Page) -> None:
    house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    did = tablet.locator("#undo b")
    press(tablet, "place")
    expect(did).to_have_text("Car placed")
    for line in ("机油机滤", "前刹车片"):
        press(tablet, "start")
        expect(did).to_have_text(f"Started: {line}")
        press(tablet, "finish")
        expect(did).to_have_text(f"Finished: {line}")
    press(tablet, "pass")
    expect(tablet.locator("#job")).to_contain_text("No car is assigned to you.")
    tablet.click(".bar-button.me")
    tablet.click("text=Change person")
    tablet.wait_for_url("**/?tablet")
    house.sign_in(tablet, "周立")
    expect(tablet.locator(".card-check")).to_contain_text("D12345")


def test_a_new_job_appears_by_itself(house: House, desk: Page, tablet: Page) -> None:
    csrf = house.sign_in_at_desk(desk)
    house.sign_in(tablet, "王强")
    expect(tablet.locator("#job")).to_contain_text("No car is assigned to you.")
    house.dispatched_job(desk, csrf)
    expect(tablet.locator("#job")).to_contain_text("D12345")
    expect(tablet.locator(".deed.start:visible")).to_have_text("Start 机油机滤")


def test_a_start_is_taken_back(house: House, desk: Page, tablet: Page) -> None:
    house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    press(tablet, "start")
    expect(tablet.locator(".deed.finish:visible")).to_be_visible()
    tablet.click("#undo button")
    expect(tablet.locator(".deed.start:visible")).to_be_visible()


def test_a_pause_asks_for_its_reason(house: House, desk: Page, tablet: Page) -> None:
    house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    press(tablet, "start")
    expect(tablet.locator(".deed.finish:visible")).to_be_visible()
    press(tablet, "parts")
    tablet.click('dialog[open] [data-value="parts_order"]')
    tablet.click('dialog[open] [data-value="+60"]')
    hold = tablet.locator(".tab-hold")
    expect(hold).to_contain_text("Parts on order")
    expect(hold).to_contain_text("until")
    expect(tablet.locator(".deed.resume:visible")).to_be_visible()


def test_five_wrong_pins_lock_the_name(house: House, tablet: Page) -> None:
    tablet.goto(f"{house.url}/tablet")
    tablet.click("text=王强")
    note = tablet.locator("#note")
    for left in (4, 3, 2, 1):
        for digit in "1111":
            tablet.click(f'#pad [data-digit="{digit}"]')
        expect(note).to_contain_text(f"{left} tries left")
        assert tablet.locator("#dots .in").count() == 0
    for pin in ("1111", PIN):
        for digit in pin:
            tablet.click(f'#pad [data-digit="{digit}"]')
        expect(note).to_contain_text("Please wait")


def test_the_running_line_is_in_view_among_many(house: House, desk: Page, tablet: Page) -> None:
    """Falls over without `pageOf` in `static/tablet.js`."""
    csrf = house.sign_in_at_desk(desk)
    car = {"car.plate": "京AF11111", "asked": "大保养"}
    job = house.do(desk, csrf, "receive_job", **car).headers["x-board-job"]
    for number in range(1, 7):
        house.do(desk, csrf, "add_line", job=job, text=f"项目{number}")
    house.do(desk, csrf, "move_job", job=job, to="awaiting_dispatch")
    house.do(desk, csrf, "dispatch_job", job=job, bay="b3", technicians="wang")
    house.do(desk, csrf, "start_line", job=job, line="5", technician="wang")
    house.sign_in(tablet, "王强")
    expect(tablet.locator("#line-5")).to_be_visible()
    expect(tablet.locator("#line-1")).to_be_hidden()
    tablet.click("#turn")
    expect(tablet.locator("#line-1")).to_be_visible()
