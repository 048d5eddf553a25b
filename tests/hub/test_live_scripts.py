"""Boards and tablets in a real browser: like the walls, but they respect what a person is doing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hub.live_server import LiveServer, until
from tests.hub.pages import SECOND, card, open_page, order, passing, texts

SCRIPTS = "times.js regions.js live.js"
FIELD = (
    '<article id="job-b" data-r>b <input id="note"><button data-focus="go">{}</button></article>'
)
BOARD_NOW = {
    "lane-1": order("lane-1", "job-a", "job-b"),
    "lane-2": order("lane-2"),
    "job-a": card("job-a", "a"),
    "job-b": FIELD.format("Go"),
}


@pytest.fixture
def board(browser: Browser, live: LiveServer) -> Iterator[Page]:
    """A board page with two lanes, connected."""
    live.show(BOARD_NOW)
    page = open_page(browser, live, SCRIPTS)
    until(lambda: live.figure("screens") == 1)
    yield page
    page.context.close()


def test_it_follows_changes_moves_and_removals(board: Page, live: LiveServer) -> None:
    live.publish({"job-a": card("job-a", "a2"), "job-c": card("job-c", "c")})
    live.publish({"lane-1": order("lane-1", "job-c"), "lane-2": order("lane-2", "job-a")}, "job-b")
    expect(board.locator("#lane-2 > #job-a")).to_have_text("a2")
    assert texts(board, "lane-1") == ["c"]
    expect(board.locator("#job-b")).to_have_count(0)


def test_a_held_card_and_its_lane_wait_until_released(board: Page, live: LiveServer) -> None:
    board.evaluate("Baylight.hold('job-a')")
    live.publish({"job-a": card("job-a", "a2"), "lane-1": order("lane-1", "job-b", "job-a")})
    live.publish({"lane-2": order("lane-2", "job-n"), "job-n": card("job-n", "n")})
    expect(board.locator("#lane-2 > #job-n")).to_be_visible()
    assert texts(board, "lane-1")[0] == "a"
    board.evaluate("Baylight.release('job-a')")
    expect(board.locator("#job-a")).to_have_text("a2")
    assert texts(board, "lane-1")[1] == "a2"


def test_a_held_card_that_went_goes_when_released(board: Page, live: LiveServer) -> None:
    board.evaluate("Baylight.hold('job-a')")
    live.publish({"lane-1": order("lane-1", "job-b")}, "job-a")
    live.publish({"job-n": card("job-n", "n"), "lane-2": order("lane-2", "job-n")})
    expect(board.locator("#job-n")).to_be_visible()
    expect(board.locator("#job-a")).to_be_visible()
    board.evaluate("Baylight.release('job-a')")
    expect(board.locator("#job-a")).to_have_count(0)


def test_an_open_menu_holds_its_card(board: Page, live: LiveServer) -> None:
    board.evaluate("document.getElementById('job-a').classList.add('held-open')")
    live.publish({"job-a": card("job-a", "a2")})
    live.publish({"job-n": card("job-n", "n"), "lane-2": order("lane-2", "job-n")})
    expect(board.locator("#job-n")).to_be_visible()
    assert board.locator("#job-a").inner_text() == "a"
    board.evaluate("document.getElementById('job-a').classList.remove('held-open')")
    expect(board.locator("#job-a")).to_have_text("a2")


def test_typed_text_survives_until_the_field_is_left(board: Page, live: LiveServer) -> None:
    board.locator("#note").press_sequentially("half a wor")
    live.publish({"job-b": FIELD.format("Stop")})
    live.publish({"job-a": card("job-a", "a2")})
    expect(board.locator("#job-a")).to_have_text("a2")
    assert board.locator("#note").input_value() == "half a wor"
    board.locator("#note").blur()
    expect(board.locator("#job-b button")).to_have_text("Stop")


def test_the_focus_stays_on_the_same_button_of_a_replaced_card(
    board: Page, live: LiveServer
) -> None:
    board.locator("#job-b button").focus()
    live.publish({"job-b": FIELD.format("Stop"), "lane-1": order("lane-1", "job-b", "job-a")})
    expect(board.locator("#job-b button")).to_have_text("Stop")
    expect(board.locator("#job-b button")).to_be_focused()


def test_a_replaced_region_stays_as_far_scrolled_as_it_was(board: Page, live: LiveServer) -> None:
    text = '<textarea id="job-a" data-r rows="2">{}' + "line\n" * 60 + "</textarea>"
    live.publish({"job-a": text.format("one ")})
    expect(board.locator("#job-a")).to_have_value(re.compile("^one"))
    board.evaluate("document.getElementById('job-a').scrollTop = 120")
    live.publish({"job-a": text.format("two ")})
    expect(board.locator("#job-a")).to_have_value(re.compile("^two"))
    assert board.evaluate("document.getElementById('job-a').scrollTop") == 120


def test_others_are_told_which_regions_changed(board: Page, live: LiveServer) -> None:
    board.evaluate("Baylight.onRegion((id, node) => (window.told = [id, node && node.innerText]))")
    live.publish({"job-a": card("job-a", "a2")})
    expect(board.locator("#job-a")).to_have_text("a2")
    assert board.evaluate("told") == ["job-a", "a2"]


def test_new_cards_are_alive_for_htmx(browser: Browser, live: LiveServer) -> None:
    live.show(BOARD_NOW)
    page = open_page(browser, live, "vendor/htmx.min.js " + SCRIPTS)
    until(lambda: live.figure("screens") == 1)
    button = '<article id="job-b" data-r><button hx-get="/healthz">Ask</button></article>'
    live.publish({"job-b": button})
    expect(page.locator("#job-b button")).to_have_text("Ask")
    page.locator("#job-b button").click()
    expect(page.locator("#job-b button")).to_have_text("ok")
    page.context.close()


def test_a_lost_frame_is_found_by_the_next_heartbeat(board: Page, live: LiveServer) -> None:
    def lose_the_next_frame() -> None:
        screen = live.hub.screens()[0]
        screen.rev = (screen.rev or 0) + 1

    live.do(lose_the_next_frame)
    live.publish({"job-a": card("job-a", "lost")})
    expect(board.locator("#job-a")).to_have_text("a")
    live.beat()
    expect(board.locator("#job-a")).to_have_text("lost")


def test_a_snapshot_drops_what_it_does_not_have(board: Page, live: LiveServer) -> None:
    live.publish({"lane-1": order("lane-1", "job-a")}, "job-b")
    board.evaluate("document.getElementById('lane-2').innerHTML = '<p id=ghost data-r></p>'")
    live.publish({"lane-2": order("lane-2", "job-a", "never-heard-of")})
    expect(board.locator("#ghost")).to_have_count(0)
    expect(board.locator("#lane-2 > #job-a")).to_be_visible()


def test_silence_is_said_and_revocation_is_final(browser: Browser, live: LiveServer) -> None:
    live.show(BOARD_NOW)
    page = open_page(browser, live, SCRIPTS, still="yes")
    until(lambda: live.figure("screens") == 1)
    page.clock.run_for(1000)
    live.do(lambda: live.hub.close_holder({"s"}))
    until(lambda: passing(page) and _is(page, "is-revoked"))
    expect(page.locator("#notice")).to_have_text("no longer allowed")
    page.clock.run_for(20_000)
    assert _is(page, "is-late")
    assert live.figure("joins") == 1
    page.context.close()


def _is(page: Page, mark: str) -> bool:
    return page.locator(f"html.{mark}").count() == 1


def test_times_run_in_the_page(browser: Browser, live: LiveServer) -> None:
    inner = f'<i data-left="{SECOND + 60}"></i><i data-since="{SECOND - 600}"></i>'
    live.show({"times": f'<p id="times" data-r>{inner}</p>'})
    page = open_page(browser, live, SCRIPTS, still="yes", socket="/nowhere")
    assert page.locator("#times i").all_inner_texts() == ["0:01 left", "10 min"]
    page.clock.run_for(62_000)
    assert page.locator("#times i").first.inner_text() == "late 0:00"
    assert page.locator(".head-clock").inner_text() == "12:01"
    page.context.close()


@pytest.mark.parametrize(
    ("audience", "told"), [("board", ["0:01 left", "10 min"]), ("tablet", ["late 0:04", "15 min"])]
)
def test_times_of_a_board_that_is_old_stand_still_as_they_were_known(
    browser: Browser, live: LiveServer, audience: str, told: list[str]
) -> None:
    """Falls over without `rest(` in static/live.js. A tablet's work goes on without the shop."""
    inner = f'<i data-left="{SECOND + 60}"></i><i data-since="{SECOND - 600}"></i>'
    live.show({"times": f'<p id="times" data-r>{inner}</p>'})
    page = open_page(browser, live, SCRIPTS, still="yes", socket="/nowhere", audience=audience)
    page.clock.run_for(303_000)
    assert page.locator("#times i").all_inner_texts() == told
    assert page.locator(".head-clock").inner_text() == "12:05", "the clock goes on"
    page.context.close()


SLEEP = """() => {
  const real = performance.now.bind(performance);
  let slept = 0;
  performance.now = () => real() + slept;
  setTimeout(() => {
    const end = real() + 1000;
    while (real() < end);
    slept = 3600000;
  });
  window.seen = [];
  const text = () => {
    const now = document.getElementById('job-a').textContent;
    if (now !== (seen.at(-1) || 'a')) seen.push(now);
  };
  new MutationObserver(text).observe(document.body, {subtree: true, childList: true});
}"""
"""An hour in which the page hears nothing, though its socket does: a second, and a later clock."""


def test_who_wakes_sees_one_frame_and_no_replay(board: Page, live: LiveServer) -> None:
    """Falls over without `hear` asking how long it heard nothing."""
    board.evaluate(SLEEP)
    for number in range(1, 6):
        frames = live.figure("written")
        live.publish({"job-a": card("job-a", f"n{number}")})
        until(lambda: live.figure("written") > frames)  # noqa: B023
    expect(board.locator("#job-a")).to_have_text("n5")
    assert board.evaluate("window.seen") == ["n5"]
