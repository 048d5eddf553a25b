"""Every word of the lounge is whole, readable, in the safe area and beside no other, everywhere.

One page for each of its languages; sizes of screen and turns are tried on that page.
"""

from itertools import pairwise
from typing import cast

import pytest
from playwright.sync_api import Browser, Page

from displays.legibility import LOUNGE, is_latin
from displays.views.lounge import LoungeProjection
from displays.views.lounge_views import Mask
from tests.displays.glyphs import cut_off, glyphs, unsafe
from tests.displays.lounge_pages import (
    LANGUAGES,
    MASKS,
    ODD_MASKS,
    SIZES,
    TICKETS,
    alike,
    cars,
    every_look,
    lounge,
)
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import (
    boxes,
    collisions,
    ink,
    mark_line,
    open_wall,
    region_html,
    wall_html,
)

every_language = pytest.mark.parametrize("language", LANGUAGES)

_TYPES = """() => {
  const found = [];
  for (const car of document.querySelectorAll('.car')) {
    const odd = car.querySelector('.is-long, .is-longer, .is-longest');
    const walker = document.createTreeWalker(car, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
      if (!text || at.closest('.note, small, .car-look') || odd && odd.contains(at)) continue;
      found.push([text, parseFloat(getComputedStyle(at).fontSize)]);
    }
  }
  return found;
}"""
_STEPS = """(of) => [...document.querySelectorAll(of)].map((step) => {
  const range = document.createRange();
  range.selectNodeContents(step);
  const boxes = [...range.getClientRects()].filter((box) => box.width);
  return (Math.min(...boxes.map((b) => b.left)) + Math.max(...boxes.map((b) => b.right))) / 2;
})"""


@every_language
def test_each_row_of_the_lounge_is_whole_and_readable(browser: Browser, language: str) -> None:
    html = wall_html("lounge", language, lounge((), cars(), 999))
    page = open_wall(browser, html, (1280, 720))
    for wide, high in every_look(page, language):
        _rows_are_whole(page, (wide, high), way=0)
        if high == SIZES[0][1]:
            page.evaluate(_FAR, True)
            _rows_are_whole(page, (wide, high), way=1)
            page.evaluate(_FAR, False)
    page.context.close()


_FAR = "(far) => document.documentElement.classList.toggle('is-far', far)"


def _rows_are_whole(page: Page, size: tuple[int, int], way: int) -> None:
    """Each in the type that legibility.py promises of a lounge set this way."""
    wide, high = size
    _well_set(page, ".car")
    seen = glyphs(page, ".car")
    assert cut_off(seen) == []
    assert max(one.right for one in seen) < 0.951 * wide
    _head_is_over_its_columns(page, wide)
    said = LOUNGE[is_latin(cast("str", page.evaluate("document.documentElement.lang")))][way]
    found = cast("list[tuple[str, float]]", page.evaluate(_TYPES))
    least = min(said.smallest_vh, 6.5) if way == 0 else said.smallest_vh
    assert [text for text, px in found if px < least / 100 * high * 0.998] == []
    assert {"A117", "W01"} <= {text for text, _ in found}


def _well_set(page: Page, rows: str) -> None:
    """In each row nothing lies on anything else, and nothing leaves the row up or down."""
    for seen, (top, bottom) in zip(ink(page, rows), boxes(page, rows), strict=True):
        assert collisions(seen) == []
        assert min(one.top for one in seen) > top, seen
        assert max(one.bottom for one in seen) < bottom, seen


def _head_is_over_its_columns(page: Page, wide: int) -> None:
    head = ink(page, ".cars-head")[0]
    assert collisions(head) == []
    gaps = [b.left - a.right for a, b in pairwise(head) if abs(a.top - b.top) < 1]
    assert min(gaps) > 0.003 * wide, "header words are words apart"
    words = page.evaluate(_STEPS, ".cars-head .step")
    dots = page.evaluate(_STEPS, ".car:first-child .step")
    assert words == pytest.approx(dots, abs=0.002 * wide)


