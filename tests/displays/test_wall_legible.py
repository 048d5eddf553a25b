"""Every fact of a workshop TV is large enough on the glass, whole, and inside the safe area.

One page a size of screen and language; all ways to set it are tried on that page by its classes.
"""

from typing import TypedDict, cast

import pytest
from playwright.sync_api import Browser

from board.core import words
from displays.legibility import (
    SMALLEST_VH,
    Size,
    Writing,
    fitting,
    han_m,
    latin_m,
    readable_m,
    sizes,
)
from displays.views.bay_faces import Timing
from displays.views.overview import OverviewProjection, RackView
from displays.views.parts import View
from displays.views.tv import TvFootView, TvHeadView, TvRowsView
from tests.displays.every_word import (
    BAYS,
    LONG_AGO,
    NAMED_BAYS,
    PLATES,
    YESTERDAY,
    every_row,
)
from tests.displays.glyphs import cut_ink, cut_rows
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import open_wall, wall_html

DIAGONALS = (43, 50, 55, 65, 75)
SIZES = [(960, 540), (1280, 720), (1920, 1080), (3840, 2160)]
EACH = (False, True)


class Row(TypedDict):
    """A row on the glass: pixels of each fact's type, and what is wrong with it.

    `away`: of a car that calls for help and stands in no bay.
    """

    page: str
    bay: str
    away: bool
    type: dict[str, float]
    wrong: list[str]


_MEASURED = """
(ways) => {
  const frame = '.head-clock, .head-title, .counts, .foot-end, .foot-facts, .row';
  const root = document.documentElement, found = [], wide = innerWidth, high = innerHeight;
  const of = (box) => [box.left, box.top, box.right, box.bottom];
  const text = (el) => {
    const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT), boxes = [];
    while (walker.nextNode()) {
      const node = walker.currentNode, range = document.createRange();
      if (!node.data.trim() || node.parentElement.matches('.dot')) continue;
      range.selectNodeContents(node);
      boxes.push(...[...range.getClientRects()].filter((box) => box.width));
    }
    // A line's box has room for accents and tails that capitals and Han signs leave empty.
    const least = (of) => Math.min(...boxes.map(of)), most = (of) => Math.max(...boxes.map(of));
    return boxes.length ? [least((b) => b.left), least((b) => b.top + 0.27 * b.height),
      most((b) => b.right), most((b) => b.bottom - 0.15 * b.height)] : null;
  };
  const type = (el) => el && el.textContent.trim() ? parseFloat(getComputedStyle(el).fontSize) : 0;
  const measure = (row, page) => {
    const part = (name) => row.querySelector(name), wrong = [];
    const bay = part('.row-bay span').textContent;
    const facts = {bay: part('.row-bay'), plate: part('.row-plate'), state: part('.chip-word'),
      time: part('.row-time b')};
    const boxes = [text(facts.bay), text(facts.plate), of(part('.chip').getBoundingClientRect())];
    const beside = part('.row-goes-on') || part('.row-sensor');
    if (beside) boxes.push(of(beside.getBoundingClientRect()));
    boxes.push(text(part('.row-time')));
    const seen = boxes.filter(Boolean), edge = of(row.getBoundingClientRect());
    for (let at = 1; at < seen.length; at++) {
      const gap = seen[at][0] - seen[at - 1][2];
      if (gap < 0.004 * wide) wrong.push('gap ' + at + ' of ' + gap.toFixed(1));
    }
    for (const box of seen) {
      if (box[1] < edge[1] || box[3] > edge[3]) wrong.push('cut ' + box + ' in ' + edge);
      if (box[2] > edge[2] - 0.01 * wide) wrong.push('beyond the row');
    }
    if (facts.plate.scrollWidth > facts.plate.clientWidth + 1) wrong.push('plate cut');
    const types = {};
    for (const name in facts) types[name] = type(facts[name]);
    found.push({page, bay, away: row.matches('.is-away'), type: types, wrong});
  };
  const safe = (page) => {
    for (const el of document.querySelectorAll(frame)) {
      const box = el.getBoundingClientRect();
      if (box.width && (box.left < 0.05 * wide - 0.5 || box.right > 0.95 * wide + 0.5
        || box.top < 0.05 * high - 0.5 || box.bottom > 0.95 * high + 0.5)) {
        found.push({page, bay: '', away: false, type: {}, wrong: ['unsafe ' + el.className]});
      }
    }
    for (const el of document.querySelectorAll('.rack-head, .rack-first')) {
      if (el.scrollWidth > el.clientWidth + 1) {
        found.push({page, bay: '', away: false, type: {}, wrong: ['too broad ' + el.textContent]});
      }
    }
  };
  for (const way of ways) {
    root.className = way.classes;
    // All rows at once below each other to measure them, then one full page for its edges.
    document.body.dataset.lines = 999;
    window.wall.turn(0);
    document.querySelectorAll('.row').forEach((row) => measure(row, way.classes));
    document.body.dataset.lines = way.rows;
    window.wall.turn(0);
    safe(way.classes);
    root.className += ' is-swapped';
    safe(way.classes);
  }
  return found;
}
"""


def _views() -> dict[str, View]:
    rows = {f"row-{at}": row for at, row in enumerate(every_row())}
    head = TvHeadView("上海浦东新区第一汽车维修服务中心", 88, 88, 8)
    foot = TvFootView(88, 88, 88, 88, 188)
    return {"head": head, "order-rows": TvRowsView(tuple(rows)), **rows, "foot": foot}


