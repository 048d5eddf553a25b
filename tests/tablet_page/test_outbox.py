"""A tablet without connection: taps are kept in order, sent once, and what came of each is told."""

import json
import re
from base64 import b64decode
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.tablet_page.conftest import House

PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def press(tablet: Page, kind: str) -> None:
    tablet.click(f".deeds-slot .deed.{kind}:visible")


def pause(tablet: Page) -> None:
    press(tablet, "pause")
    tablet.click('dialog[open] [data-value="equipment"]')


def story(desk: Page, house: House, job: str) -> list[dict[str, Any]]:
    """The deeds at the job by the technician, in the journal's order."""
    answer = desk.request.get(f"{house.url}/api/v1/events?limit=500")
    events = json.loads(answer.body())["events"]
    return [one for one in events if one["actor"] == "person:wang" and one["job"] == job]


def test_ten_minutes_without_connection_lose_and_double_nothing(
    house: House, desk: Page, tablet: Page
) -> None:
    job = house.dispatched_job(desk, house.sign_in_at_desk(desk))
    tablet.clock.install()
    house.sign_in(tablet, "王强")
    tablet.context.set_offline(True)
    for _ in range(14):
        press(tablet, "start")
        pause(tablet)
        tablet.clock.fast_forward("00:42")
    press(tablet, "start")
    press(tablet, "finish")
    expect(tablet.locator("#unsent b")).to_have_text("30")
    expect(tablet.locator("#line-1")).to_contain_text("waits to be sent")
    expect(tablet.locator(".deed.start:visible")).to_have_text("Start 前刹车片")
    tablet.context.set_offline(False)
    tablet.clock.fast_forward("00:20")
    expect(tablet.locator("#unsent")).to_be_hidden()
    done = story(desk, house, job)
    kinds = [one["kind"] for one in done if one["kind"].startswith("line_")]
    assert kinds == ["line_started", "line_paused"] * 14 + ["line_started", "line_finished"]
    assert len({one["command_id"] for one in done}) == 30
    last = max(one["seq"] for one in done)
    tablet.reload()
    expect(tablet.locator("#unsent")).to_be_hidden()
    assert max(one["seq"] for one in story(desk, house, job)) == last


def test_what_waits_survives_a_reload_and_a_refusal_says_why_and_who(
    house: House, desk: Page, tablet: Page
) -> None:
    csrf = house.sign_in_at_desk(desk)
    job = house.dispatched_job(desk, csrf)
    tablet.clock.install()
    house.sign_in(tablet, "王强")
    tablet.route("**/do/**", lambda route: route.abort())
    press(tablet, "start")
    press(tablet, "finish")
    tablet.locator(".tool.help").click()
    tablet.click('dialog[open] [data-value="technical"]')
    expect(tablet.locator("#unsent b")).to_have_text("3")
    expect(tablet.locator("#undo-ahead small")).to_have_text(re.compile("^(30|2.) s$"))
    tablet.click("#undo-ahead button")
    expect(tablet.locator("#unsent b")).to_have_text("2")
    house.do(desk, csrf, "cancel_job", job=job, reason="customer left")
    tablet.reload()
    expect(tablet.locator("#unsent b")).to_have_text("2")
    tablet.click(".bar-button.me")
    tablet.click("#leave button")
    expect(tablet.locator("#answer")).to_contain_text("Not everything is sent yet")
    tablet.click("#answer-ok")
    tablet.unroute("**/do/**")
    tablet.clock.fast_forward("00:20")
    for what in ("Start 机油机滤", "Finish 机油机滤"):
        said = tablet.locator("#answer")
        expect(said).to_contain_text(f"Refused: {what}, tapped at")
        expect(said).to_contain_text("陈波 changed the car last, at")
        tablet.click("#answer-ok")
    expect(tablet.locator("#answer")).to_be_hidden()
    tablet.reload()
    expect(tablet.locator("#job")).to_contain_text("No car is assigned to you.")
    expect(tablet.locator("#answer")).to_be_hidden()


def test_a_lost_answer_makes_no_second_deed_and_photos_wait_too(
    house: House, desk: Page, tablet: Page
) -> None:
    job = house.dispatched_job(desk, house.sign_in_at_desk(desk))
    tablet.clock.install()
    house.sign_in(tablet, "王强")
    tablet.context.set_offline(True)
    tablet.set_input_files("#take-photo", {"name": "1.png", "mimeType": "image/png", "buffer": PNG})
    tablet.click("[data-ask-now=telling]")
    tablet.click("dialog[open] [data-phrase=Leaks]")
    expect(tablet.locator("#unsent b")).to_have_text("2")
    tablet.context.set_offline(False)
    expect(tablet.locator("#unsent")).to_be_hidden()
    photo, words = (one["body"] for one in story(desk, house, job) if one["kind"] == "job_noted")
    assert len(photo["photos"]) == 1
    assert (words["note"], words["line"]) == ("Leaks", "1")
    lost: list[str] = []

    def without_answer(route: Route) -> None:
        lost.append(route.request.post_data or "")
        if len(lost) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    tablet.route("**/do/start_line", without_answer)
    press(tablet, "start")
    tablet.clock.fast_forward("00:05")
    expect(tablet.locator("#unsent")).to_be_hidden()
    assert len(lost) == 2
    assert lost[0] == lost[1]
    kinds = [one["kind"] for one in story(desk, house, job)]
    assert kinds.count("line_started") == 1
