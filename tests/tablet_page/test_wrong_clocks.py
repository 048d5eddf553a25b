"""A tablet whose clock is wrong says how long ago a tap was, by what cannot be wrong about it."""

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.tablet_page.floor import busy
from tests.tablet_page.pages import opened, tablet_html
from tests.tablet_page.test_outbox import press

CLOCKS = """
  const clocks = {passed: 0, put: 0};
  const date = Date.now.bind(Date), run = performance.now.bind(performance);
  Date.now = () => date() + clocks.passed + clocks.put;
  performance.now = () => run() + clocks.passed;
  window.pass = (seconds) => { clocks.passed += 1000 * seconds; };
  window.put = (seconds) => { clocks.put += 1000 * seconds; };
  window.turn = (dark) => {
    Object.defineProperty(document, 'hidden', {value: dark, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
  };
"""


def expect_ago(page: Page, happens: str, seconds: float) -> None:
    """After something has happened the tap is sent once more, and says that it was so long ago."""

    def says(request: Request) -> bool:
        return float(request.headers.get("x-tapped-ago", "nan")) == pytest.approx(seconds, abs=20)

    with page.expect_request(says, timeout=10_000):
        page.evaluate(
            "(happens) => { eval(happens); dispatchEvent(new Event('online')); }", happens
        )


def test_a_tap_knows_its_age_though_the_clock_is_put_right(browser: Browser) -> None:
    # As the worker gives it out: kept yesterday, with nothing known of the device's clock.
    html = tablet_html(busy(), "wang").replace("<body ", "<body data-kept ")
    with opened(browser, html, CLOCKS) as page:
        page.route("**/do/**", lambda route: route.abort())
        press(page, "finish")
        page.locator("#unsent b").wait_for()
        expect_ago(page, "pass(600)", 600)
        expect_ago(page, "put(3 * 86400); pass(60)", 660)
        expect_ago(page, "put(-7200); pass(60)", 720)
        # Asleep and dark only the clock of the day goes on.
        expect_ago(page, "turn(true); put(1800); turn(false)", 2520)
