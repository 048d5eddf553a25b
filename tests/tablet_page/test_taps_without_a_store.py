"""Taps that no database took are not lost by the sign-in that the end of a session asks for."""

from playwright.sync_api import Page, expect

from tests.tablet_page.conftest import House
from tests.tablet_page.test_outbox import PNG, press, story
from tests.tablet_page.test_outbox_in_trouble import UNWILLING, tell

NOWHERE = "() => { Storage.prototype.setItem = () => { throw new Error('quota'); }; }"


def tap(tablet: Page, kind: str) -> None:
    """A deed at the line, a photo and a note, while nothing arrives."""
    tablet.context.set_offline(True)
    press(tablet, kind)
    tablet.set_input_files("#take-photo", {"name": "1.png", "mimeType": "image/png", "buffer": PNG})
    tell(tablet, "Leaks")
    expect(tablet.locator("#unsent b")).to_have_text("3")


def test_what_no_database_took_is_sent_after_the_next_sign_in(
    house: House, desk: Page, tablet: Page
) -> None:
    job = house.dispatched_job(desk, house.sign_in_at_desk(desk))
    tablet.add_init_script(UNWILLING["full"])
    house.sign_in(tablet, "王强")
    tap(tablet, "start")
    tablet.context.clear_cookies()
    tablet.context.set_offline(False)
    tablet.wait_for_url("**/?tablet")
    house.enter(tablet, "周立")
    tablet.wait_for_selector("#job")
    assert story(desk, house, job) == []
    tablet.context.clear_cookies()
    house.enter(tablet, "王强")
    expect(tablet.locator("#undo b")).to_have_text("Noted")
    expect(tablet.locator("#unsent")).to_be_hidden()
    done = [one for one in story(desk, house, job) if one["kind"] in ("line_started", "job_noted")]
    assert [one["kind"] for one in done] == ["line_started", "job_noted", "job_noted"]
    assert len(done[1]["body"]["photos"]) == 1
    tablet.reload()
    expect(tablet.locator("#unsent")).to_be_hidden()
    # Where nothing at all is kept, nobody is sent away before they know what is lost.
    tablet.evaluate(NOWHERE)
    tap(tablet, "finish")
    tablet.context.clear_cookies()
    tablet.context.set_offline(False)
    expect(tablet.locator("#answer")).to_contain_text("cannot keep what waits (3)")
    assert tablet.url.endswith("/tablet")
    tablet.click("#answer-ok")
    tablet.wait_for_url("**/?tablet")
