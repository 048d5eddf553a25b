"""The plan of a day: the same for the same seed, rich in causes, possible in the demo's shop."""

from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from board.catalogue_file import read_catalogue
from board.core.bays import BayKind
from board.core.holds import HoldReason
from board.core.job import Flag
from board.core.plates import new_energy, plate_fault
from board.core.words import DEFECT
from board.core.workflow_shipped import SHIPPED
from simulator.catalogue import FILE, codes_by_text
from simulator.crew import read_crew
from simulator.day import plan_day
from simulator.drawings import SUBJECTS, drawn
from simulator.fittings import EYES
from simulator.handover import STEPS
from simulator.photos import subject_of_defect, subject_of_work
from simulator.plan import Oddity, Trouble, Why
from simulator.returns import LOOKED_AT_AGAIN
from simulator.words import (
    ALIGNMENT,
    DAMAGE,
    DEFECTS,
    EXPRESS,
    EXTRA_WORK,
    GENERAL,
    NEW_ENERGY,
)

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
    again = [visit for visit in day.visits if visit.back and visit.back.why == Why.not_mended]
    assert len({visit.plate for visit in day.visits}) == visits - len(again)
    for visit in day.visits:
        assert time(8, 20) <= visit.arrives.time() <= time(17)
        assert visit.promise > visit.arrives
        assert visit.flags <= {flag.value for flag in Flag}
        assert bool(new_energy(visit.plate)) == (visit.errand in NEW_ENERGY)
    assert all(one.arrives <= next_one.arrives for one, next_one in pairwise(day.visits))


@settings(deadline=None)
@given(some.integers(0, 10_000))
def test_a_car_that_comes_again_is_the_same_car_of_the_same_customer(seed: int) -> None:
    visits = {visit.id: visit for visit in plan_day(seed, MONDAY, ZONE).visits}
    again = [visit for visit in visits.values() if visit.back]
    assert len({visit.back for visit in again}) == len(again)
    for second in again:
        assert second.back is not None
        first = visits[second.back.visit]
        assert first.promise < second.arrives
        assert (first.model, first.colour) == (second.model, second.colour)
        assert first.customer == second.customer
        assert (first.plate == second.plate) == (second.back.why == Why.not_mended)
        assert second.booked_for is None, "nobody books for a car that is not mended yet"


def test_a_usual_day_brings_a_car_back_for_each_reason() -> None:
    backs = [visit.back for visit in plan_day(1, MONDAY, ZONE).visits if visit.back]
    assert {back.why for back in backs} == set(Why)


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


def test_the_catalogue_holds_all_work_that_a_day_brings() -> None:
    """Its file is one that a shop could bring in; hours are those the plan reckons with."""
    found = read_catalogue(FILE.read_bytes())
    assert found.mistakes == ()
    hours = {item.text: item.standard_hours for item in found.items}
    assert {item.code for item in found.items} == set(codes_by_text().values())
    errands = (*EXPRESS, *GENERAL, *ALIGNMENT, *NEW_ENERGY)
    lines = [line for errand in errands for line in errand.lines]
    lines += [(one.text, one.hours) for extra in EXTRA_WORK.values() for one in extra]
    lines += [LOOKED_AT_AGAIN]
    assert {text: hours[text] for text, _ in lines} == dict(lines)


def test_whatever_is_photographed_can_be_drawn_small() -> None:
    asked = {subject_of_work(one.text) for extra in EXTRA_WORK.values() for one in extra}
    asked |= {subject_of_defect(code) for code, _note in DEFECTS}
    asked |= {damage.kind for damage in DAMAGE}
    assert asked <= SUBJECTS.keys()
    for subject in SUBJECTS:
        drawing = drawn(subject, "红", 1)
        assert len(drawing) < 100_000
        assert drawing != drawn(subject, "红", 2), "no two photos are the same"


def test_the_data_speaks_the_boards_words() -> None:
    assert {code for code, _note in DEFECTS} <= DEFECT.keys()
    assert set(CREW.bays.values()) <= {kind.value for kind in BayKind}
    assert {"parts_order", "parts_wrong", "approval", "technical_help"} <= set(HoldReason)
    assert STEPS.keys() | {"delivered", "cancelled"} == SHIPPED.steps.keys()
    assert {eye.bay for eye in EYES} <= CREW.bays.keys()
