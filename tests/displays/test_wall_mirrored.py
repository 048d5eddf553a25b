"""Walls stand from right to left as whole as the other way: nothing lies on anything, or is cut."""

import pytest
from playwright.sync_api import Browser

from displays.views.lounge import LoungeProjection
from displays.views.overview import OverviewProjection
from displays.views.parts import Projection
from displays.views.tv import TvProjection
from tests.displays.glyphs import cut_ink
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import collisions, ink, open_wall, outside, wall_html

_SIDES = """(parts) => parts.map((part) => {
  const box = document.querySelector(part).getBoundingClientRect();
  return (box.left + box.right) / 2;
})"""
_GAPS = """() => [...document.querySelectorAll(".row")].filter(
    (row) => row.offsetHeight).map((row) => {
  const boxes = ['.row-bay span', '.row-plate', '.chip', '.row-time b'].map((part) => {
    const el = row.querySelector(part), range = document.createRange();
    if (!el || !el.textContent.trim()) return null;
    if (part === '.chip') return el.getBoundingClientRect();
    range.selectNodeContents(el);
    return range.getBoundingClientRect();
  }).filter(Boolean);
  return Math.min(...boxes.slice(1).map((box, at) => boxes[at].left - box.right));
})"""


@pytest.mark.parametrize(
    ("audience", "projection", "parts"),
    [
        ("tv", TvProjection(), [".row-time", ".row-state", ".row-plate", ".row-bay"]),
        ("overview", OverviewProjection(), [".row-time", ".row-state", ".row-plate", ".row-bay"]),
        ("lounge", LoungeProjection(), [".car-eta", ".car-state", ".car-steps", ".car-ticket"]),
    ],
)
@pytest.mark.parametrize("size", [(960, 540), (1920, 1080)])
def test_a_wall_in_a_language_from_right_to_left_is_whole(
    browser: Browser,
    audience: str,
    projection: Projection,
    parts: list[str],
    size: tuple[int, int],
) -> None:
    # There is no such language yet: the words are English, and are set as those are.
    html = wall_html(audience, "ar", projection.project(SAMPLE, NOW))
    html = html.replace('lang="ar"', 'lang="en"')
    page = open_wall(browser, html, size)
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    seen = ink(page, ".wall")[0]
    assert collisions(seen) == []
    assert outside(seen, *size) == []
    assert cut_ink(page) == []
    middles = page.evaluate(_SIDES, parts)
    assert middles == sorted(middles), "the first fact stands on the right"
    if audience != "lounge":
        assert min(page.evaluate(_GAPS)) > 0.004 * size[0]
    page.context.close()
