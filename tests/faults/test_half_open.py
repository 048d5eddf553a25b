"""A line that is dead and does not say so: both sides notice within fifteen seconds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket

from displays.protocol import UVICORN
from tests.e2e.running import ROOT
from tests.faults.proxy import Network, Proxy
from tests.hub import pages
from tests.hub.live_server import LiveServer, until
from tests.hub.pages import card, order, passing

WITHIN_SECONDS = 15.0
SCRIPTS = "times.js regions.js live.js"
BOARD_NOW = {
    "lane-1": order("lane-1", "job-a", "job-b"),
    "job-a": card("job-a", "a"),
    "job-b": card("job-b", "b"),
}


def no_namespaces() -> str:
    """Why this machine cannot pull a cable; '' if it can."""
    tried = subprocess.run(
        ["unshare", "-n", "ip", "link", "add", "here", "type", "veth", "peer", "name", "there"],
        capture_output=True,
        text=True,
        check=False,
    )
    return tried.stderr.strip()


def test_half_open_client_is_noticed_on_both_sides(tmp_path: Path) -> None:
    """Two lines hold the server's side, and it holds with either of them out: TCP_USER_TIMEOUT in
    protocol.py and `wire.abort()` in keepalive.py.
    """
    if why := no_namespaces():
        pytest.skip(f"no network namespaces with veth here: {why}")
    words = ["unshare", "-n", sys.executable, "-m", "tests.faults.half_open_link", str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["server"] < WITHIN_SECONDS
    assert found["screen"] < WITHIN_SECONDS


def test_half_open_client_costs_the_server_two_settings_at_most() -> None:
    """Falls over when ping interval and timeout together pass the fifteen seconds."""
    assert UVICORN["ws_ping_interval"] + UVICORN["ws_ping_timeout"] < WITHIN_SECONDS


class Frames:
    """What a page receives that changes something."""

    def __init__(self, page: Page) -> None:
        self.got: list[dict[str, object]] = []
        page.on("websocket", self._listen)

    def _listen(self, line: WebSocket) -> None:
        line.on("framereceived", self._note)

    def _note(self, data: str | bytes) -> None:
        message = json.loads(data)
        if "beat" not in message:
            self.got.append(message)


def opened(browser: Browser, live: LiveServer, through: Proxy) -> tuple[Page, Frames]:
    """A page whose time stands still, behind a proxy."""
    live.page = pages.html(live, SCRIPTS)
    page = browser.new_context().new_page()
    frames = Frames(page)
    page.clock.install()
    page.goto(f"http://127.0.0.1:{through.port}/page")
    until(lambda: passing(page) and live.figure("joins") >= 1)
    return page, frames


def test_half_open_client_dials_anew_after_twelve_seconds(
    browser: Browser, net: Network, live: LiveServer
) -> None:
    """Falls over without `Math.max(heard, dialled) > REDIAL_MS` in static/live.js."""
    live.show(BOARD_NOW)
    proxy = net.proxy(("127.0.0.1", live.port))
    page, _ = opened(browser, live, proxy)
    proxy.swallow()
    live.publish({"job-a": card("job-a", "never arrives")})
    page.clock.run_for(11_000)
    before = proxy.connections
    page.clock.run_for(4_000)
    until(lambda: passing(page) and proxy.connections > before)
    proxy.heal()
    until(lambda: passing(page) and page.locator("#job-a").inner_text() == "never arrives")
    page.context.close()


def test_tablet_asleep_for_an_hour_wakes_without_a_flash(
    browser: Browser, net: Network, live: LiveServer
) -> None:
    """Falls over without `searchParams.set('rev', rev)` in static/live.js: all would come."""
    live.show(BOARD_NOW)
    proxy = net.proxy(("127.0.0.1", live.port))
    page, frames = opened(browser, live, proxy)
    page.evaluate("window.kept = document.getElementById('job-b')")
    proxy.refuse()
    proxy.cut()
    until(lambda: live.figure("screens") == 0)
    for number in range(300):
        live.publish({"job-a": card("job-a", f"n{number}")})
    assert live.figure("unsent_bytes") == 0
    page.clock.fast_forward(3_600_000)
    frames.got.clear()
    proxy.heal()
    until(lambda: passing(page) and page.locator("#job-a").inner_text() == "n299")
    assert [frame["full"] for frame in frames.got] == [False]
    assert page.evaluate("window.kept === document.getElementById('job-b')")
    page.context.close()
