"""No sign on a television is cut, in both themes, traditional Chinese too, head or foot on top."""

import pytest
from playwright.sync_api import Browser

from displays.legibility import Writing, sizes
from tests.displays.glyphs import cut_rows
from tests.displays.test_wall_legible import SIZES, _dress, _views
from tests.displays.wall_pages import open_wall, wall_html

MARKS = ("", " theme-andon", " is-swapped", " is-late is-stale")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_in_any_theme_or_state(browser: Browser, size: tuple[int, int]) -> None:
    page = open_wall(browser, wall_html("tv", "zh-Hant", _views()), size)
    found = sizes(Writing())
    ways = [_dress(one) + mark for one in (found[0], found[-1]) for mark in MARKS]
    cut = {f"{way}: {each}" for way in ways for each in cut_rows(page, way)}
    page.context.close()
    assert sorted(cut) == []
