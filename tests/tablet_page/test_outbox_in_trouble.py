"""Taps that wait while others act: each kind, a refusal among them, other hands, no store."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.tablet_page.conftest import House
from tests.tablet_page.floor import busy
from tests.tablet_page.pages import opened, tablet_html
from tests.tablet_page.test_outbox import PNG, press, story

UNWILLING = {
    "blocked": "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); };",
    "silent": "indexedDB.open = () => ({});",
    "full": "IDBObjectStore.prototype.add = () => { throw new Error('quota'); };",
}


def ask_for_a_part(tablet: Page) -> None:
    press(tablet, "parts")
    tablet.click("dialog[open] >> text=Ask for a part")
    tablet.fill("dialog[open] [name=text]", "brake pads")
    tablet.click("dialog[open] .deed")


def tell(tablet: Page, phrase: str) -> None:
    tablet.click("[data-ask-now=telling]")
    tablet.click(f"dialog[open] [data-phrase={phrase}]")


def call(tablet: Page) -> None:
    tablet.locator(".tool.help").click()
    tablet.click('dialog[open] [data-value="technical"]')


def test_a_refusal_among_deeds_of_each_kind_stops_none_of_the_later_ones(
    house: House, desk: Page, tablet: Page
) -> None:
    csrf = house.sign_in_at_desk(desk)
    job = house.dispatched_job(desk, csrf)
    house.sign_in(tablet, "王强")
    tablet.context.set_offline(True)
    press(tablet, "start")
    call(tablet)
    ask_for_a_part(tablet)
    press(tablet, "finish")
    tell(tablet, "Leaks")
    tablet.set_input_files("#take-photo", {"name": "1.png", "mimeType": "image/png", "buffer": PNG})
    expect(tablet.locator("#unsent b")).to_have_text("6")
    tablet.click("#unsent")
    rows = tablet.locator("#unsent-list li")
    expect(rows.nth(2)).to_contain_text("brake pads")
    assert rows.locator("span").all_inner_texts() == ["Waiting to be sent"] * 6
    tablet.click("dialog[open] [data-close]")
    # Meanwhile the first line is taken off the order: what was tapped about its work is refused.
    house.do(desk, csrf, "withdraw_line", job=job, line="1", reason="typed twice")
    tablet.context.set_offline(False)
    for what in ("Start 机油机滤", "Ask for it · brake pads", "Finish 机油机滤"):
        expect(tablet.locator("#answer")).to_contain_text(f"Refused: {what}")
        tablet.click("#answer-ok")
    expect(tablet.locator("#unsent")).to_be_hidden()
    done = [one["kind"] for one in story(desk, house, job)]
    assert done == ["help_called", "job_noted", "job_noted"]


def test_what_waits_is_never_sent_as_somebody_else(house: House, desk: Page, tablet: Page) -> None:
    job = house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    tablet.context.set_offline(True)
    press(tablet, "start")
    ask_for_a_part(tablet)
    expect(tablet.locator("#unsent b")).to_have_text("2")
    tablet.context.clear_cookies()
    tablet.context.set_offline(False)
    tablet.wait_for_url("**/?tablet")
    house.sign_in(tablet, "周立")
    tablet.click(".bar-button.me")
    tablet.click("dialog[open] [data-ask-now=unsent]")
    expect(tablet.locator("#unsent-foreign")).to_contain_text("2 more wait")
    assert story(desk, house, job) == []
    tablet.context.clear_cookies()
    house.sign_in(tablet, "王强")
    expect(tablet.locator("#undo b")).to_have_text("Part asked for")
    kinds = [one["kind"] for one in story(desk, house, job)]
    assert kinds[0] == "line_started"
    assert kinds[-1] == "part_requested"


@pytest.mark.parametrize("store", UNWILLING)
def test_without_a_store_a_tap_is_sent_all_the_same(browser: Browser, store: str) -> None:
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.url)
        route.abort() if len(sent) == 1 else route.fulfill(status=204, headers={"X-Board-Seq": "9"})

    with opened(browser, tablet_html(busy(), "wang"), UNWILLING[store]) as page:
        page.route("**/do/**", answer)
        press(page, "finish")
        state = page.locator("#unsent-list span")
        expect(state).to_have_text("Waiting; lost if this page is closed")
        expect(page.locator("#unsent")).to_be_hidden()
    assert [url.rpartition("/")[2] for url in sent] == ["finish_line"] * 2
