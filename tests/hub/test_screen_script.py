"""What a wall says of itself and is told, in a real browser beside the hub."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from displays.wire import MOVED, Heard
from tests.hub.live_server import BOARD, LiveServer, until
from tests.hub.pages import SECOND, card, open_page, order, passing

WALL = "wall.js screen.js"
REGIONS = {
    "order-rows": order("order-rows", "row-1", "row-2"),
    "row-1": f'<p id="row-1" data-r>京A·12345 &amp; <b data-left="{SECOND + 600}"></b> late</p>',
    "row-2": card("row-2", "second\n\t row"),
    "foot": '<p id="foot" data-r>3 <i>of</i>&nbsp;4</p>',
}


@pytest.fixture
def wall(browser: Browser, live: LiveServer) -> Iterator[Page]:
    """A wall whose time the test moves."""
    live.show(REGIONS)
    page = open_page(browser, live, WALL, still="yes", name="TV-07")
    until(lambda: live.figure("screens") == 1)
    yield page
    page.context.close()


def _heard(live: LiveServer) -> Heard | None:
    screens = live.do(live.hub.screens)
    return screens[0].heard if screens else None


def _next_report(page: Page, live: LiveServer) -> Heard:
    """What it says once more; reports that come too soon after another are not looked at."""

    def forget() -> None:
        for screen in live.hub.screens():
            screen.heard = None

    def a_while_passes() -> bool:
        live.beat()
        page.clock.run_for(2_000)
        return _heard(live) is not None

    live.do(forget)
    until(a_while_passes)
    found = _heard(live)
    assert found is not None
    return found


def test_a_wall_says_what_it_shows_and_the_server_finds_it_right(
    wall: Page, live: LiveServer
) -> None:
    wall.clock.run_for(3_000)
    until(lambda: _heard(live) is not None)
    first = _heard(live)
    assert first is not None
    assert first.agrees is True
    assert (first.report.rev, first.report.rows) == (live.do(lambda: live.hub.shown(BOARD).rev), 2)
    assert first.report.engine.startswith("Chrome/")
    assert (first.report.width > 0, first.report.build) == (True, live.hub.build)
    live.publish({"row-2": card("row-2", "something else")})
    expect(wall.locator("#row-2")).to_have_text("something else")
    assert _next_report(wall, live).agrees is True


def test_a_wall_whose_line_opens_late_says_it_then(browser: Browser, live: LiveServer) -> None:
    live.show(REGIONS)
    page = open_page(browser, live, WALL, still="yes", socket="/live?session=slow")
    until(lambda: live.waiting == 1)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 4)
    live.do(live.opened.set)
    until(lambda: live.figure("screens") == 1)
    assert any(passing(page) and _heard(live) for _ in range(100)), "within ten of its seconds"
    page.context.close()


def test_a_picture_that_is_not_what_was_sent_is_noticed(wall: Page, live: LiveServer) -> None:
    wall.evaluate("document.getElementById('row-2').firstChild.nodeValue = 'an old car'")
    assert _next_report(wall, live).agrees is False


def test_a_row_that_is_missing_is_noticed(wall: Page, live: LiveServer) -> None:
    wall.evaluate("document.getElementById('row-2').remove()")
    assert _next_report(wall, live).agrees is False


def test_a_wall_that_is_asked_shows_its_number_and_name_for_fifteen_seconds(
    wall: Page, live: LiveServer
) -> None:
    account = live.do(lambda: live.hub.screens()[0].account)
    assert live.do(lambda: live.hub.tell("shop", account, "identify")) == 1
    expect(wall.locator(".identify")).to_have_text("7TV-07")
    wall.clock.run_for(14_000)
    expect(wall.locator(".identify")).to_have_count(1)
    wall.clock.run_for(2_000)
    expect(wall.locator(".identify")).to_have_count(0)


@pytest.mark.parametrize("by", ["order", "code"])
def test_a_wall_that_is_told_to_loads_itself_anew_at_once(
    wall: Page, live: LiveServer, by: str
) -> None:
    def tell() -> None:
        if by == "order":
            live.hub.tell("shop", "", "reload")
        else:
            live.hub.close_holder({"s"}, MOVED)

    with wall.expect_event("load"):
        live.do(tell)
        until(lambda: passing(wall) and live.figure("joins") >= 1)


SCREEN = {"dark": "1", "opens": "480"}


@pytest.mark.parametrize(
    ("hours", "marks"),
    [
        ({**SCREEN, "closes": "660"}, "is-dim is-off"),
        ({**SCREEN, "closes": "700"}, ""),
        ({"dark": "1", "opens": "1320", "closes": "360"}, "is-dim is-off"),
        ({"dark": "1", "opens": "1320", "closes": "780"}, ""),
        ({"opens": "480", "closes": "660"}, "is-dim"),
        ({"opens": "751", "closes": "660"}, "is-dim"),
        ({"opens": "750", "closes": "660"}, ""),
        ({"opens": "480", "closes": "480"}, ""),
        ({"noon": "720"}, "is-swapped"),
        ({"noon": "721"}, ""),
        ({"noon": "60"}, "is-swapped"),
    ],
)
def test_a_wall_is_dark_outside_its_hours_and_turned_over_from_noon(
    browser: Browser, live: LiveServer, hours: dict[str, str], marks: str
) -> None:
    """It is noon. Half an hour after its hours a screen is black, a person's page only dim."""
    live.show(REGIONS)
    page = open_page(browser, live, WALL, still="yes", **hours)
    until(lambda: live.figure("screens") == 1)
    assert page.evaluate("document.documentElement.className") == marks
    page.context.close()


def test_who_works_or_calls_after_hours_has_light_within_a_second(
    browser: Browser, live: LiveServer
) -> None:
    live.show(REGIONS)
    page = open_page(browser, live, WALL, still="yes", **SCREEN, closes="690")
    until(lambda: live.figure("screens") == 1)
    dark = page.locator("html.is-off")
    assert dark.count() == 1, "thirty minutes after"
    live.publish({"row-2": card("row-2", "late, and Li works on it", "data-busy")})
    until(lambda: passing(page) and dark.count() == 0)
    live.publish({"row-2": card("row-2", "late, and left for tomorrow")})
    until(lambda: passing(page) and dark.count() == 1)
    page.clock.fast_forward(int(20.5 * 3_600_000))
    until(lambda: passing(page) and dark.count() == 0)
    page.context.close()


@pytest.mark.parametrize(
    ("opens", "closes", "after"),
    [(480, 660, 17 * 60), (0, 0, 16.9 * 60), (0, 1439, 16.9 * 60), (360, 270, 17.85 * 60)],
)
def test_every_night_it_loads_itself_anew_once_a_server_answers(
    browser: Browser, live: LiveServer, opens: int, closes: int, after: float
) -> None:
    """Noon in the shop's zone is when the test begins. It closes at eleven; never; for a minute,
    so that it rests from three to five; from half past four to six, and is late for that.
    """
    live.show(REGIONS)
    hours = {"opens": str(opens), "closes": str(closes)}
    script = "Math.random = () => 0.99"
    page = open_page(browser, live, WALL, still="yes", socket="/nowhere", **hours, early=script)
    loads: list[str] = []
    page.on("load", lambda _: loads.append("again"))
    page.clock.run_for(120_000)
    assert loads == [], "a page just opened stays through its first night"
    page.clock.fast_forward(int(after * 60_000))
    until(lambda: passing(page) and bool(loads))
    page.context.close()
