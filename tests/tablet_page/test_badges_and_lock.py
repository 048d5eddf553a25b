"""Change of person by badge, and the lock of a tablet that nobody touches."""

import time

from playwright.sync_api import Page, expect

from tests.e2e.cast import PIN
from tests.tablet_page.conftest import House


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


def scan(tablet: Page, badge: str) -> None:
    """As the scanner types it, its Enter at the end."""
    for key in (*badge, "Enter"):
        tablet.keyboard.press(key)


def test_a_badge_scanned_into_a_field_changes_the_person_and_is_written_nowhere(
    house: House, desk: Page, tablet: Page
) -> None:
    job = house.dispatched_job(desk, house.sign_in_at_desk(desk))
    badge = house.badge_of("zhou")
    house.sign_in(tablet, "王强")
    tablet.click("[data-ask-now=telling]")
    tablet.click("[data-ask-now=words]")
    tablet.click("#words")
    tablet.keyboard.type("油底壳 B12")
    scan(tablet, "B" + "0123456789" * 4)
    expect(tablet.locator("#answer")).to_contain_text("This badge is not known here.")
    assert tablet.input_value("#words") == "油底壳 B12"
    tablet.goto(f"{house.url}/tablet/found/{job}")
    tablet.fill("#found-text", "漏油")
    scan(tablet, "B" + "0123456789" * 4)
    expect(tablet.locator("#toast")).to_have_text("This badge is not known here.")
    assert tablet.input_value("#found-text") == "漏油"
    tablet.focus("#found-note")
    posts: list[str] = []
    tablet.on("request", lambda request: posts.append(request.url))
    scan(tablet, badge)
    expect(tablet.locator("#bar b")).to_have_text("周立")
    assert not [url for url in posts if "/do/" in url]


def test_who_finds_a_session_ended_elsewhere_signs_in_with_one_tap(
    house: House, desk: Page, tablet: Page
) -> None:
    csrf = house.sign_in_at_desk(desk)
    house.sign_in(tablet, "王强")
    form: dict[str, str | float | bool] = {"csrf": csrf, "pin": PIN}
    address, origin = f"{house.url}/admin/people/wang/pin", {"Origin": house.url}
    assert desk.request.post(address, form=form, headers=origin).ok
    expect(tablet.locator("#answer")).to_contain_text("Signed out elsewhere")
    expect(tablet.locator("#answer-ok")).to_have_text("Sign in")
    tablet.route("**/healthz", lambda route: route.abort())
    tablet.click("#answer-ok")
    expect(tablet.locator("#answer")).to_contain_text("No connection.")
    tablet.unroute("**/healthz")
    tablet.click("#answer-ok")
    expect(tablet.locator("#answer-ok")).to_have_text("Sign in")
    tablet.click("#answer-ok")
    tablet.wait_for_url("**/?tablet")


def test_a_page_opened_from_the_tablet_locks_with_it_and_counts_its_touches(
    house: House, desk: Page, tablet: Page
) -> None:
    job = house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    tablet.clock.install()
    tablet.goto(f"{house.url}/tablet/found/{job}")
    expect(tablet.locator(".hand-me")).to_have_text("王强")
    tablet.fill("#found-text", "后刹车片")
    tablet.clock.fast_forward("20:00")
    tablet.click("#found-note")
    tablet.clock.fast_forward("20:00")
    # Back on its own page nobody is thrown out.
    tablet.goto(f"{house.url}/tablet")
    tablet.wait_for_selector("#job")
    expect(tablet.locator("#locked")).to_be_hidden()
    tablet.goto(f"{house.url}/tablet/found/{job}")
    tablet.fill("#found-text", "后刹车片")
    tablet.clock.fast_forward("31:00")
    tablet.wait_for_url("**/?tablet")
    house.enter(tablet, "王强")
    tablet.goto(f"{house.url}/tablet/found/{job}")
    expect(tablet.locator("#found-text")).to_have_value("后刹车片")
