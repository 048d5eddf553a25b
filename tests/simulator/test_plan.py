"""The plan of a day: the same for the same seed, rich in causes, possible in the demo's shop."""

from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from board.core.bays import BayKind
from board.core.holds import HoldReason
from board.core.job import Flag
from board.core.plates import new_energy, plate_fault
from board.core.words import DEFECT
from board.core.workflow_shipped import SHIPPED
from simulator.crew import read_crew
from simulator.day import plan_day
from simulator.handover import STEPS
from simulator.plan import Oddity, Trouble
from simulator.sensors import EYES
from simulator.words import DEFECTS, NEW_ENERGY

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
CREW = read_crew((Path(__file__).parents[2] / "examples" / "demo.toml").read_text("utf-8"))


def test_the_same_seed_gives_the_same_day() -> None:
    assert plan_day(3, MONDAY, ZONE) == plan_day(3, MONDAY, ZONE)


def test_another_seed_gives_another_day() -> None:
    assert plan_day(3, MONDAY, ZONE) != plan_day(4, MONDAY, ZONE)


def test_the_next_day_is_another_day() -> None:
    assert plan_day(3, MONDAY, ZONE).visits != plan_day(3, date(2026, 11, 24), ZONE).visits


def test_a_usual_day_knows_every_trouble_and_every_oddity() -> None:
    day = plan_day(1, MONDAY, ZONE)
    assert day.troubles == frozenset(Trouble)
    assert {wrong.oddity for wrong in day.misreadings} == set(Oddity)


@settings(deadline=None)
@given(some.integers(0, 10_000), some.integers(1, 60))
def test_every_plan_is_one_that_people_could_type(seed: int, visits: int) -> None:
    day = plan_day(seed, MONDAY, ZONE, visits)
    assert len(day.visits) == visits
    assert [visit.plate for visit in day.visits if plate_fault(visit.plate)] == []
    assert len({visit.plate for visit in day.visits}) == visits
    for visit in day.visits:
        assert time(8, 20) <= visit.arrives.time() <= time(17)
        assert visit.promise > visit.arrives
        assert visit.flags <= {flag.value for flag in Flag}
        assert bool(new_energy(visit.plate)) == (visit.errand in NEW_ENERGY)
    assert all(one.arrives <= next_one.arrives for one, next_one in pairwise(day.visits))


@settings(deadline=None)
@given(some.integers(0, 10_000))
def test_no_day_brings_more_of_one_trade_than_its_bays_can_take(seed: int) -> None:
    skills = Counter(visit.errand.skill for visit in plan_day(seed, MONDAY, ZONE).visits)
    assert 10 <= skills["快保"] <= 15
    assert 3 <= skills["四轮定位"] <= 6
    assert 4 <= skills["新能源"] <= 8


@settings(deadline=None)
@given(some.integers(0, 10_000))
def test_nobody_books_for_a_time_that_is_over(seed: int) -> None:
    notices = [
        one.booked_for - one.booked_at
        for one in plan_day(seed, MONDAY, ZONE).visits
        if one.booked_at is not None and one.booked_for is not None
    ]
    assert notices
    assert min(notices) > timedelta(minutes=10)


@settings(deadline=None)
@given(some.integers(0, 10_000))
def test_the_demo_shop_can_do_all_the_work_of_a_day(seed: int) -> None:
    for visit in plan_day(seed, MONDAY, ZONE).visits:
        assert any(kind in visit.errand.bays for kind in CREW.bays.values())
        assert any(visit.errand.skill in skills for skills in CREW.skills.values())


def test_the_data_speaks_the_boards_words() -> None:
    assert {code for code, _note in DEFECTS} <= DEFECT.keys()
    assert set(CREW.bays.values()) <= {kind.value for kind in BayKind}
    assert {"parts_order", "parts_wrong", "approval", "technical_help"} <= set(HoldReason)
    assert STEPS.keys() | {"delivered", "cancelled"} == SHIPPED.steps.keys()
    assert {eye.bay for eye in EYES} <= CREW.bays.keys()
