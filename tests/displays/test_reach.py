"""From how far walls can be read, against the measured table and the sizes of our style sheets."""

import re
from pathlib import Path

import pytest

from displays.reach import TYPE_VH, farthest_m, readable_m

STATIC = Path(__file__).parents[2] / "static"


@pytest.mark.parametrize(
    ("type_vh", "inches", "metres"),
    [(9.6, 55, 8.3), (9.6, 65, 9.8), (9.6, 75, 11.3), (6.9, 65, 7.0), (11.0, 55, 9.5)],
)
def test_type_is_read_as_far_as_was_measured(type_vh: float, inches: float, metres: float) -> None:
    assert readable_m(type_vh, inches) == pytest.approx(metres, abs=0.1)


def test_a_lounge_of_fifty_inches_is_read_from_five_metres() -> None:
    found = farthest_m("lounge", 50)
    assert found == pytest.approx(5.2, abs=0.2)


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert farthest_m("tv", None) is None
    assert farthest_m("queue", 50) is None


@pytest.mark.parametrize(
    ("sheet", "token", "audience"),
    [("wall.css", "t-state", "tv"), ("lounge.css", "lg-t-row", "lounge")],
)
def test_the_size_that_is_reckoned_with_is_that_of_the_style_sheet(
    sheet: str, token: str, audience: str
) -> None:
    """Falls over when a style sheet has another one than `TYPE_VH` in displays/reach.py."""
    fact = re.search(rf"--{token}: ([\d.]+)vh", (STATIC / sheet).read_text())
    assert fact is not None
    assert float(fact[1]) == TYPE_VH[audience]
