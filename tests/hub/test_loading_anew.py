"""A page loads itself anew only into a page of the shop's: never a login page of somebody else."""

import pytest
from playwright.sync_api import Browser, expect

from tests.hub.live_server import LiveServer, until
from tests.hub.pages import card, open_page, passing

SHOWN = {"count": card("count", "2")}
PORTAL = "<!doctype html><title>Guest network</title><body>Please log in"


@pytest.mark.parametrize("scripts", ["wall.js screen.js", "times.js regions.js live.js"])
def test_a_guest_networks_page_is_not_loaded(browser: Browser, scripts: str) -> None:
    first = LiveServer().start()
    first.show(SHOWN)
    page = open_page(browser, first, scripts, still="yes")
    until(lambda: first.figure("screens") == 1)
    page.evaluate("Math.random = () => 0")
    page.clock.run_for(61_000)
    first.stop()
    second = LiveServer(port=first.port, boot="boot-2", build="build-2")
    second.page = PORTAL
    with page.expect_response("**/page"):
        second.start().show(SHOWN)
        until(lambda: passing(page) and second.figure("joins") > 0)
        page.clock.run_for(1_000)
    expect(page.locator("#count")).to_have_text("2")
    second.page = first.page
    with page.expect_event("load"):
        until(lambda: passing(page) and second.figure("joins") > 1)
    page.context.close()
    second.stop()
