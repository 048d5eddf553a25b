"""Every word on a wall stands out seven to one from what lies under it, every sign three to one.

Reckoned from the colours of real pages: in both themes, in every state of a row and of the line.
"""

from typing import cast

import pytest
from playwright.sync_api import Browser

from displays.views.bay_faces import Face, Timing
from displays.views.expected import ArrivalsProjection
from displays.views.lounge import LoungeProjection
from displays.views.overview import OverviewProjection
from displays.views.parts import Projection, View
from displays.views.queue import QueueProjection
from displays.views.tv import TvFootView, TvHeadView, TvProjection, TvRowsView, TvRowView
from tests.displays.every_word import SECOND
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import open_wall, wall_html

STYLES = ["work", "act", "warn", "late", "done", "idle", "help", "help is-answered"]
LINE = ["", "is-late", "is-late is-stale", "is-late is-revoked", "is-late is-stale is-revoked"]

_CONTRASTS = """
(dresses) => {
  const number = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (parts) => parts.slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (el) => {
    for (let at = el; at; at = at.parentElement) {
      const found = number(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] > 0.99) return found;
      if (found[3] > 0) throw new Error('half transparent: ' + at.className);
    }
    return number(getComputedStyle(document.body).backgroundColor);
  };
  const ratio = (el, colour) => {
    const [dark, bright] = [light(number(colour)), light(ground(el))].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const found = [];
  const keep = (dress, el, what, need) => {
    const row = el.closest('.row, .car, .ready, .head, .foot, .rack, .copy-mark');
    const found_in = row ? row.className : '', colour = getComputedStyle(el).color;
    found.push([dress, found_in, what, need, ratio(el, colour)]);
  };
  for (const dress of dresses) {
    document.documentElement.className = dress;
    document.getElementById('notice').hidden = !/late/.test(dress);
    for (const empty of document.querySelectorAll('[data-say], #age')) empty.textContent = 'x';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const el = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !el.getClientRects().length) continue;
      keep(dress, el, walker.currentNode.data.trim(), 7);
    }
    for (const icon of document.querySelectorAll('.wall .i')) {
      if (icon.getClientRects().length) keep(dress, icon, '(sign)', 3);
    }
  }
  return found;
}
"""


def _rows() -> dict[str, View]:
    rows: dict[str, View] = {}
    for at, style in enumerate(STYLES):
        timing = Timing("next", "Wash") if style == "done" else Timing("since", "waiting", SECOND)
        face = Face(f"s-{style}", "work", "Wash", timing)
        rows[f"row-{at}"] = TvRowView(str(at), "京AD12345", face, "unknown")
    head = TvHeadView("一号厂房", 1, 2, 3)
    return {"head": head, "order-rows": TvRowsView(tuple(rows), 99), **rows, "foot": _FOOT}


_FOOT = TvFootView(1, 2, 3, 4, 5)


def _pale(browser: Browser, html: str, themes: list[str]) -> tuple[set[str], set[str]]:
    """What stands out too little; and the classes of all that was looked at."""
    page = open_wall(browser, html, (1280, 720))
    page.emulate_media(reduced_motion="reduce")
    dresses = [f"{theme} {line}".strip() for theme in themes for line in LINE]
    found = cast("list[tuple[str, str, str, float, float]]", page.evaluate(_CONTRASTS, dresses))
    page.context.close()
    pale = {f"{' '.join(map(str, at))} {ratio:.1f}" for *at, need, ratio in found if ratio < need}
    return pale, {row for _, row, _, _, _ in found}


def test_every_state_of_a_row_stands_out_in_both_themes(browser: Browser) -> None:
    pale, seen = _pale(browser, wall_html("tv", "en", _rows()), ["", "theme-andon"])
    assert {f"row s-{style}" for style in STYLES} <= seen
    assert sorted(pale) == []


def test_the_lounge_stands_out(browser: Browser) -> None:
    html = wall_html("lounge", "zh-Hans", LoungeProjection().project(SAMPLE, NOW))
    pale, _ = _pale(browser, html, ["theme-lounge"])
    assert sorted(pale) == []


def test_the_whole_shop_stands_out_in_both_themes(browser: Browser) -> None:
    html = wall_html("overview", "zh-Hans", OverviewProjection().project(SAMPLE, NOW))
    pale, seen = _pale(browser, html, ["", "theme-andon"])
    assert {f"rack s-{style}" for style in ("work", "act", "warn", "idle")} <= seen
    assert sorted(pale) == []


@pytest.mark.parametrize(
    ("audience", "projection", "themes"),
    [
        ("tv", TvProjection(), ["", "theme-andon"]),
        ("overview", OverviewProjection(), ["", "theme-andon"]),
        ("arrivals", ArrivalsProjection(), ["", "theme-andon"]),
        ("lounge", LoungeProjection(), ["theme-lounge"]),
        ("queue", QueueProjection(), ["theme-lounge"]),
    ],
)
def test_a_copy_says_readably_that_it_is_one(
    browser: Browser, audience: str, projection: Projection, themes: list[str]
) -> None:
    html = wall_html(audience, "zh-Hans", projection.project(SAMPLE, NOW), copied=True)
    pale, seen = _pale(browser, html, themes)
    assert "copy-mark" in seen
    assert sorted(pale) == []
