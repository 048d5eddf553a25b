"""Whole wall pages made of any views, in a browser, and where their texts stand on the glass."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from playwright.sync_api import Browser, Page, Route

from board.languages import Languages
from displays.render import PageFacts, Renderer
from displays.views.parts import View
from displays.wall_pages import PAGES
from tests.displays.sample_shop import NOW

ROOT = Path(__file__).parents[2]
ADDRESS = "http://wall.test"
THEMES = {
    "tv": "",
    "overview": "",
    "lounge": "theme-lounge",
    "queue": "theme-lounge",
    "arrivals": "",
}
SIZES = [(1920, 1080), (1366, 768), (3840, 2160)]
_KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}

_INK = """
(wanted) => [...document.querySelectorAll(wanted)].map((top) => {
  const ink = [];
  const clip = (box, node) => {
    for (let at = node; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX === 'visible') continue;
      const edge = at.getBoundingClientRect();
      box = {left: Math.max(box.left, edge.left), right: Math.min(box.right, edge.right),
        top: Math.max(box.top, edge.top), bottom: Math.min(box.bottom, edge.bottom)};
    }
    return box;
  };
  const keep = (box, node, text, number) => {
    const seen = clip(box, node);
    if (seen.right - seen.left > 0.5 && seen.bottom - seen.top > 0.5) {
      ink.push([text, number, seen.left, seen.top, seen.right, seen.bottom]);
    }
  };
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let number = 0; walker.nextNode(); number++) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.matches('.dot,script')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      // The box of a line has room for accents and tails that capitals and Han signs leave empty.
      const high = box.bottom - box.top;
      keep({left: box.left, right: box.right, top: box.top + 0.27 * high,
        bottom: box.bottom - 0.15 * high}, parent, node.data.trim(), number);
    }
  }
  for (const mark of top.querySelectorAll('.i,.step i')) {
    keep(mark.getBoundingClientRect(), mark, '(mark)', -1);
  }
  return ink;
})
"""


@dataclass(frozen=True, slots=True)
class Ink:
    """A text on the glass and its box in pixels; `number` tells the texts of a page apart."""

    text: str
    number: int
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Ink") -> bool:
        """Whether the boxes of two texts share more than a hair's breadth."""
        if self.number == other.number >= 0:
            return False
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5


def wall_html(audience: str, language: str, views: Mapping[str, View], **facts: object) -> str:
    """The page of a wall as the server makes it, from views instead of a shop.

    `copied`: its picture as a manager looks at it.
    """
    renderer = Renderer(ROOT / "templates", Languages(ROOT / "locales").translations)
    regions = {key: renderer.region(key, view, language) for key, view in views.items()}
    at_ms = int(NOW.timestamp() * 1000)
    copied = bool(facts.pop("copied", False))
    told = PageFacts(
        audience, "b", 1, "e", 1, at_ms, 1.0, 480, "/live", "b1", regions, copied=copied
    )
    named = {"theme": THEMES[audience], "screen": "TV-02", **facts}
    return renderer.page(PAGES[audience], language, told, **named)


def region_html(language: str, key: str, view: View) -> str:
    """One region as the server makes it."""
    renderer = Renderer(ROOT / "templates", Languages(ROOT / "locales").translations)
    return renderer.region(key, view, language)


def open_wall(
    browser: Browser, html: str, size: tuple[int, int], still: bool = False, script: str = ""
) -> Page:
    """The page on a screen of that size, filled by its script, without a server behind it.

    `still`: time moves only as the test says. `script` runs before those of the page.
    """
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.route("**/*", lambda route: _answer(route, html))
    page.route_web_socket("**/*", lambda socket: None)
    if still:
        page.clock.install(time=0)
        page.clock.pause_at(1_000)
    if script:
        page.add_init_script(script)
    page.goto(f"{ADDRESS}/wall")
    return page


def _answer(route: Route, html: str) -> None:
    path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
    if path.startswith("/static/"):
        file = ROOT / path[1:]
        route.fulfill(path=file, content_type=_KINDS[file.suffix])
    else:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")


def ink(page: Page, wanted: str) -> list[list[Ink]]:
    """Every text and mark that can be seen, for each element that the selector finds."""
    found = cast(
        "list[list[tuple[str, int, float, float, float, float]]]", page.evaluate(_INK, wanted)
    )
    return [[Ink(*one) for one in inside] for inside in found]


def boxes(page: Page, wanted: str) -> list[tuple[float, float]]:
    """Top and bottom of each element that the selector finds."""
    return [
        (box["y"], box["y"] + box["height"])
        for one in page.locator(wanted).all()
        if (box := one.bounding_box())
    ]


def collisions(seen: list[Ink]) -> list[tuple[str, str]]:
    """Pairs that lie on each other."""
    pairs = ((one, other) for at, one in enumerate(seen) for other in seen[at + 1 :])
    return [(one.text, other.text) for one, other in pairs if one.touches(other)]


def outside(seen: list[Ink], width: float, height: float) -> list[str]:
    """What leaves the screen, or the margin that a television may cut off."""
    x, y = width * 0.05 - 0.5, height * 0.05 - 0.5
    return [
        one.text
        for one in seen
        if one.left < x or one.right > width - x or one.top < y or one.bottom > height - y
    ]


def mark_line(page: Page, mark: str) -> None:
    """Let a wall look as it does while its line is in this state, `mark` being classes of its
    script; a second language stays.
    """
    page.evaluate(_MARK, mark)


_MARK = """(mark) => {
  const {body, documentElement} = document;
  const kept = documentElement.className.split(' ').filter((one) => !/^is-(?!second)/.test(one));
  documentElement.className = [...kept, mark].join(' ');
  const word = (name, value) => body.getAttribute('data-word-' + name).replace('{}', value);
  const age = document.getElementById('age');
  age.textContent = mark ? word('age', '123:59') : '';
  document.getElementById('notice').hidden = !mark.includes("is-late");
  document.querySelector('[data-say]').textContent =
    /revoked/.test(mark) ? word('revoked', '') :
    /stale/.test(mark) ? word('stale', '14:05') : '4:59';
}"""
