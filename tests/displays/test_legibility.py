"""From how far walls can be read, against the measured table; and the rows that follow from it."""

import re
from pathlib import Path

import pytest

from displays.legibility import (
    LOUNGE,
    TALL_VH,
    Writing,
    farthest_m,
    fitting,
    fitting_lounge,
    han_m,
    latin_m,
    needed_vh,
    readable_m,
    sizes,
    told_m,
)

CSS = (Path(__file__).parents[2] / "static" / "tv.css").read_text()
HEIGHT_M = {inches: inches * 0.0254 * 9 / (16**2 + 9**2) ** 0.5 for inches in (55, 65, 75)}
EACH = (False, True)
WRITINGS = [Writing(latin, tails, broad) for latin in EACH for tails in EACH for broad in EACH]


@pytest.mark.parametrize(
    ("type_vh", "latin", "han"),
    [
        (11.0, (9.5, 11.2, 13.0), (8.0, 9.5, 11.0)),
        (9.6, (8.3, 9.8, 11.3), (7.0, 8.3, 9.6)),
        (8.1, (7.0, 8.2, 9.5), (5.9, 7.0, 8.1)),
        (6.9, (5.9, 7.0, 8.1), (5.0, 5.9, 6.9)),
    ],
)
def test_type_is_read_as_far_as_was_measured(
    type_vh: float, latin: tuple[float, ...], han: tuple[float, ...]
) -> None:
    ems = [type_vh / 100 * HEIGHT_M[inches] for inches in (55, 65, 75)]
    assert [latin_m(em) for em in ems] == pytest.approx(list(latin), rel=0.015)
    # The table has 30 minutes of arc for Han bodies of 0.93 em; ours are the smallest, 0.90.
    assert [han_m(em, 30) * 0.93 / 0.90 for em in ems] == pytest.approx(list(han), rel=0.015)


@pytest.mark.parametrize("writing", WRITINGS)
def test_more_distance_never_means_more_rows_or_smaller_type(writing: Writing) -> None:
    for inches in (43, 50, 55, 65, 75):
        found = [fitting(writing, inches, metres / 4, 30) for metres in range(4, 60)]
        assert [each.rows for each in found] == sorted((each.rows for each in found), reverse=True)
        assert [each.smallest_vh for each in found] == sorted(each.smallest_vh for each in found)


@pytest.mark.parametrize("writing", WRITINGS)
def test_what_is_said_to_be_readable_is(writing: Writing) -> None:
    for inches in (43, 50, 55, 65, 75):
        farthest = farthest_m("tv", writing, inches)
        assert farthest is not None
        size = fitting(writing, inches, farthest, 30)
        assert size.smallest_vh == pytest.approx(needed_vh(inches, farthest))
        assert readable_m(size.smallest_vh, inches) == pytest.approx(farthest)


def test_eight_metres_are_six_rows_on_sixty_five_inches() -> None:
    assert fitting(Writing(), 65, 8, 14).rows == 6
    assert fitting(Writing(latin=True), 65, 8, 14).rows == 7, "their words are broad, not high"


def test_plate_tails_let_type_be_larger() -> None:
    for latin in EACH:
        whole = farthest_m("tv", Writing(latin), 65)
        tails = farthest_m("tv", Writing(latin, tails=True), 65)
        assert whole is not None
        assert tails is not None
        assert tails > 1.09 * whole


def test_rows_follow_the_bays_where_the_distance_allows_it() -> None:
    near = [fitting(Writing(), 65, 3, bays).rows for bays in (1, 6, 7, 8, 9, 14)]
    assert near == [6, 6, 7, 8, 9, 9]
    assert fitting(Writing(tails=True), 65, 10, 3).rows == 5


