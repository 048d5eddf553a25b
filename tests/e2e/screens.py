"""Browser windows of a running shop, one per screen; whatever a page complains about is kept."""

import re

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FloatRect,
    Page,
    ViewportSize,
    expect,
)

from tests.e2e.running import PIN, RunningShop

ANSWERS = ("status of 409", "status of 422", "status of 403", "status of 503", "ERR_CONNECTION")
"""The browser reports refused requests and a server that is away as errors; to us they are not."""


class Screens:
    """A browser window per screen, each with its own cookies."""

    def __init__(self, browser: Browser, shop: RunningShop, language: str = "en-GB") -> None:
        self._browser = browser
        self._shop = shop
        self._language = language
        self._contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def open(self, path: str, width: int, height: int) -> Page:
        """A window on a page of the shop."""
        context = self._browser.new_context(
            viewport=ViewportSize(width=width, height=height), locale=self._language
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._listen)
        page.goto(self._shop.url + path)
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        # Violations of the content security policy come as errors of the console.
        if message.type == "error" and not any(each in message.text for each in ANSWERS):
            self.faults.append(message.text)

    def wall(self, audience: str) -> Page:
        """A paired screen."""
        page = self.open(f"/{audience}", 1920, 1080)
        page.fill("input[name=code]", self._shop.screen_code(audience))
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-boot]")
        return page

    def person(self, name: str, lands_on: str, width: int = 1440, height: int = 900) -> Page:
        """Somebody signs in with their PIN."""
        page = self.open("/?tablet", width, height)
        self.sign_in(page, name)
        page.wait_for_url(f"**{lands_on}")
        return page

    def sign_in(self, page: Page, name: str) -> None:
        """Tap the name and the digits."""
        page.click(f"span.person:has-text('{name}')")
        for digit in PIN:
            page.click(f".pad button:text-is('{digit}')")

    def close(self) -> None:
        """Close every window."""
        while self._contexts:
            self._contexts.pop().close()


def tap(tablet: Page, deed: str) -> None:
    """Tap a deed for the line at hand, as the shop offers it.

    Until the shop has answered the tap before, buttons of the page's own stand in that place; one
    of them, found by its being in sight, would be waited for after it has gone out of sight.
    """
    tablet.click(f"#deeds .deed-set:not([hidden]) .deed.{deed}")


def drag(page: Page, card: str, onto: str) -> None:
    """Drag as a hand does: take it once it lies still, and let go over the lit place."""
    page.locator(card).hover(position={"x": 50, "y": 16})
    page.mouse.down()
    start, place = _box(page, card), page.locator(onto)
    page.mouse.move(start["x"] + 70, start["y"] + 30, steps=4)
    expect(page.locator(".sortable-fallback")).to_be_visible()
    end = _box(page, onto)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    expect(place).to_have_class(re.compile(r"\bdrop-here\b"))
    page.mouse.up()


def _box(page: Page, what: str) -> FloatRect:
    """Where something stands; it may be replaced by a frame while one looks."""
    while True:
        expect(page.locator(what)).to_be_visible()
        found = page.locator(what).bounding_box()
        if found is not None:
            return found
