"""Change of person by badge, and the lock of a tablet that nobody touches."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.tablet_page.conftest import House


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-US")
    yield context.new_page()
    context.close()


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    yield context.new_page()
    context.close()


def print_badge(desk: Page) -> None:
    """The manager prints a badge for 周立."""
    with desk.expect_navigation():
        person = desk.locator("#people details").filter(has_text="周立")
        person.locator("summary").click()
        person.get_by_role("button", name="Print a new badge").click()
    expect(desk.locator(".badge .qr")).to_be_visible()
    expect(desk.locator(".badge b")).to_have_text("周立")


def test_a_scanned_badge_changes_the_person_within_two_seconds(
    house: House, desk: Page, tablet: Page
) -> None:
    house.sign_in_at_desk(desk)
    desk.goto(f"{house.url}/admin/set-up")
    with desk.expect_response("**/admin/people/zhou/badge") as made:
        print_badge(desk)
    assert made.value.headers["cache-control"] == "no-store"
    house.sign_in(tablet, "王强")
    # The paper shows no digits: the test asks for another badge as the scanner would read it.
    badge = house.badge_of("zhou")
    for key in badge[:-1]:
        tablet.keyboard.press(key)
    began = time.monotonic()
    tablet.keyboard.press(badge[-1])
    expect(tablet.locator("#bar b")).to_have_text("周立")
    assert time.monotonic() - began < 2.0
    # Half an hour without a touch: nobody's page stays open.
    tablet.clock.install()
    tablet.reload()
    tablet.clock.fast_forward("29:00")
    tablet.mouse.click(640, 200)
    tablet.clock.fast_forward("29:00")
    expect(tablet.locator("#locked")).to_be_hidden()
    tablet.context.set_offline(True)
    tablet.clock.fast_forward("01:10")
    expect(tablet.locator("#locked")).to_be_visible()
    tablet.context.set_offline(False)
    tablet.clock.fast_forward("00:10")
    tablet.wait_for_url("**/?tablet")
    for key in badge[:20] + "9" + badge[21:]:
        tablet.keyboard.press(key)
    expect(tablet.locator("#note")).to_have_text("This badge is not known here.")
