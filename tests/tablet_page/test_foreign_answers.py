"""Answers that are not the shop's, a guest network's or a proxy's: what was tapped waits on."""

from collections.abc import Iterator

from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from tests.tablet_page.floor import busy
from tests.tablet_page.pages import opened, tablet_html
from tests.tablet_page.test_outbox import PNG, press

FOREIGN = "<html><body>Welcome to the guest network</body></html>"
HAS_HEARD = "() => BaylightOutbox.items()[0].leaving === false"
A_FRAME = "() => BaylightRegions.apply({regions: {job: job.outerHTML}, gone: []})"
OURS = {"X-Board-Seq": "9"}


def answering(page: Page, address: str, answers: Iterator[dict[str, object]]) -> None:
    """Let each request to the address have the next answer."""

    def answer(route: Route) -> None:
        route.fulfill(**next(answers))  # type: ignore[arg-type]

    page.route(address, answer)


def foreign(*statuses: int) -> list[dict[str, object]]:
    """Answers of somebody in between."""
    return [{"status": each, "body": FOREIGN, "content_type": "text/html"} for each in statuses]


def test_a_tap_waits_through_every_answer_that_is_not_the_shops(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        refusal = '<div class="refusal" data-code="not_yet"><p>Not yet.</p></div>'
        ours: list[dict[str, object]] = [
            {"status": 409, "body": refusal, "content_type": "text/html"},
            {"status": 204, "headers": OURS},
        ]
        answers = iter([*foreign(200, 401, 403, 404, 204), *ours])
        answering(page, "**/do/**", answers)
        page.clock.install()
        press(page, "finish")
        for _ in range(5):
            page.wait_for_function(HAS_HEARD)
            expect(page.locator("#unsent b")).to_have_text("1")
            page.clock.fast_forward(16_000)
        expect(page.locator("#answer")).to_contain_text("Not yet.")
        assert next(answers, None) == ours[1]


def test_a_photo_that_a_stranger_took_stops_nothing(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        names = iter([*foreign(200), {"status": 200, "body": '{"photo": "p1"}'}])
        answering(page, "**/photos?**", names)
        sent: list[str] = []

        def take(route: Route) -> None:
            sent.append(route.request.post_data or "")
            route.fulfill(status=204, headers=OURS)

        page.route("**/do/**", take)
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.clock.install()
        photo: FilePayload = {"name": "1.png", "mimeType": "image/png", "buffer": PNG}
        page.set_input_files("#take-photo", [photo])
        page.wait_for_function(HAS_HEARD)
        expect(page.locator("#unsent b")).to_have_text("1")
        page.clock.fast_forward(16_000)
        expect(page.locator("#unsent")).to_be_hidden()
        assert "photos=p1" in sent[0]
        assert wrong == []


def test_a_photo_too_large_for_a_proxy_holds_up_nothing(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        answering(page, "**/photos?**", iter(foreign(413)))
        page.route("**/do/**", lambda route: route.fulfill(status=204, headers=OURS))
        photo: FilePayload = {"name": "1.png", "mimeType": "image/png", "buffer": PNG}
        page.set_input_files("#take-photo", [photo])
        expect(page.locator("#answer")).to_contain_text("This was refused.")
        expect(page.locator("#unsent")).to_be_hidden()


def test_a_stranger_cannot_put_the_outbox_to_sleep(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        hour = {**foreign(503)[0], "headers": {"Retry-After": "3600", "Content-Type": "text/html"}}
        answering(page, "**/do/**", iter([hour, hour, {"status": 204, "headers": OURS}]))
        page.clock.install()
        press(page, "finish")
        page.wait_for_function(HAS_HEARD)
        with page.expect_response("**/do/**"):
            page.clock.fast_forward(16_000)
        page.wait_for_function(HAS_HEARD)
        expect(page.locator("#unsent b")).to_have_text("1")
        page.evaluate(A_FRAME)
        expect(page.locator("#unsent")).to_be_hidden()


def test_a_badge_that_a_stranger_took_is_said_to_have_found_no_connection(
    browser: Browser,
) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        answering(page, "**/sign-in/badge", iter(foreign(200)))
        for key in ("B", *"0123456789" * 4, "Enter"):
            page.keyboard.press(key)
        expect(page.locator("#answer")).to_contain_text("No connection.")
