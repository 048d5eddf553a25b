"""The wall's script in a real browser: the picture follows the hub, and says so when it cannot."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hub.live_server import BOARD, LiveServer, until
from tests.hub.pages import SECOND, card, open_page, order, passing, texts

BOARD_NOW = {
    "lane-1": order("lane-1", "job-a", "job-b"),
    "lane-2": order("lane-2"),
    "job-a": card("job-a", "a"),
    "job-b": card("job-b", "b"),
    "count": card("count", "2"),
}


@pytest.fixture
def wall(browser: Browser, live: LiveServer) -> Iterator[Page]:
    """A wall page with two lanes, connected."""
    live.show(BOARD_NOW)
    page = open_page(browser, live, "wall.js")
    until(lambda: live.figure("screens") == 1)
    yield page
    page.context.close()


def test_a_changed_card_is_replaced(wall: Page, live: LiveServer) -> None:
    live.publish({"job-a": card("job-a", "a, with <b>"), "count": card("count", "3")})
    expect(wall.locator("#job-a")).to_have_text("a, with <b>")
    expect(wall.locator("#count")).to_have_text("3")
    assert texts(wall, "lane-1") == ["a, with <b>", "b"]


def test_a_new_card_takes_its_place(wall: Page, live: LiveServer) -> None:
    live.publish(
        {"job-c": card("job-c", "c"), "lane-1": order("lane-1", "job-a", "job-c", "job-b")}
    )
    expect(wall.locator("#job-c")).to_be_visible()
    assert texts(wall, "lane-1") == ["a", "c", "b"]


def test_a_card_moves_to_another_lane_as_the_same_element(wall: Page, live: LiveServer) -> None:
    wall.evaluate("document.getElementById('job-a').mark = 'mine'")
    live.publish({"lane-1": order("lane-1", "job-b")})
    expect(wall.locator("#job-a")).to_have_count(0)
    live.publish({"lane-2": order("lane-2", "job-a")})
    expect(wall.locator("#lane-2 > #job-a")).to_be_visible()
    assert wall.evaluate("document.getElementById('job-a').mark") == "mine"
    assert texts(wall, "lane-1") == ["b"]


def test_a_card_that_went_is_gone(wall: Page, live: LiveServer) -> None:
    live.publish({"lane-1": order("lane-1", "job-b")}, "job-a")
    expect(wall.locator("#job-a")).to_have_count(0)
    assert texts(wall, "lane-1") == ["b"]


def test_a_card_it_never_heard_of_makes_it_ask(browser: Browser, live: LiveServer) -> None:
    live.show({"lane-1": order("lane-1", "job-a"), "job-a": card("job-a", "a")})
    page = open_page(browser, live, "wall.js")
    until(lambda: live.figure("screens") == 1)
    page.evaluate("document.getElementById('job-a').remove()")
    live.publish({"lane-1": order("lane-1", "job-b", "job-a"), "job-b": card("job-b", "b")})
    expect(page.locator("#job-a")).to_be_visible()
    assert texts(page, "lane-1") == ["b", "a"]
    page.context.close()


def test_a_lost_frame_is_found_by_the_next_heartbeat(wall: Page, live: LiveServer) -> None:
    def lose_the_next_frame() -> None:
        live.hub.screens()[0].rev = live.hub.shown(BOARD).rev + 1

    live.do(lose_the_next_frame)
    live.publish({"job-a": card("job-a", "lost")})
    expect(wall.locator("#job-a")).to_have_text("a")
    live.beat()
    expect(wall.locator("#job-a")).to_have_text("lost")


def test_a_frame_after_a_lost_one_is_not_built_on(wall: Page, live: LiveServer) -> None:
    def lose_the_next_frame() -> None:
        live.hub.screens()[0].rev = live.hub.shown(BOARD).rev + 1

    live.do(lose_the_next_frame)
    live.publish({"job-a": card("job-a", "lost")})
    live.publish({"job-b": card("job-b", "b2")})
    expect(wall.locator("#job-b")).to_have_text("b2")
    expect(wall.locator("#job-a")).to_have_text("lost")


def test_what_is_shown_is_acknowledged(wall: Page, live: LiveServer) -> None:
    rev = live.publish({"job-a": card("job-a", "a2")})
    expect(wall.locator("#job-a")).to_have_text("a2")
    live.beat()
    until(lambda: live.do(lambda: live.hub.screens()[0].acked) == rev)


def test_after_a_restart_the_picture_is_the_new_one(browser: Browser) -> None:
    first = LiveServer().start()
    first.show(BOARD_NOW)
    page = open_page(browser, first, "wall.js")
    until(lambda: first.figure("screens") == 1)
    first.stop()
    second = LiveServer(port=first.port, boot="boot-2").start()
    second.show({"lane-1": order("lane-1", "job-n"), "job-n": card("job-n", "new")})
    expect(page.locator("#job-n")).to_be_visible()
    expect(page.locator("[data-r]")).to_have_count(2)
    page.context.close()
    second.stop()


def test_a_revoked_screen_keeps_nothing_says_so_and_stays_dead(
    wall: Page, live: LiveServer
) -> None:
    live.do(lambda: live.hub.close_holder({"s"}))
    expect(wall.locator("#notice")).to_have_text("no longer allowed")
    expect(wall.locator("html.is-revoked")).to_have_count(1)
    expect(wall.locator("[data-r]")).to_have_count(0)


def test_silence_shows_its_age_then_goes_grey_and_recovers(browser: Browser) -> None:
    server = LiveServer().start()
    server.show(BOARD_NOW)
    page = open_page(browser, server, "wall.js", still="yes")
    until(lambda: server.figure("screens") == 1)
    page.clock.run_for(1000)
    assert page.locator("#age").inner_text() == ""
    server.stop()
    page.clock.run_for(20_000)
    expect(page.locator("html.is-late")).to_have_count(1)
    assert re.fullmatch(r"0:(19|2\d) old", page.locator("#age").inner_text())
    page.clock.run_for(300_000)
    expect(page.locator("html.is-stale")).to_have_count(1)
    expect(page.locator("#notice")).to_have_text("stopped at 12:00")
    expect(page.locator("#job-a")).to_be_visible()
    again = LiveServer(port=server.port, boot="boot-2").start()
    again.show({**BOARD_NOW, "job-a": card("job-a", "back")})
    until(lambda: passing(page) and page.locator("#job-a").inner_text() == "back")
    page.clock.run_for(1000)
    assert page.locator("#notice").inner_text() == page.locator("#age").inner_text() == ""
    expect(page.locator("html.is-late, html.is-stale")).to_have_count(0)
    page.context.close()
    again.stop()


def test_a_silent_connection_is_dialled_anew(browser: Browser, live: LiveServer) -> None:
    live.show(BOARD_NOW)
    page = open_page(browser, live, "wall.js", still="yes")
    until(lambda: live.figure("joins") == 1)
    page.clock.run_for(16_000)
    until(lambda: passing(page) and live.figure("joins") >= 2)
    page.context.close()


def test_a_new_build_is_loaded_once_the_server_answers(browser: Browser) -> None:
    first = LiveServer().start()
    first.show(BOARD_NOW)
    page = open_page(browser, first, "wall.js screen.js", still="yes")
    until(lambda: first.figure("screens") == 1)
    page.evaluate("Math.random = () => 0")
    page.clock.run_for(61_000)
    first.stop()
    second = LiveServer(port=first.port, boot="boot-2", build="build-2")
    second.page = first.page
    with page.expect_event("load"):
        second.start().show(BOARD_NOW)
    page.context.close()
    second.stop()


def test_times_run_in_the_page(browser: Browser, live: LiveServer) -> None:
    spans = {
        "soon": f'data-left="{SECOND + 35 * 60}"',
        "late": f'data-left="{SECOND - 12 * 60}"',
        "far": f'data-left="{SECOND + 25 * 3600}"',
        "own": f'data-left="{SECOND + 3600}" data-word-left="due in {{}}"',
        "over": f'data-over="{SECOND - 65 * 60}"',
        "under": f'data-over="{SECOND + 60}"',
        "waits": f'data-since="{SECOND - 9 * 60}"',
        "long": f'data-since="{SECOND - 135 * 60}"',
    }
    inner = "".join(f'<i id="{key}" {attribute}></i>' for key, attribute in spans.items())
    live.show({"times": f'<p id="times" data-r>{inner}</p>'})
    page = open_page(browser, live, "wall.js", still="yes")
    shown = {key: page.locator(f"#{key}").inner_text() for key in spans}
    assert shown == {
        "soon": "0:35 left",
        "late": "late 0:12",
        "far": "",
        "own": "due in 1:00",
        "over": "late 1:05",
        "under": "",
        "waits": "9 min",
        "long": "2:15",
    }
    assert page.locator(".head-clock").inner_text() == "12:00"
    page.context.close()


def test_times_of_day_are_those_of_the_screens_own_zone(browser: Browser, live: LiveServer) -> None:
    at = f'<p id="at" data-r><b data-clock="{SECOND + 5400}">13:30</b></p>'
    live.show({"at": at})
    asked = {"own-zone": "", "zone": "360"}
    for told, shown in (({"zone": "360"}, "13:30"), (asked, "11:30")):
        page = open_page(browser, live, "wall.js", still="yes", **told)
        assert page.locator("#at").inner_text() == shown
        page.context.close()


def test_the_shops_clock_runs_at_its_own_rate(browser: Browser, live: LiveServer) -> None:
    live.show({"times": f'<p id="times" data-r data-since="{SECOND}"></p>'})
    page = open_page(browser, live, "wall.js", still="yes", rate="600", socket="/nowhere")
    page.clock.run_for(5_000)
    expect(page.locator("#times")).to_have_text("50 min")
    page.context.close()


def test_rows_turn_in_pages_and_pinned_ones_stay(browser: Browser, live: LiveServer) -> None:
    rows = {f"row-{n}": card(f"row-{n}", f"{n}", 'data-pin="2"' * (n == 0)) for n in range(8)}
    listed = order("rows", *rows).replace("data-r ", 'data-r data-rows="4" ')
    live.show({"rows": listed, **rows})
    page = open_page(browser, live, "wall.js", still="yes")
    seen = [_visible(page)]
    for _ in range(2):
        page.clock.run_for(12_000)
        seen.append(_visible(page))
    assert sorted(seen) == [["0", "1", "2", "3"], ["0", "4", "5", "6"], ["0", "7"]]
    page.context.close()


def _visible(page: Page) -> list[str]:
    return [row for row in page.locator("#rows > :not([hidden])").all_inner_texts() if row]