@every_language
def test_three_cars_can_be_ready_in_the_type_that_is_promised(
    browser: Browser, language: str
) -> None:
    page = open_wall(browser, wall_html("lounge", language, lounge((), cars(), 5)), (1280, 720))
    panels = [_panel(language, TICKETS, mask) for mask in MASKS[::-1] + ODD_MASKS]
    panels.append(_panel(language, ("A117", "A118", "A119"), MASKS[0]))
    for number, (wide, high) in enumerate(every_look(page, language)):
        for panel in panels if number < 2 else panels[-1:]:
            page.evaluate("(html) => document.getElementById('ready').outerHTML = html", panel)
            _all_fits(page, (wide, high))
            called = "document.querySelector('.ready-car b')"
            assert page.evaluate(_PX, called) == pytest.approx(0.13 * high, rel=0.002)
            assert page.evaluate(_PX, "document.querySelector('.ready-more b')") >= 0.0669 * high
        if high == SIZES[0][1]:
            _fits_from_far(page, (wide, high), panels[0])
    page.context.close()


def _fits_from_far(page: Page, size: tuple[int, int], panel: str) -> None:
    """With the broadest plate on the panel and the foot below it, as before noon, or above."""
    page.evaluate("(html) => document.getElementById('ready').outerHTML = html", panel)
    page.evaluate(_FAR, True)
    page.evaluate("document.body.dataset.lines = -2; window.wall.turn(0)")
    assert (
        page.evaluate("[...document.querySelectorAll('.car')].filter((r) => r.offsetHeight).length")
        == 3
    )
    for swapped in (True, False):
        page.evaluate(
            "(on) => document.documentElement.classList.toggle('is-swapped', on)", swapped
        )
        _all_fits(page, size)
    page.evaluate(_FAR, False)
    page.evaluate("document.body.dataset.lines = 0; window.wall.turn(0)")


def _panel(language: str, tickets: tuple[str, ...], mask: Mask) -> str:
    cars = tuple(alike(ticket, mask) for ticket in tickets)
    return region_html(language, "ready", lounge(cars, [], 5)["ready"])


_PX = "(found) => parseFloat(getComputedStyle(eval(found)).fontSize)"
MARKS = ["", "is-swapped", "is-late", "is-late is-stale", "is-swapped is-late is-revoked"]


@every_language
def test_a_whole_lounge_fits_whatever_the_line_does(browser: Browser, language: str) -> None:
    views = LoungeProjection().project(SAMPLE, NOW)
    page = open_wall(browser, wall_html("lounge", language, views), (1280, 720))
    for number, size in enumerate(every_look(page, language)):
        for mark in MARKS if number < 2 else MARKS[:2]:
            mark_line(page, mark)
            _all_fits(page, size)
        mark_line(page, "")
        for shift in ("0", "0.7vh"):
            page.evaluate(_SHIFT, shift)
            assert unsafe(glyphs(page), *size) == [], "the picture moves against burning in"
    page.context.close()


_SHIFT = "(by) => document.querySelector('.wall').style.transform = `translate(${by}, ${by})`"


def _all_fits(page: Page, size: tuple[int, int]) -> None:
    assert collisions(ink(page, ".wall")[0]) == []
    seen = glyphs(page)
    assert cut_off(seen) == []
    assert unsafe(seen, *size) == []


@pytest.mark.parametrize("rule", ["line-height: 0.8", "margin-top: -0.5vh; height: 5vh"])
def test_a_sign_that_loses_its_tail_or_its_top_is_seen(browser: Browser, rule: str) -> None:
    page = open_wall(browser, wall_html("lounge", "en", lounge((), cars(), 5)), (1920, 1080))
    assert cut_off(glyphs(page, ".car")) == []
    page.add_style_tag(content=f".car-plate {{ {rule} }}")
    assert cut_off(glyphs(page, ".car")) != []
    page.context.close()
