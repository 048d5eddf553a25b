"""A wall on a television when its real server dies: it says so, keeps its data, and comes back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, WebSocket, expect

from tests.e2e.running import RunningShop, running_shop, until


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[RunningShop]:
    """A running shop with two cars in line."""
    with running_shop(tmp_path) as running:
        running.receive("京A12345")
        running.receive("京AD54321")
        yield running


@dataclass
class Wall:
    """A paired screen whose page's time can be moved on by hand, and what went wrong on it."""

    page: Page
    faults: list[str] = field(default_factory=list)
    loads: int = 0
    dials: int = 0

    def pair(self, shop: RunningShop, audience: str) -> "Wall":
        """Type a code as people do."""
        self.page.clock.install()
        self.page.on("response", self._heard)
        self.page.on("load", self._loaded)
        self.page.on("websocket", self._dialled)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._told)
        self.page.goto(f"{shop.url}/{audience}")
        self.page.fill("input[name=code]", shop.screen_code(audience))
        self.page.click("button")
        until(lambda: self.page.locator("[data-socket]").count() == 1 and self.loads == 2)
        self.pass_by(6)
        return self

    def _heard(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status} {response.url}")

    def _told(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _loaded(self, page: Page) -> None:
        self.loads += 1

    def _dialled(self, socket: WebSocket) -> None:
        self.dials += 1

    def dials_again(self) -> None:
        """Return when it has asked for its server once more: nothing sent before is on its way.

        From here on its time must run as ours does: faster, it would give up before any answer.
        """
        before = self.dials
        until(lambda: self.pass_by(1) and self.dials > before)

    def pass_by(self, seconds: int) -> bool:
        """Let time pass in the page; always true, for use in waits."""
        self.page.clock.run_for(seconds * 1000)
        return True

    def texts(self) -> list[str]:
        """What its regions say, in sight or not."""
        return self.page.locator("[data-r]").all_text_contents()

    def is_marked(self, mark: str) -> bool:
        """Whether the whole page carries a mark."""
        return self.page.locator(f"html.{mark}").count() == 1


@pytest.fixture
def wall(browser: Browser) -> Iterator[Wall]:
    """A television that nobody has paired yet."""
    size = {"width": 1920, "height": 1080}
    page = browser.new_context(viewport=size, locale="en-GB").new_page()  # type: ignore[arg-type]
    yield Wall(page)
    page.context.close()


@pytest.mark.parametrize("audience", ["tv", "lounge"])
def test_a_wall_outlives_its_server(shop: RunningShop, wall: Wall, audience: str) -> None:
    wall.pair(shop, audience)
    until(lambda: not wall.is_marked("is-late"))
    loads, before = wall.loads, wall.texts()
    shop.kill()
    wall.dials_again()
    wall.pass_by(21)
    assert wall.is_marked("is-late")
    assert re.fullmatch(r"\d:[0-5]\d without news", wall.page.locator("#age").inner_text())
    assert re.fullmatch(r"\d:[0-5]\d", wall.page.locator("#notice").inner_text())
    wall.pass_by(300)
    assert wall.is_marked("is-stale")
    expect(wall.page.locator("#notice")).to_have_text(re.compile(r"Offline\s*as of \d\d:\d\d"))
    assert wall.texts() == before, "the last data stay"
    shop.start()
    wall.dials_again()
    until(lambda: not wall.is_marked("is-late"))
    expect(wall.page.locator("#notice")).to_be_hidden()
    assert wall.page.locator("#age").inner_text() == ""
    plate = {"tv": "粤B12321", "lounge": "粤B12399"}[audience]
    shop.receive(plate)
    until(lambda: wall.texts() != before)
    wall.pass_by(120)
    assert wall.loads == loads, "it came back without loading itself anew"
    assert wall.faults == []


def test_a_reloaded_wall_needs_no_second_code(shop: RunningShop, wall: Wall) -> None:
    wall.pair(shop, "tv")
    wall.page.reload()
    expect(wall.page.locator("[data-socket]")).to_have_count(1)
    expect(wall.page.locator(".foot-end")).to_contain_text(re.compile(r"TV-\d\d"))
    assert wall.faults == []
