"""No text of a television lies on another or leaves the screen, in both languages, all sizes."""

import pytest
from playwright.sync_api import Browser, Page

from displays.views.tv import TvProjection
from tests.displays.glyphs import cut_ink
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import (
    SIZES,
    collisions,
    ink,
    mark_line,
    open_wall,
    outside,
    wall_html,
)

LANGUAGES = ["zh-Hans", "en"]

every_screen = pytest.mark.parametrize("size", SIZES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


MARKS = [
    "",
    "is-late",
    "is-late is-stale",
    "is-late is-revoked",
    "is-swapped",
    "is-late is-stale is-swapped",
]


@every_language
@every_screen
def test_a_whole_television_fits_whatever_the_line_does(
    browser: Browser, language: str, size: tuple[int, int]
) -> None:
    page = open_wall(browser, wall_html("tv", language, TvProjection().project(SAMPLE, NOW)), size)
    for mark in MARKS:
        mark_line(page, mark)
        _all_fits(page, size)
        assert cut_ink(page) == []
    page.context.close()


def _all_fits(page: Page, size: tuple[int, int]) -> None:
    seen = ink(page, ".wall")[0]
    assert collisions(seen) == []
    assert outside(seen, *size) == []