def test_a_lounge_carries_five_metres_on_fifty_inches_and_takes_fewer_rows_beyond() -> None:
    for latin in EACH:
        found = [fitting_lounge(latin, 50, metres / 4) for metres in range(8, 25)]
        assert [size.rows for size in found if size.rows == 7] == [7] * 13, "up to 5 m"
        assert [size.smallest_vh for size in found] == sorted(size.smallest_vh for size in found)
        farthest = farthest_m("lounge", Writing(latin), 50)
        assert farthest is not None
        assert farthest > 5.8
        assert fitting_lounge(latin, 50, farthest - 0.01) == LOUNGE[latin][1]
        assert fitting_lounge(latin, None, 8) == fitting_lounge(latin, 50, None) == LOUNGE[latin][0]


def test_nobody_measured_means_the_usual_rows() -> None:
    assert fitting(Writing(), None, 8, 14).rows == fitting(Writing(), 65, None, 14).rows == 6
    assert farthest_m("tv", Writing(), None) is None
    assert farthest_m("queue", Writing(), 50) is None


def test_nobody_is_told_more_metres_than_can_be_read() -> None:
    assert [told_m(metres) for metres in (8.578, 5.17, 5.0, 6.99)] == [8.5, 5.1, 5.0, 6.9]


def test_style_sheet_and_sums_have_the_same_numbers() -> None:
    types = {
        name: float(vh)
        for name, vh in re.findall(r"\.(type-\d+) \{ --t-fact: calc\(([\d.]+) \* var", CSS)
    }
    wanted = {size.fact_vh for writing in WRITINGS for size in sizes(writing)}
    assert types == {f"type-{round(vh * 10)}": vh for vh in wanted}
    rows = {int(n): float(vh) for n, vh in re.findall(r"\.rows-(\d) \{ --tv-row: ([\d.]+)vh", CSS)}
    assert rows.keys() == TALL_VH.keys()
    for count, high in rows.items():
        assert count * (high + 1.1) <= 75.3, "the rows fit between head and foot"
        assert high >= 1.18 * TALL_VH[count], "tails of Q and g are not cut"
    parts = re.findall(r"--state-part: ([\d.]+);", CSS)
    found = {round(size.state_vh / size.fact_vh, 2) for each in WRITINGS for size in sizes(each)}
    assert {float(part) for part in parts} == found


def test_the_lounges_style_sheet_has_the_same_numbers() -> None:
    sheet = (Path(__file__).parents[2] / "static" / "lounge.css").read_text()
    for head, size in (
        (r"\.theme-lounge \{", LOUNGE[False][0]),
        (r"\.theme-lounge\.is-far \{", LOUNGE[False][1]),
    ):
        age = re.search(r"--t-far: calc\(([\d.]+) \* var", _rule(sheet, head))
        assert age, "how old the picture is"
        assert float(age.group(1)) >= size.smallest_vh
    rules = (r"\.theme-lounge \{", r"\.theme-lounge\.is-far \{", r":lang\(en\)\.is-far \.lounge \{")
    said = [
        dict(re.findall(r"(--lg-t-\w+): calc\(([\d.]+) \* var", _rule(sheet, rule)))
        for rule in rules
    ]
    latin = dict(
        re.findall(r"(--lg-t-\w+): calc\(([\d.]+) \* var", _rule(sheet, r":lang\(en\) \.lounge \{"))
    )
    usual, far, latin_far = said
    sizes_of = [(usual, LOUNGE[False][0]), (usual | latin, LOUNGE[True][0])]
    sizes_of += [(usual | far, LOUNGE[False][1]), (usual | far | latin_far, LOUNGE[True][1])]
    for found, size in sizes_of:
        assert float(found["--lg-t-row"]) == float(found["--lg-t-more"]) == size.fact_vh
        assert float(found["--lg-t-state"]) == size.state_vh
        assert float(found["--lg-t-noted"]) >= min(size.state_vh, needed_vh(50, 5))


def _rule(sheet: str, head: str) -> str:
    found = re.search(head + r"[^}]*\}", sheet)
    assert found, head
    return found.group()
