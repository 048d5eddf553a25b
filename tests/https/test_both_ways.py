"""One browser, one host, plain HTTP and https: each has cookies of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.https.conftest import Served
from tests.tablet_page.conftest import House


@pytest.fixture
def one_browser(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(ignore_https_errors=True, locale="en-US")
    yield context
    context.close()


def _is_in(context: BrowserContext, house: House) -> bool:
    return context.request.get(f"{house.url}/").url == f"{house.url}/tablet"


def _sign_out(page: Page, house: House) -> None:
    page.goto(f"{house.url}/tablet")
    page.evaluate("document.querySelector('form[action=\"/sign-out\"]').submit()")
    page.wait_for_url("**/?tablet")


def test_who_signs_in_both_ways_signs_out_one_by_one(
    served: Served, one_browser: BrowserContext
) -> None:
    page, plain, secure = one_browser.new_page(), served.plain, served.secure
    for house in (secure, plain):
        house.sign_in(page, "王强")
    assert (_is_in(one_browser, secure), _is_in(one_browser, plain)) == (True, True)
    _sign_out(page, secure)
    assert (_is_in(one_browser, secure), _is_in(one_browser, plain)) == (False, True)
    secure.sign_in(page, "周立")
    _sign_out(page, plain)
    assert (_is_in(one_browser, secure), _is_in(one_browser, plain)) == (True, False)
    kept = {each["name"] for each in one_browser.cookies() if each["secure"]}
    assert "__Host-baylight_session" in kept
    assert all(name.startswith("__Host-") for name in kept)


def _shown(page: Page, house: House) -> str:
    page.goto(f"{house.url}/tv")
    return page.locator("#code").inner_text()


def _pair(desk: Page, house: House, csrf: str, code: str) -> None:
    form: dict[str, str | float | bool] = {"csrf": csrf, "audience": "tv", "code": code}
    address, origin = f"{house.url}/admin/screens/approve", {"Origin": house.url}
    answer = desk.request.post(address, form=form, headers=origin, max_redirects=0)
    assert answer.status == 303, answer.text()


def test_a_wall_that_was_paired_over_https_is_paired_again_over_plain_http(
    served: Served, one_browser: BrowserContext, desk: Page
) -> None:
    wall = one_browser.new_page()
    csrf = served.plain.sign_in_at_desk(desk)
    for house in (served.secure, served.plain):
        _pair(desk, served.plain, csrf, _shown(wall, house))
        expect(wall.locator("[data-socket]")).to_have_count(1, timeout=20_000)
    wall.reload()
    expect(wall.locator("[data-socket]")).to_have_count(1)
    one_browser.clear_cookies(name="__Host-baylight_screen_tv")
    # The pairing of plain HTTP is a browser's pairing: over https the same wall, no letters.
    wall.goto(f"{served.secure.url}/tv")
    expect(wall.locator("[data-socket]")).to_have_count(1)
