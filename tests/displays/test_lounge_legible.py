"""Ticket, plate, state and time of the lounge are large enough on the glass, on every screen."""

from typing import cast

import pytest
from playwright.sync_api import Browser

from displays.legibility import SMALLEST_VH
from displays.views.lounge import LoungeProjection
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import open_wall, wall_html

SIZES = [(960, 540), (1280, 720), (1920, 1080), (3840, 2160)]

_TYPES = """() => {
  const found = [];
  for (const car of document.querySelectorAll('.car')) {
    const walker = document.createTreeWalker(car, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || at.closest('.note, small, .car-look')) continue;
      found.push([walker.currentNode.data.trim(), parseFloat(getComputedStyle(at).fontSize)]);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_ticket_plate_state_and_time_of_the_lounge_are_readable(
    browser: Browser, language: str
) -> None:
    """Falls over when static/lounge.css has smaller type than `SMALLEST_VH` says."""
    html = wall_html("lounge", language, LoungeProjection().project(SAMPLE, NOW))
    page = open_wall(browser, html, SIZES[0])
    for wide, high in SIZES:
        page.set_viewport_size({"width": wide, "height": high})
        found = cast("list[tuple[str, float]]", page.evaluate(_TYPES))
        assert len(found) > 20
        smallest = SMALLEST_VH["lounge"][language == "en"] / 100 * high
        assert [text for text, px in found if px < smallest * 0.998] == []
    page.context.close()