def _ways(latin: bool) -> dict[str, Writing]:
    """The classes of every way to set a page in this kind of words."""
    found = {}
    for tails in EACH:
        for broad in EACH:
            writing = Writing(latin, tails, broad)
            marks = ["is-latin"] * latin + ["has-tails"] * tails + ["has-names"] * broad
            for size in sizes(writing):
                found[" ".join([_dress(size), *marks])] = writing
    return found


def _dress(size: Size) -> str:
    return f"rows-{size.rows} type-{round(size.fact_vh * 10)}"


def _standard(row: Row, writing: Writing) -> bool:
    """Whether a row has a plate and a bay, or another place, of those that the sums reckon with."""
    if row["away"]:
        return len(row["bay"]) <= len("停 B12") and not writing.latin
    return row["bay"] in BAYS or (writing.broad and row["bay"] in NAMED_BAYS)


@pytest.mark.parametrize(
    ("size", "language"),
    [*((size, tag) for size in SIZES for tag in ("zh-Hans", "en")), (SIZES[1], "zh-Hant")],
)
def test_every_fact_is_readable_from_the_paired_distance(
    browser: Browser, size: tuple[int, int], language: str
) -> None:
    ways = _ways(language == "en")
    page = open_wall(browser, wall_html("tv", language, _views()), size)
    told = [{"classes": classes, "rows": int(classes[5])} for classes in ways]
    rows = cast("list[Row]", page.evaluate(_MEASURED, told))
    cut = {f"{classes}: {each}" for classes in ways for each in cut_rows(page, classes)}
    assert sorted(cut) == []
    page.add_style_tag(content=".row-plate { line-height: 0.7 !important; }")
    assert cut_ink(page), "it would be seen"
    page.context.close()
    assert {row["page"] for row in rows} == ways.keys()
    wrong = {f"{row['page']}: {row['bay']}: {each}" for row in rows for each in row["wrong"]}
    assert sorted(wrong) == []
    for classes, writing in ways.items():
        here = [row for row in rows if row["page"] == classes and _standard(row, writing)]
        types = {name: min(px for row in here if (px := row["type"][name])) for name in _FACTS}
        _readable(types, size[1], classes, writing)
        away = [row["type"] for row in rows if row["page"] == classes and row["away"]]
        assert min(one["bay"] / one["time"] for one in away) > 0.35, "long places in two lines"


_FACTS = ("bay", "plate", "state", "time")


def _readable(types: dict[str, float], high: int, classes: str, writing: Writing) -> None:
    """Each fact fills its minutes of arc at the farthest distance its way is chosen for."""
    vh = {name: px / high * 100 for name, px in types.items()}
    promised = next(size for size in sizes(writing) if _dress(size) in classes)
    assert min(vh.values()) == pytest.approx(promised.smallest_vh, rel=0.002), (classes, vh)
    for inches in DIAGONALS:
        paired = readable_m(promised.smallest_vh, inches)
        assert fitting(writing, inches, paired * 0.999, 30).smallest_vh >= promised.smallest_vh
        em_m = inches * 0.0254 * 9 / (16**2 + 9**2) ** 0.5 * min(vh.values()) / 100
        assert latin_m(em_m) >= paired * 0.998
        assert han_m(em_m) >= paired * 0.998


def _whole_shop() -> dict[str, View]:
    """Racks with the longest of all they can say, above them rows as in `_views`."""
    times = (Timing("since", "max", LONG_AGO), Timing("clock", "max", when=YESTERDAY))
    racks: dict[str, View] = {}
    shown = OverviewProjection().project(SAMPLE, NOW)
    for at, region in enumerate(key for key in shown if key.startswith("rack-")):
        word = words.LANE.get(region.removeprefix("rack-"), "Overnight")
        racks[region] = RackView("key", word, "s-act", 88, 28, PLATES[at % 6], times[at % 2])
    racks["rack-nights"] = RackView("moon", "Overnight", "s-work", 8, 8, PLATES[1], nights=18)
    return {**_views(), **racks}


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_whole_shop_fits_and_is_readable_from_where_it_is_said_to_be(
    browser: Browser, language: str
) -> None:
    page = open_wall(browser, wall_html("overview", language, _whole_shop()), (1280, 720))
    latin = "is-latin" if language == "en" else ""
    told = [{"classes": f"{latin} {names}", "rows": 14} for names in ("", "has-names")]
    told.append({"classes": f"{latin} is-narrow", "rows": 7})
    rows = cast("list[Row]", page.evaluate(_MEASURED, told))
    cut = {each for way in told for each in cut_rows(page, str(way["classes"]))}
    assert sorted(cut) == []
    type_px = page.evaluate(
        "(_) => parseFloat(getComputedStyle(document.querySelector(_)).fontSize)", ".rack"
    )
    page.context.close()
    wrong = {f"{row['page']}: {row['bay']}: {each}" for row in rows for each in row["wrong"]}
    assert sorted(wrong) == []
    standard = [row for row in rows if row["bay"] in BAYS]
    least = min(px for row in standard for px in row["type"].values() if px)
    smallest = SMALLEST_VH["overview"][language == "en"] / 100 * 720
    assert min(least, type_px) == pytest.approx(smallest, rel=0.002)
