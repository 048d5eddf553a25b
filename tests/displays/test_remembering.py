"""What projections remember never shows: they see what one without memory sees."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings

from board.core import commands as c
from board.core.bays import Presence
from board.core.calls import CallKind
from board.core.job import Job, Where
from displays.audiences import audiences
from displays.channel import Variant
from displays.live import Live
from displays.views.crew import Crew
from tests.builders import (
    ANNA,
    CARL,
    MONA,
    SENSOR,
    TOM,
    Trial,
    booked,
    dispatched,
    received,
    working,
)
from tests.core.test_cars_proposed import read, seen
from tests.displays.random_days import DEEDS, Deed, day
from tests.displays.walls import english
from tests.hub.paper import Timeline, make_hub

WALLS = tuple(
    Variant("test", *each)
    for each in (
        ("tv", "en"),
        ("tv", "en", "1"),
        ("overview", "en", "1"),
        ("lounge", "en"),
        ("queue", "en"),
        ("arrivals", "en"),
    )
)
TABLETS = tuple(Variant("test", "tablet", "en", "", who) for who in ("tom", "lee", "ines", "willy"))
DESKS = tuple(Variant("test", audience, "en") for audience in ("board", "desk"))
EVERY = (*DESKS, *WALLS, *TABLETS)


@settings(max_examples=40, deadline=None)
@given(DEEDS)
def test_a_projection_with_memory_sees_what_one_without_sees(deeds: list[Deed]) -> None:
    sees = audiences()
    remembering = {variant: sees[variant.audience](variant) for variant in EVERY}
    for shop, now in day(deeds):
        for variant, kept in remembering.items():
            fresh = audiences()[variant.audience](variant)
            assert kept.project(shop, now) == fresh.project(shop, now)


@pytest.mark.parametrize("variant", EVERY)
def test_a_clock_that_goes_back_takes_tones_of_the_future_with_it(variant: Variant) -> None:
    """Falls over without `went_back` in `displays/views/parts.py`."""
    trial = working(Trial())
    trial.do(c.PromiseJob(job="j1", at=trial.now + timedelta(minutes=70)), ANNA)
    kept = audiences()[variant.audience](variant)
    for minutes in (0, 120, 0, 1, 30, 80, 60):
        now = trial.now + timedelta(minutes=minutes)
        fresh = audiences()[variant.audience](variant)
        assert kept.project(trial.shop, now) == fresh.project(trial.shop, now), minutes


def test_a_sensors_question_names_its_car_as_it_is_called_now() -> None:
    """Falls over without `_asked_about` in `displays/views/bay_memory.py`."""
    trial = seen(read(booked(Trial())))
    variant = Variant("test", "board", "en")
    kept = audiences()["board"](variant)
    kept.project(trial.shop, trial.now)
    later = trial.now + timedelta(hours=2)
    trial.do(c.ChangeBooking(job="j1", booked_for=later), ANNA)
    fresh = audiences()["board"](variant)
    assert kept.project(trial.shop, trial.now) == fresh.project(trial.shop, trial.now)


def test_a_tablet_names_the_car_in_its_way_as_it_is_called_now() -> None:
    """Falls over without `cars` in `displays/views/crew.py`."""
    trial = dispatched(received(Trial(), "j2", "沪B8K321"))
    bay = trial.shop.jobs["j1"].bay
    trial.do(c.MoveJob(job="j2", to="awaiting_dispatch"), ANNA)
    trial.do(c.PlaceCar(job="j2", where=Where.bay, spot=bay), CARL)
    tom = next(each for each in TABLETS if each.holder in trial.shop.jobs["j1"].technicians)
    kept = audiences()["tablet"](tom)
    kept.project(trial.shop, trial.now)
    trial.do(
        c.DescribeJob(job="j2", car=replace(trial.shop.jobs["j2"].car, plate="粤BF09876")), ANNA
    )
    fresh = audiences()["tablet"](tom)
    assert kept.project(trial.shop, trial.now) == fresh.project(trial.shop, trial.now)


def test_no_tablet_is_made_anew_for_what_a_sensor_says() -> None:
    """Falls over without `_as_people_set_it` in `displays/views/crew.py`: forty tablets of a shop
    would keep every wall waiting for each car that a sensor sees.
    """
    trial = working(Trial())
    bay = trial.shop.jobs["j1"].bay
    kept = audiences()["tablet"](TABLETS[0])
    before = kept.project(trial.shop, trial.now)
    trial.do(c.ReportBay(bay=bay, presence=Presence.present, since=trial.now), SENSOR)
    assert kept.project(trial.shop, trial.now) is before
    trial.do(c.SetUpBay(bay=c.BayPlan(id=bay, name="Lift")), MONA)
    assert kept.project(trial.shop, trial.now) is not before


def test_no_card_of_a_car_is_made_anew_for_a_call() -> None:
    """What cards stand on stays as it is; only what tells of calls is looked at again."""
    trial, crew = working(Trial()), Crew()
    crew.look(trial.shop, trial.now)
    work_ground, ground = crew.work_ground, crew.ground
    trial.do(c.CallHelp(kind=CallKind.technical, bay=trial.shop.jobs["j1"].bay), TOM)
    crew.look(trial.shop, trial.now)
    assert crew.work_ground is work_ground
    assert crew.ground is not ground


class _Slippery(Job):
    """A job of which what `slips` names cannot be read, once for each name."""

    slips: ClassVar[list[str]] = []

    def __getattribute__(self, name: str) -> Any:
        if name in _Slippery.slips:
            _Slippery.slips.remove(name)
            raise ValueError(name)
        return super().__getattribute__(name)


def _slippery(job: Job) -> Job:
    known = {each.name: getattr(job, each.name) for each in fields(job)}
    return _Slippery(**{**known, "asked": "rattles", "technicians": ("tom", "lee")})


@pytest.mark.parametrize("order", [EVERY, EVERY[::-1]], ids=["board first", "tablets first"])
@pytest.mark.parametrize("slip", ["car", "technicians", "promise", "in_bay"])
def test_what_fails_in_the_middle_of_a_change_is_whole_with_the_next_tick(
    slip: str, order: tuple[Variant, ...]
) -> None:
    """Falls over without `stage.projection = self._projection_of(stage)` in `displays/live.py`,
    and without `self._begin(None)` in `displays/views/crew.py`.
    """
    hub = make_hub(Timeline())
    live = Live(hub, english())
    trial = received(working(Trial()), "j2", "沪B8K321")
    live.refresh(trial.shop, trial.now, ("e", 1))
    for variant in order:
        live.ensure(variant)
    shop = trial.shop.with_job(_slippery(trial.shop.jobs["j1"]))
    _Slippery.slips.append(slip)
    live.refresh(shop, trial.now, ("e", 2))
    assert _Slippery.slips == []
    assert [hub.shown(each).position for each in EVERY].count(("e", 1)) == 1
    live.refresh(shop, trial.now, ("e", 2))
    for variant in EVERY:
        assert hub.shown(variant).position == ("e", 2)
        assert hub.shown(variant).regions == live.regions(shop, trial.now, variant)
