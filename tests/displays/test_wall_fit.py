"""No text of a wall lies on another or leaves the screen: every word, both languages, all sizes."""

from dataclasses import replace
from itertools import cycle, islice, pairwise

import pytest
from playwright.sync_api import Browser, Page

from displays.views.lounge import LoungeProjection
from displays.views.lounge_views import CarsView, CarView, LoungeFootView, Mask, ReadyView, Span
from displays.views.parts import N_, View
from displays.views.tv import TvProjection
from tests.displays.every_word import LATER, TODAY, TOMORROW
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import SIZES, boxes, collisions, ink, open_wall, outside, wall_html

LANGUAGES = ["zh-Hans", "en"]

every_screen = pytest.mark.parametrize("size", SIZES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def _well_set(page: Page, rows: str) -> None:
    """In each row nothing lies on anything else, and nothing leaves the row up or down."""
    for seen, (top, bottom) in zip(ink(page, rows), boxes(page, rows), strict=True):
        assert collisions(seen) == []
        assert min(one.top for one in seen) > top, seen
        assert max(one.bottom for one in seen) < bottom, seen


MASKS = [Mask("京A", "***", "345"), Mask("粤Z", "**", "34港"), Mask("", "***", "78使")]
MASKS += [Mask("", "*" * 6, "345"), Mask("", "*" * 9, "MWM"), Mask("", "*" * 17, "WWW")]
STATES = [
    (0, N_("Receiving")),
    (1, N_("In line")),
    (2, N_("In repair")),
    (3, N_("Checking")),
    (4, N_("Finishing")),
    (4, N_("Collect")),
    (5, N_("Returned")),
]
SPANS = [Span(TODAY, TODAY), Span(TOMORROW, TOMORROW, "Wed"), Span(LATER, LATER), None]


def _cars() -> list[CarView]:
    count = len(STATES) * len(SPANS)
    parts = (islice(cycle(each), count) for each in (MASKS, STATES, SPANS))
    cars = [
        CarView(f"A{100 + at}", mask, step, word, span)
        for at, (mask, (step, word), span) in enumerate(zip(*parts, strict=True))
    ]
    asked = replace(_alike("B101", MASKS[0]), asked_back=True)
    moved = replace(cars[4], ticket="A1", span=SPANS[1], asked_back=True)
    called = replace(_alike("A2", MASKS[1]), word="Collect", ready=True, flagged=True)
    return [*cars, asked, _alike("B102", MASKS[3]), moved, called]


def _alike(ticket: str, mask: Mask) -> CarView:
    model = "GL8 Avenir 艾维亚 四座礼宾版"
    return CarView(ticket, mask, *STATES[4], alike=True, colour="珠光白", model=model)


def _lounge(ready: tuple[CarView, ...], cars: list[CarView], rows: int) -> dict[str, View]:
    shown = {f"car-{car.ticket}": car for car in cars}
    foot = LoungeFootView("上海浦东新区第一汽车维修服务中心")
    order = CarsView(tuple(shown), rows)
    return {"ready": ReadyView(ready), "order-cars": order, **shown, "foot": foot}


@every_language
@every_screen
def test_each_row_of_the_lounge_is_readable(
    browser: Browser, language: str, size: tuple[int, int]
) -> None:
    cars = _cars()
    html = wall_html("lounge", language, _lounge((), cars, 999))
    page = open_wall(browser, html, size)
    _well_set(page, ".car")
    assert max(one.right for row in ink(page, ".car") for one in row) < 0.951 * size[0]
    head = ink(page, ".cars-head")[0]
    assert collisions(head) == []
    gaps = [b.left - a.right for a, b in pairwise(head) if abs(a.top - b.top) < 1]
    assert min(gaps) > 0.003 * size[0], "header words are words apart"
    page.context.close()


@every_language
@every_screen
def test_three_cars_can_be_ready(browser: Browser, language: str, size: tuple[int, int]) -> None:
    for mask in MASKS:
        ready = tuple(_alike(f"A{at}", mask) for at in (117, 118, 119))
        html = wall_html("lounge", language, _lounge(ready, _cars(), 5))
        page = open_wall(browser, html, size)
        _all_fits(page, size)
        page.context.close()


MARKS = ["", "is-late", "is-late is-stale", "is-late is-revoked"]


@every_language
@every_screen
@pytest.mark.parametrize("audience", ["tv", "lounge"])
def test_a_whole_wall_fits_whatever_the_line_does(
    browser: Browser, language: str, size: tuple[int, int], audience: str
) -> None:
    projection = TvProjection() if audience == "tv" else LoungeProjection()
    page = open_wall(browser, wall_html(audience, language, projection.project(SAMPLE, NOW)), size)
    for mark in MARKS:
        page.evaluate(_MARK, mark)
        _all_fits(page, size)
    page.context.close()


def _all_fits(page: Page, size: tuple[int, int]) -> None:
    seen = ink(page, ".wall")[0]
    assert collisions(seen) == []
    assert outside(seen, *size) == []


_MARK = """(mark) => {
  const {body, documentElement} = document;
  documentElement.className = documentElement.className.replace(/ ?is-\\w+/g, '') + ' ' + mark;
  const word = (name, value) => body.getAttribute('data-word-' + name).replace('{}', value);
  const age = document.getElementById('age');
  age.textContent = mark ? word('age', '123:59') : '';
  document.getElementById('notice').hidden = !/stale|revoked/.test(mark);
  document.querySelector('[data-say]').textContent =
    /revoked/.test(mark) ? word('revoked', '') : word('stale', '14:05');
}"""
