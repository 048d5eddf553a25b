"""Where the ink of a wall's texts really is: the shapes of its signs, not the boxes of its lines.

A box of a line says nothing of tails: Q, g, y and Han signs leave it where line heights are small.
"""

from dataclasses import dataclass
from typing import cast

from playwright.sync_api import Page

SAFE = 0.05
"""The part of a picture's width and height that a television may cut off at each edge."""

_HAIR = 0.75

# A line's box begins at its baseline less what the font rises, rounded as Chromium does.
_GLYPHS = """
(wanted) => {
  const canvas = document.createElement('canvas').getContext('2d'), found = [];
  const shapes = (text, style) => {
    canvas.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return canvas.measureText(text);
  };
  // What of [low, high] stays to be seen, and how much is cut off beside that.
  const clipped = (node, low, high, across) => {
    let cut = 0;
    for (let at = node; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at), box = at.getBoundingClientRect();
      if (style.overflowX === 'visible') continue;
      const [first, last] = across ? [box.left, box.right] : [box.top, box.bottom];
      // What ends in an ellipsis says that it goes on.
      const goesOn = across && style.textOverflow === 'ellipsis';
      if (!goesOn) cut = Math.max(cut, first - low, high - last);
      low = Math.max(low, first);
      high = Math.min(high, last);
    }
    return {low, high, cut};
  };
  // On a line below the one that is seen: left out whole, as where there is no room.
  const leftOut = (part) => part && part.getBoundingClientRect().top >=
    part.parentElement.getBoundingClientRect().bottom - 0.5;
  for (const top of document.querySelectorAll(wanted)) {
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement, range = document.createRange();
      const text = node.data.trim();
      if (!text || parent.closest('.dot, script, svg')) continue;
      if (leftOut(parent.closest('.foot-fact, .head-title small'))) continue;
      range.selectNodeContents(node);
      const ink = shapes(text, getComputedStyle(parent));
      for (const box of range.getClientRects()) {
        if (box.width < 0.5) continue;
        const base = box.top + Math.round(ink.fontBoundingBoxAscent);
        const across = clipped(parent, box.left, box.right, true);
        const down = clipped(parent, base - ink.actualBoundingBoxAscent,
          base + ink.actualBoundingBoxDescent, false);
        found.push([text, across.low, down.low, across.high, down.high,
          Math.max(across.cut, down.cut)]);
      }
    }
  }
  return found;
}
"""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The ink of a text in pixels; `cut`: how much of it some box on the way cuts off."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    cut: float


def glyphs(page: Page, wanted: str = ".wall") -> list[Glyphs]:
    """The ink of every text that can be seen in what the selector finds.

    What ends in an ellipsis where there is no room is not cut: it is said to go on.
    """
    found = page.evaluate(_GLYPHS, wanted)
    return [
        Glyphs(*one) for one in cast("list[tuple[str, float, float, float, float, float]]", found)
    ]


def cut_off(seen: list[Glyphs]) -> list[str]:
    """The texts of which some sign is cut."""
    return [one.text for one in seen if one.cut > _HAIR]


def cut_ink(page: Page) -> list[str]:
    """The texts of a whole page of which some sign is cut."""
    return sorted(set(cut_off(glyphs(page, "body"))))


def cut_rows(page: Page, classes: str) -> list[str]:
    """The same of all rows of a wall at once, set by these classes; before noon."""
    page.evaluate(
        """(classes) => {
          document.documentElement.className = classes;
          document.body.dataset.lines = 999;
          window.wall.turn(0);
        }""",
        classes,
    )
    # All at once they stand in columns beside the picture, too.
    shown = [one for one in glyphs(page, "body") if one.left < one.right]
    return sorted(set(cut_off(shown)))


def unsafe(seen: list[Glyphs], width: float, height: float) -> list[str]:
    """The texts with ink where a television may cut the picture off."""
    x, y = width * SAFE - _HAIR, height * SAFE - _HAIR
    return [
        one.text
        for one in seen
        if one.left < x or one.right > width - x or one.top < y or one.bottom > height - y
    ]
