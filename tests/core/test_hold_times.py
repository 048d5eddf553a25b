"""What cars waited for is counted while the shop is open."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from board.core.hold_times import HoldSpell, stretch_of, waited
from board.core.shop import OpeningHours, Settings

SHOP = Settings()
DAY = date(2026, 11, 21)


def at(text: str) -> datetime:
    """A moment on the shop's clock."""
    return datetime.fromisoformat(f"{text}:00+08:00")


def test_a_night_between_two_days_counts_for_neither() -> None:
    spell = HoldSpell("approval", "advisor", at("2026-11-21T15:30"), at("2026-11-22T09:30"))
    now = at("2026-11-23T12:00")
    counted = [
        one.seconds
        for day in (DAY, DAY + timedelta(days=1))
        for one in waited([("j1", spell)], stretch_of(day, SHOP, now))
    ]
    assert counted == [2 * 3600, 3600]


def test_a_day_that_has_not_opened_has_waited_for_nothing() -> None:
    stretch = stretch_of(DAY, SHOP, at("2026-11-21T07:00"))
    assert stretch.begins == stretch.until == at("2026-11-21T08:30")


def test_hours_over_midnight_belong_to_the_day_they_began() -> None:
    late = replace(SHOP, hours=OpeningHours(time(18), time(2)))
    stretch = stretch_of(DAY, late, at("2026-11-23T12:00"))
    assert (stretch.begins, stretch.until) == (at("2026-11-21T18:00"), at("2026-11-22T02:00"))
