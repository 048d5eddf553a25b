"""The words of states stand whole on their chips: their ink, tails too, however many rows."""

from typing import cast

import pytest
from playwright.sync_api import Browser

from displays.legibility import Writing, sizes
from tests.displays.test_wall_legible import _dress, _views
from tests.displays.wall_pages import open_wall, wall_html

_HANGING = """(classes) => {
  document.documentElement.className = classes;
  document.body.dataset.lines = 999;
  window.wall.turn(0);
  const pen = document.createElement('canvas').getContext('2d'), found = [];
  for (const word of document.querySelectorAll('.chip-word')) {
    const style = getComputedStyle(word), chip = word.parentElement.getBoundingClientRect();
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const says = pen.measureText(word.textContent), box = word.getBoundingClientRect();
    const room = says.fontBoundingBoxAscent + says.fontBoundingBoxDescent;
    const base = box.top + (box.height - room) / 2 + says.fontBoundingBoxAscent;
    const above = base - says.actualBoundingBoxAscent - chip.top;
    const below = chip.bottom - base - says.actualBoundingBoxDescent;
    if (above < 0 || below < 0) {
      found.push(`${word.textContent} ${above.toFixed(1)} ${below.toFixed(1)}`);
    }
  }
  return [...new Set(found)];
}"""


@pytest.mark.parametrize(("language", "marks"), [("en", " is-latin"), ("zh-Hans", "")])
def test_no_word_hangs_out_of_its_chip(browser: Browser, language: str, marks: str) -> None:
    page = open_wall(browser, wall_html("tv", language, _views()), (1920, 1080))
    ways = {
        _dress(size) + marks
        for tails in (False, True)
        for size in sizes(Writing(bool(marks), tails))
    }
    found = {way: cast("list[str]", page.evaluate(_HANGING, way)) for way in sorted(ways)}
    page.context.close()
    assert {way: words for way, words in found.items() if words} == {}
