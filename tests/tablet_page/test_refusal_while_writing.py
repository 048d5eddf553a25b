"""A refusal never takes away what somebody is writing, nor is it put away by what they write."""

from playwright.sync_api import Browser, expect

from tests.tablet_page.floor import busy
from tests.tablet_page.pages import opened, tablet_html
from tests.tablet_page.test_foreign_answers import HAS_HEARD, answering, foreign
from tests.tablet_page.test_outbox import press


def test_a_refusal_waits_until_nobody_is_writing(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        refusal = '<div class="refusal" data-code="not_yet"><p>Not yet.</p></div>'
        no: dict[str, object] = {"status": 409, "body": refusal, "content_type": "text/html"}
        answering(page, "**/do/**", iter([*foreign(503), no]))
        page.clock.install()
        press(page, "finish")
        page.click("[data-ask-now=telling]")
        page.click("dialog[open] [data-ask-now=words]")
        page.click("#words")
        page.keyboard.type("Brake pads 2 mm, rig")
        page.wait_for_function(HAS_HEARD)
        page.clock.fast_forward(16_000)
        page.wait_for_function("() => BaylightOutbox.refused().length")
        page.keyboard.type("ht side ")
        expect(page.locator("#words")).to_have_value("Brake pads 2 mm, right side ")
        expect(page.locator("#answer")).to_be_hidden()
        page.click("dialog[open] [data-close]")
        expect(page.locator("#answer")).to_contain_text("Not yet.")
        expect(page.locator("#answer-ok")).to_be_focused()
