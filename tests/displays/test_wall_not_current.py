"""Whoever reads a wall's rows also reads that they are not current, or that it is switched off."""

from typing import cast

import pytest
from playwright.sync_api import Browser, Page

from displays.views.lounge import LoungeProjection
from displays.views.tv import TvProjection
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import ink, open_wall, outside, wall_html

SIZE = (1280, 720)
WALLS = {
    ("tv", "zh-Hans"): ".chip",
    ("tv", "en"): ".chip",
    ("lounge", "zh-Hans"): ".car-state",
    ("lounge", "en"): ".car-state",
}
"""The smallest type that has to be read from afar, by wall."""

_TYPE = "(el) => parseFloat(getComputedStyle(el).fontSize)"
_GROUNDS = """() => [
  ...document.querySelectorAll('.row:not([hidden]), .car:not([hidden])'),
].map((row) => {
  const own = getComputedStyle(row).backgroundColor;
  return own === 'rgba(0, 0, 0, 0)' ? getComputedStyle(document.body).backgroundColor : own;
})"""


def _silent(page: Page, seconds: int) -> None:
    page.clock.run_for(seconds * 1000)


def _type(page: Page, wanted: str) -> float:
    return cast("float", page.locator(wanted).first.evaluate(_TYPE))


@pytest.fixture(params=WALLS)
def wall(browser: Browser, request: pytest.FixtureRequest) -> tuple[Page, str]:
    """A wall that never hears from its server, and what its rows say in their smallest type."""
    audience, language = request.param
    made = {"tv": TvProjection, "lounge": LoungeProjection}[audience]
    html = wall_html(audience, language, made().project(SAMPLE, NOW))
    page = open_wall(browser, html, SIZE, still=True)
    if (audience, language) == ("tv", "en"):
        page.evaluate("document.documentElement.className = 'is-latin type-83'")
    return page, WALLS[request.param]


def test_it_is_read_from_where_the_rows_are(wall: tuple[Page, str]) -> None:
    page, smallest = wall
    _silent(page, 14)
    assert not page.locator("#notice").is_visible()
    _silent(page, 3)
    assert page.locator("#notice small").inner_text().startswith("0:1")
    assert _type(page, "#notice small") >= _type(page, smallest), "from 15 s on"
    fresh = page.evaluate(_GROUNDS)
    _silent(page, 300)
    band = page.locator("#notice")
    box = band.bounding_box()
    assert box is not None
    assert box["x"] <= 0
    assert box["x"] + box["width"] >= SIZE[0], "as wide as the picture"
    assert min(_type(page, f"#notice {part}") for part in ("b", "small")) >= _type(page, smallest)
    assert outside([one for one in ink(page, "#notice")[0] if one.text != "(mark)"], *SIZE) == []
    stale = page.evaluate(_GROUNDS)
    assert len(set(stale)) == 1, "free rows too"
    assert not set(stale) & set(fresh)
    assert not page.locator(".head-clock").is_visible(), "no clock that looks live"
    times = page.locator("[data-r]").all_text_contents()
    _silent(page, 120)
    assert page.locator("[data-r]").all_text_contents() == times, "nor times"
    page.context.close()


def test_a_wall_that_was_switched_off_keeps_nothing(browser: Browser) -> None:
    for audience, made in (("tv", TvProjection), ("lounge", LoungeProjection)):
        html = wall_html(audience, "en", made().project(SAMPLE, NOW))
        page = open_wall(browser, html, SIZE, still=True, script=_REVOKED)
        page.clock.run_for(50)
        assert page.locator("[data-r]").count() == 0
        assert page.locator("body").inner_text().strip() == "This screen was switched off"
        assert page.locator("#notice").is_visible()
        page.context.close()


_REVOKED = """window.WebSocket = function () {
  setTimeout(() => this.onclose({code: 4401}), 20);
};"""
