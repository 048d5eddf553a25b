"""A tablet leaves its page only while the shop answers: an error page has no way back."""

from playwright.sync_api import Browser, Page, expect

from tests.tablet_page.pages import ORIGIN, opened, tablet_html
from tests.tablet_page.test_targets import in_self_check


def go_to_points(page: Page) -> None:
    page.click(".deed.points")


def change_person(page: Page) -> None:
    page.click(".bar-button.me")
    page.click("#leave button")


def report(page: Page) -> None:
    page.click("[data-ask-now=telling]")
    page.click("dialog[open] .found")


def test_whoever_wants_to_leave_without_connection_is_told_and_stays(browser: Browser) -> None:
    with opened(browser, tablet_html(in_self_check(), "wang")) as page:
        page.route("**/healthz", lambda route: route.abort())
        for leave in (go_to_points, change_person, report):
            leave(page)
            expect(page.locator("#answer")).to_contain_text("No connection. Please try again.")
            assert page.url == ORIGIN + "/"
            page.click("#answer-ok")
        page.unroute("**/healthz")
        page.route("**/healthz", lambda route: route.fulfill(body="<p>guest network</p>"))
        go_to_points(page)
        expect(page.locator("#answer")).to_contain_text("No connection")
        page.click("#answer-ok")
        page.unroute("**/healthz")
        page.route("**/healthz", lambda route: route.fulfill(json={"status": "lives"}))
        page.route("**/sign-out", lambda route: route.abort())
        change_person(page)
        expect(page.locator("#answer")).to_contain_text("No connection")
        page.click("#answer-ok")
        with page.expect_request("**/orders/**"):
            go_to_points(page)
