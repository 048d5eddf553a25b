"""Where things stand on the glass of a wall.

On a picture less broad than 16 by 9, a desk's monitor or a window with a copy, every fact stays in
its row, on what fills that.
"""

from typing import cast

import pytest
from playwright.sync_api import Browser

from board.core import words
from displays.views.bay_faces import Face, Timing
from displays.views.overview import OverviewProjection
from displays.views.parts import View
from displays.views.tv import TvFootView, TvHeadView, TvRowsView, TvRowView
from tests.displays.every_word import SECOND
from tests.displays.glyphs import cut_ink, cut_off, glyphs
from tests.displays.lounge_pages import cars, lounge
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.test_reception_walls_fit import expected, queue
from tests.displays.wall_pages import collisions, ink, open_wall, outside, wall_html

SHAPES = [(1366, 900), (1280, 1024), (1024, 768)]
_FACTS = (
    ".row-plate, .chip-word, .row-goes-on, .row-sensor, .row-time small, .row-time b, .row-time .i"
)
_LEAVES = """(facts) => [...document.querySelectorAll('.row')].flatMap((row) => {
  const edge = row.getBoundingClientRect();
  const boxes = [...row.querySelectorAll(facts)].map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width).sort((one, other) => one[1].left - other[1].left);
  return boxes.filter(([one, box], at) => box.right > edge.right || box.left < edge.left ||
    at && box.left < boxes[at - 1][1].right - 1 && !boxes[at - 1][0].contains(one))
    .map(([one]) => one.className + one.textContent);
})"""


def _rows() -> dict[str, View]:
    rows: dict[str, View] = {}
    for at, word in enumerate((*words.CALL.values(), "Repair")):
        face = Face("s-help", "help", word, Timing("since", "waiting", SECOND - 4 * 3600))
        rows[f"row-{at}"] = TvRowView(str(at + 10), "京AD12345", face, "unknown")
    head, order = TvHeadView("一号厂房", 1, 2, 3), TvRowsView(tuple(rows), 9)
    return {"head": head, "order-rows": order, **rows, "foot": TvFootView(1, 2, 3, 4, 5)}


@pytest.mark.parametrize(
    ("language", "dress"), [("en", "is-latin rows-6 type-83"), ("zh-Hans", "rows-6 type-96")]
)
def test_every_fact_stays_in_its_row(browser: Browser, language: str, dress: str) -> None:
    page = open_wall(browser, wall_html("tv", language, _rows(), theme=dress), SHAPES[0])
    for width, height in SHAPES:
        page.set_viewport_size({"width": width, "height": height})
        assert cast("list[str]", page.evaluate(_LEAVES, _FACTS)) == [], (width, height)
    page.context.close()


def _lounge() -> dict[str, View]:
    """The broadest things that a lounge says: cars on its panel, times, notes, looks."""
    found = cars()
    return lounge(tuple(found[:3]), [*found[4:6], *found[-3:]], 5)


WALLS = {
    "lounge": _lounge(),
    "queue": queue(),
    "arrivals": expected(),
    "overview": OverviewProjection().project(SAMPLE, NOW),
}


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("audience", list(WALLS))
def test_no_fact_of_other_walls_is_cut_or_lies_on_another(
    browser: Browser, audience: str, language: str
) -> None:
    page = open_wall(browser, wall_html(audience, language, WALLS[audience]), SHAPES[0])
    for width, height in [(1280, 800), *SHAPES]:
        page.set_viewport_size({"width": width, "height": height})
        seen = ink(page, ".wall")[0]
        found = collisions(seen), outside(seen, width, height), cut_ink(page)
        assert found == ([], [], []), (width, height)
    page.context.close()


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_what_has_no_room_in_head_or_foot_is_left_out_whole(
    browser: Browser, language: str
) -> None:
    shop = "上海浦东新区第一汽车维修服务中心"
    views = {**_rows(), "head": TvHeadView(shop * 2, 88, 88, 88), "foot": TvFootView(*[88] * 5)}
    html = wall_html("tv", language, views, theme="rows-6 type-83", screen="Workshop hall TV-02")
    page = open_wall(browser, html, SHAPES[-1])
    page.evaluate("document.getElementById('age').textContent = '123:59 without news'")
    for width, height in [(960, 540), *SHAPES]:
        page.set_viewport_size({"width": width, "height": height})
        foot, head = (ink(page, part)[0] for part in (".foot-facts", ".head-facts"))
        assert [one.text for one in foot[1::2]] in (["88"] * 3, [*["88"] * 3, "88/88"])
        assert not any(one.text.startswith(shop) for one in head), "it has no room"
        assert cut_off(glyphs(page, ".head")) == cut_off(glyphs(page, ".foot")) == []
    page.context.close()


_LINES = """() => [...document.querySelectorAll(
  '.row-bay span, .row-plate, .row-time b, .chip-word')].map((one) => {
    const line = document.createRange();
    line.selectNodeContents(one);
    const boxes = [...line.getClientRects()].map((box) => box.bottom);
    return Math.max(...boxes) - one.closest('.row').getBoundingClientRect().bottom;
  })"""


@pytest.mark.parametrize("style", ["s-work", "s-late", "s-idle"])
def test_words_stand_on_the_line_of_bay_plate_and_time(browser: Browser, style: str) -> None:
    face = Face(style, "work", "Repair", Timing("next", "Wash"))
    row = TvRowView("1", "AB1234", face, "")
    views = {**_rows(), "row-0": row}
    dress = "is-latin rows-6 type-83"
    page = open_wall(browser, wall_html("tv", "en", views, theme=dress), (1920, 1080))
    page.evaluate("document.querySelectorAll('.row').forEach((row, at) => at && row.remove())")
    lines = cast("list[float]", page.evaluate(_LINES))
    assert len(lines) == 4
    assert max(lines) - min(lines) < 1, lines
    page.context.close()


def test_a_screen_switched_off_says_so_in_the_middle_of_the_glass(browser: Browser) -> None:
    page = open_wall(browser, wall_html("tv", "en", _rows()), (1280, 720))
    page.evaluate("document.getElementById('notice').hidden = false")
    for mark in ("is-revoked", "is-revoked is-swapped", "is-late is-stale is-swapped is-revoked"):
        page.evaluate("(mark) => { document.documentElement.className = mark }", mark)
        for part in ("#notice", "#notice small"):
            box = page.locator(part).bounding_box()
            assert box is not None
            assert abs(box["y"] + box["height"] / 2 - 360) < 7, (mark, part, box)
    page.context.close()
