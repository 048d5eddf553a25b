"""What the customer is told of the next service: a day and a mileage, kept with the order."""

from dataclasses import replace
from datetime import date

import pytest

from board.core import commands as c
from board.core.handover import NextService
from board.core.job import Car
from tests.builders import ANNA, Trial
from tests.core.handed_over import made_ready

SAID = NextService(date(2027, 5, 20), 52_000)
SAY = c.TickHandover(job="j1", point="next_service", next_service=SAID)


def at_42_000_km() -> Trial:
    """j1 is ready; its car has run 42,000 km."""
    trial = made_ready()
    car = Car(plate=trial.job().car.plate, mileage=42_000)
    return trial.do(c.DescribeJob(job="j1", car=car), ANNA)


def test_the_day_and_the_mileage_stay_with_the_order() -> None:
    trial = at_42_000_km().do(SAY, ANNA)
    assert trial.job().next_service == SAID
    trial.when(SAY, ANNA).then_nothing()
    later = NextService(date(2027, 11, 20), 60_000)
    trial.do(replace(SAY, next_service=later), ANNA)
    assert trial.job().next_service == later
    trial.do(replace(SAY, done=False), ANNA)
    assert trial.job().next_service is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (None, "next_service_needed"),
        (NextService(date(2026, 11, 21), 52_000), "next_service_past"),
        (NextService(date(2090, 1, 1), 52_000), "time_far"),
        (NextService(date(2027, 5, 20), 0), "number_wrong"),
        (NextService(date(2027, 5, 20), 42_000), "km_not_ahead"),
    ],
)
def test_what_lies_behind_or_is_missing_is_refused(said: NextService | None, code: str) -> None:
    at_42_000_km().when(replace(SAY, next_service=said), ANNA).then_refused(code)


def test_only_the_point_of_that_name_has_it() -> None:
    trial = at_42_000_km().do(replace(SAY, point="advice"), ANNA)
    assert trial.job().next_service is None
