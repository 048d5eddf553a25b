"""A browser whose page stands still, and one with an older page: the list of screens tells both."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from playwright.sync_api import Browser

from displays.fleet import OFFLINE_SECONDS, KeptScreen, Standing, standing, troubles
from displays.wire import Heard
from tests.hub.live_server import NOON, LiveServer, until
from tests.hub.pages import card, html, order

WALL = "wall.js screen.js"
REGIONS = {"order-rows": order("order-rows", "row-1"), "row-1": card("row-1", "京A·12345")}
OFTEN = "const each = setInterval; setInterval = (f, ms) => each(f, ms === 15e3 ? 300 : ms);"
"""A wall says how it is doing fifty times as often as else."""


def _pages_of(browser: Browser) -> set[int]:
    """The processes in which the browser runs its pages."""
    asked = browser.new_browser_cdp_session()
    found = asked.send("SystemInfo.getProcessInfo")["processInfo"]
    asked.detach()
    return {each["id"] for each in found if each["type"] == "renderer"}


@contextmanager
def _stopped(processes: set[int]) -> Iterator[None]:
    for each in processes:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in processes:
            os.kill(each, signal.SIGCONT)


def _next(live: LiveServer) -> Heard | None:
    """What is heard of the screen from now on; None for nothing within a second."""
    (screen,) = live.do(live.hub.screens)
    live.do(lambda: setattr(screen, "heard", None))
    began = time.monotonic()
    until(lambda: screen.heard is not None or time.monotonic() - began > 1)
    return screen.heard


def test_a_page_that_stands_still_is_not_taken_for_live_because_its_line_is_open(
    browser: Browser, live: LiveServer
) -> None:
    """The browser goes on answering for it: only what the page itself says counts."""
    live.show(REGIONS)
    others = _pages_of(browser)
    context = browser.new_context()
    context.add_init_script(OFTEN)
    live.page = html(live, WALL, build="older", name="TV-07")
    context.new_page().goto(f"http://127.0.0.1:{live.port}/page")
    until(lambda: live.figure("screens") == 1 and _next(live) is not None)
    heard = _next(live)
    assert heard is not None
    kept = KeptScreen.of(heard.report, heard.agrees, NOON, "boot")
    assert "build" in troubles(kept, live.hub.build), "an older page is told"
    with _stopped(_pages_of(browser) - others):
        until(lambda: _next(live) is None)
        live.beat()
        assert _next(live) is None
        assert live.figure("screens") == 1
        silent = timedelta(seconds=OFFLINE_SECONDS + 1)
        assert standing(silent, is_open=True) == Standing.offline
    until(lambda: _next(live) is not None)
    context.close()
