"""A tablet over a trusted connection starts without the server, and shows nobody another's page.

Browsers trust their own machine as they trust https, so no certificate is needed here.
"""

import socket

from playwright.sync_api import Page, expect

from tests.tablet_page.conftest import House

IS_KEPT = """async () => {
  const kept = await (await caches.open('baylight-page')).match('/tablet');
  return kept ? kept.text() : '';
}"""


def start_while_it_hangs(tablet: Page, port: int) -> None:
    """Every connection is accepted and nothing is ever answered."""
    with socket.create_server(("127.0.0.1", port)):
        tablet.reload(timeout=10_000)
        expect(tablet.locator("#job")).to_contain_text("D12345")


def test_it_starts_without_the_server_and_sends_when_it_is_back(
    house: House, desk: Page, tablet: Page
) -> None:
    house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    tablet.wait_for_function("() => navigator.serviceWorker.controller")
    tablet.reload()
    tablet.wait_for_function(f"async () => (await ({IS_KEPT})()).includes('D12345')")
    port = int(house.url.rpartition(":")[2])
    house.server.stop()
    start_while_it_hangs(tablet, port)
    # Three days behind, as a tablet may wake up: what is kept looks old all the same, at once.
    tablet.add_init_script("{ const now = Date.now; Date.now = () => now() - 3 * 864e5; }")
    tablet.reload()
    expect(tablet.locator("#job")).to_contain_text("D12345")
    expect(tablet.locator(".live-word")).to_be_hidden(timeout=500)
    expect(tablet.locator("#notice")).to_contain_text("as of ")
    tablet.click(".deed.start:visible")
    expect(tablet.locator("#line-1")).to_contain_text("waits to be sent")
    tablet.reload()
    expect(tablet.locator("#unsent b")).to_have_text("1")
    house.server.start_on(port)
    expect(tablet.locator("#unsent")).to_be_hidden(timeout=20_000)
    expect(tablet.locator(".live-word")).to_be_visible()
    expect(tablet.locator("#undo b")).to_have_text("Started: 机油机滤")
    with tablet.expect_response("**/tablet/device"):
        tablet.reload()
    tablet.click(".bar-button.me")
    tablet.click("text=Change person")
    tablet.wait_for_url("**/?tablet")
    assert tablet.evaluate(IS_KEPT) == ""
    # Without anybody's page there is one of nobody, which waits for the shop.
    house.server.stop()
    tablet.goto(f"{house.url}/tablet")
    expect(tablet.locator("h2")).to_have_text("No connection to the shop")
    house.server.start_on(port)
    tablet.wait_for_url("**/?tablet")
    desk.goto(f"{house.url}/admin/screens")
    row = desk.locator("#tablets .screen").filter(has_text="王强")
    expect(row.locator(".level")).to_have_text("plain HTTP")
