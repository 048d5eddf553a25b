"""A tablet over a trusted connection starts without the server, and shows nobody another's page.

Browsers trust their own machine as they trust https, so no certificate is needed here.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.tablet_page.conftest import House

IS_KEPT = """async () => {
  const kept = await (await caches.open('baylight-page')).match('/tablet');
  return kept ? kept.text() : '';
}"""


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-US")
    yield context
    context.close()


def test_it_starts_without_the_server_and_sends_when_it_is_back(
    house: House, desk: BrowserContext, tablet: Page
) -> None:
    manager = desk.new_page()
    house.dispatched_job(manager, house.sign_in_at_desk(manager))
    house.sign_in(tablet, "王强")
    tablet.wait_for_function("() => navigator.serviceWorker.controller")
    tablet.reload()
    tablet.wait_for_function(f"async () => (await ({IS_KEPT})()).includes('D12345')")
    port = int(house.url.rpartition(":")[2])
    house.server.stop()
    tablet.reload()
    expect(tablet.locator("#job")).to_contain_text("D12345")
    tablet.click(".deed.start:visible")
    expect(tablet.locator("#line-1")).to_contain_text("waits to be sent")
    tablet.reload()
    expect(tablet.locator("#unsent b")).to_have_text("1")
    house.server.start_on(port)
    expect(tablet.locator("#unsent")).to_be_hidden(timeout=20_000)
    expect(tablet.locator("#undo b")).to_have_text("Started: 机油机滤")
    with tablet.expect_response("**/tablet/device"):
        tablet.reload()
    tablet.click(".bar-button.me")
    tablet.click("text=Change person")
    tablet.wait_for_url("**/?tablet")
    assert tablet.evaluate(IS_KEPT) == ""
    manager.goto(f"{house.url}/admin/screens")
    row = manager.locator("#tablets .screen").filter(has_text="王强")
    expect(row.locator(".level")).to_have_text("https")
