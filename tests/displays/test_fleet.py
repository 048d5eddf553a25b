"""How a screen is doing, from when it was heard last, its hours, and what it said of itself."""

from datetime import UTC, datetime, time, timedelta

import pytest
from msgspec import structs

from board.core.shop import OpeningHours, Settings
from board.screen_look import ScreenLook
from displays.fleet import KeptScreen, Standing, is_open, standing, troubles
from displays.reports import Report

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
REPORT = Report(
    boot="b.1",
    rev=3,
    seq=41,
    build="new",
    digest="00000001",
    engine="Chrome/56",
    clock=round(NOON.timestamp() * 1000),
    width=1280,
    height=720,
    rows=6,
    painted=1,
    visible=True,
)
KEPT = KeptScreen.of(REPORT, True, NOON, "boot-1")


@pytest.mark.parametrize(
    ("seconds", "is_day", "doing"),
    [
        (0, True, Standing.live),
        (45, True, Standing.live),
        (46, True, Standing.late),
        (300, True, Standing.late),
        (301, True, Standing.offline),
        (46, False, Standing.off),
        (9e6, False, Standing.off),
        (10, False, Standing.live),
    ],
)
def test_a_silent_screen_is_late_then_offline_and_off_by_plan_when_the_day_is_over(
    seconds: float, is_day: bool, doing: Standing
) -> None:
    assert standing(timedelta(seconds=seconds), is_day) == doing


def test_a_screen_that_never_said_anything_is_new() -> None:
    assert standing(None, True) == standing(None, False) == Standing.new


@pytest.mark.parametrize(
    ("look", "hour", "expected"),
    [
        (ScreenLook(), 12, True),
        (ScreenLook(), 20, False),
        (ScreenLook(opens=time(18), closes=time(22)), 20, True),
        (ScreenLook(opens=time(18), closes=time(22)), 12, False),
    ],
)
def test_a_screens_own_hours_count_before_the_shops(
    look: ScreenLook, hour: int, expected: bool
) -> None:
    settings = Settings(hours=OpeningHours(time(8), time(18)))
    assert is_open(look, settings, NOON + timedelta(hours=hour - 12)) is expected


def test_a_night_shift_is_open_over_midnight() -> None:
    settings = Settings(hours=OpeningHours(time(20), time(6)))
    hours = (0, 5, 7, 19, 21)
    found = [is_open(ScreenLook(), settings, NOON + timedelta(hours=each - 12)) for each in hours]
    assert found == [True, True, False, False, True]


def test_a_screen_in_order_has_no_troubles() -> None:
    assert troubles(KEPT, "new") == ()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"agrees": False}, "differs"),
        ({"build": "old"}, "build"),
        ({"offset_ms": 3 * 86_400_000}, "clock"),
        ({"offset_ms": -31_000}, "clock"),
        ({"visible": False}, "hidden"),
        ({"painted": 61}, "frozen"),
        ({"muted": True}, "muted"),
    ],
)
def test_what_is_wrong_with_a_screen_is_named(change: dict[str, object], name: str) -> None:
    assert troubles(structs.replace(KEPT, **change), "new") == (name,)


def test_nothing_is_said_of_a_picture_that_could_not_be_compared() -> None:
    unknown = KeptScreen.of(REPORT, None, NOON, "boot-1")
    assert troubles(unknown, "new") == ()


def test_an_hour_apart_is_told_as_an_hour() -> None:
    fast = structs.replace(REPORT, clock=REPORT.clock + 3_600_000)
    assert KeptScreen.of(fast, True, NOON, "boot-1").offset_ms == 3_600_000
