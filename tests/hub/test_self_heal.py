"""Whatever happens to its line or its clock, a page is current again by itself and never blank."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.faults.proxy import Network, network
from tests.hub import pages
from tests.hub.live_server import LiveServer, until
from tests.hub.pages import card, order, passing

WALL, DESK = "wall.js screen.js", "times.js regions.js live.js"
REGIONS = {
    "lane-1": order("lane-1", "job-a", "job-b"),
    "lane-2": order("lane-2"),
    "job-a": card("job-a", "a"),
    "job-b": card("job-b", "b"),
}
CODES = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 3000, 4000, 4400)
"""All but 4401, after which a page stays dead and says so."""

NOTE_WHAT_IS_SHOWN = """() => {
  window.seen = [];
  new MutationObserver(() => {
    const text = document.getElementById('job-a')?.textContent;
    if (text?.startsWith('n') && text !== seen[seen.length - 1]) seen.push(text);
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""

THREE_DAYS_MS = 3 * 86_400_000


@dataclass(frozen=True)
class Seen:
    """A page whose time the test moves, and the server it follows."""

    page: Page
    live: LiveServer

    def comes_to(self, text: str) -> None:
        """The server says something, and the page shows it; until then it is never empty."""
        self.live.publish({"job-a": card("job-a", text)})
        until(lambda: passing(self.page) and self._shown() == text, 20.0)
        expect(self.page.locator("#lane-1 > [data-r]")).to_have_count(2)
        self.page.clock.run_for(1_100)
        assert self.page.locator("#age").inner_text() == ""
        assert self.page.locator("html.is-late, html.is-stale, html.is-revoked").count() == 0

    def is_closed_with(self, code: int) -> None:
        """The server hangs up with this code, and the page is back."""
        before = self.live.figure("joins")
        assert self.live.do(lambda: self.live.hub.close_holder({"s"}, code)) == 1
        until(lambda: passing(self.page) and self.live.figure("joins") > before)
        until(lambda: self.live.figure("screens") == 1)

    def _shown(self) -> str:
        assert self.page.locator("[data-r]").count() >= 3, "blank"
        self.live.beat()
        return self.page.locator("#job-a").inner_text()


@pytest.fixture(params=[WALL, DESK], ids=["wall", "desk"])
def seen(request: pytest.FixtureRequest, browser: Browser, live: LiveServer) -> Iterator[Seen]:
    """A connected page."""
    live.show(REGIONS)
    page = pages.open_page(browser, live, str(request.param), still="yes")
    until(lambda: live.figure("screens") == 1)
    yield Seen(page, live)
    page.context.close()


def test_after_every_close_code_it_dials_again(seen: Seen) -> None:
    """Falls over when a page takes any of them for the end."""
    for code in CODES:
        seen.is_closed_with(code)
    seen.comes_to("after all of them")


def test_cut_off_without_a_word_it_dials_again(seen: Seen) -> None:
    before = seen.live.figure("joins")
    seen.live.do(lambda: seen.live.hub.screens()[0].wire.abort())
    until(lambda: passing(seen.page) and seen.live.figure("joins") > before)
    seen.comes_to("after a cut")


def test_a_clock_that_is_three_days_wrong_changes_nothing(seen: Seen) -> None:
    """Falls over when a page counts silence or the time of day by the device's clock."""
    wrong = seen.page.evaluate("Date.now()") + THREE_DAYS_MS
    seen.page.clock.set_system_time(wrong / 1000)
    seen.page.clock.run_for(3_000)
    assert abs(seen.page.evaluate("Date.now()") - wrong) < 60_000
    assert seen.page.locator(".head-clock").inner_text() == "12:00"
    seen.comes_to("at the right time")
    assert seen.page.locator(".head-clock").inner_text()[:4] == "12:0"


@pytest.mark.parametrize("scripts", [WALL, DESK], ids=["wall", "desk"])
def test_frames_that_come_twice_or_in_another_order_do_no_harm(
    browser: Browser, live: LiveServer, scripts: str
) -> None:
    live.show(REGIONS)
    page = browser.new_context().new_page()
    page.route_web_socket("**/live*", Muddle().join)
    live.page = pages.html(live, scripts)
    page.goto(f"http://127.0.0.1:{live.port}/page")
    page.evaluate(NOTE_WHAT_IS_SHOWN)
    until(lambda: live.figure("screens") == 1)
    for number in range(8):
        lane = order("lane-1", *("job-b", "job-a")[:: 1 if number % 2 else -1])
        rev = live.publish({"job-a": card("job-a", f"n{number}"), "lane-1": lane})
        until(partial(_is_sent, live, rev))
    until(lambda: _beats_until(live, page, "n7"))
    assert pages.texts(page, "lane-1") == ["b", "n7"]
    shown = page.evaluate("seen")
    assert shown == sorted(shown), "never an older state after a newer one"
    page.context.close()


def _is_sent(live: LiveServer, rev: int) -> bool:
    return live.do(lambda: live.hub.screens()[0].rev) == rev


def _beats_until(live: LiveServer, page: Page, text: str) -> bool:
    live.beat()
    return page.locator("#job-a").inner_text() == text


class Muddle:
    """A line that brings every frame twice, and each second one before the one it follows."""

    def __init__(self) -> None:
        self._held: str | bytes | None = None

    def join(self, line: WebSocketRoute) -> None:
        """Stand between the page and its server."""
        server = line.connect_to_server()
        line.on_message(server.send)
        server.on_message(lambda message: self._pass_on(line, message))

    def _pass_on(self, line: WebSocketRoute, message: str | bytes) -> None:
        if json.loads(message).get("beat"):
            line.send(message)
        elif self._held is None:
            self._held = message
        else:
            held, self._held = self._held, None
            for each in (message, message, held, held):
                line.send(each)


@pytest.fixture
def net() -> Iterator[Network]:
    """A network whose weather the test makes."""
    with network() as started:
        yield started


@pytest.mark.parametrize("scripts", [WALL, DESK], ids=["wall", "desk"])
def test_a_minute_of_silence_shows_and_ends(
    browser: Browser, net: Network, live: LiveServer, scripts: str
) -> None:
    """The line stands, and nothing comes: late after 15 s, and current once it is mended."""
    live.show(REGIONS)
    proxy = net.proxy(("127.0.0.1", live.port))
    live.page = pages.html(live, scripts)
    page = browser.new_context().new_page()
    page.clock.install()
    page.goto(f"http://127.0.0.1:{proxy.port}/page")
    until(lambda: live.figure("screens") == 1)
    proxy.swallow()
    page.clock.run_for(13_000)
    assert page.locator("html.is-late").count() == 0
    page.clock.run_for(4_000)
    assert page.locator("html.is-late").count() == 1
    page.clock.run_for(43_000)
    assert page.locator("html.is-stale").count() == 0
    assert page.locator("#job-a").inner_text() == "a"
    proxy.heal()
    Seen(page, live).comes_to("after a minute")
    page.context.close()


def test_a_board_is_loaded_anew_at_night_and_never_while_somebody_types(
    browser: Browser, live: LiveServer
) -> None:
    """Noon is when the test begins; the shop closed at eleven."""
    field = '<article id="job-b" data-r>b <input id="note"></article>'
    live.show({**REGIONS, "job-b": field})
    hours = {"opens": "480", "closes": "660"}
    page = pages.open_page(browser, live, DESK, still="yes", socket="/nowhere", **hours)
    loads: list[str] = []
    page.on("load", lambda _: loads.append("again"))
    page.locator("#note").type("half a sent")
    page.clock.fast_forward(17 * 3_600_000)
    page.locator("#note").type("ence")
    for _ in range(4):
        page.clock.run_for(3_000)
        page.locator("#note").press("x")
    assert loads == []
    assert page.locator("#note").input_value().startswith("half a sentence")
    page.locator("#note").blur()
    until(lambda: passing(page) and bool(loads))
    page.context.close()


def test_a_board_of_a_shop_that_never_closes_is_loaded_anew_after_three(
    browser: Browser, live: LiveServer
) -> None:
    """Five to five is 16 hours and 55 minutes after noon; the rest ends at five."""
    live.show(REGIONS)
    hours = {"opens": "0", "closes": "1439"}
    page = pages.open_page(browser, live, DESK, still="yes", socket="/nowhere", **hours)
    loads: list[str] = []
    page.on("load", lambda _: loads.append("again"))
    page.clock.fast_forward(16 * 3_600_000 + 55 * 60_000)
    until(lambda: passing(page) and bool(loads))
    page.context.close()
