"""Bays and technicians of the hall: whatever a visit takes or drops, nobody is lost."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest

from simulator.crew import read_crew
from simulator.day import plan_day
from simulator.doors import Doors
from simulator.fittings import BY_HAND
from simulator.hall import Claim, Floor, Hall
from simulator.reception import choose
from simulator.shop_clock import ShopTime
from simulator.walk import Play, Walk

ZONE = ZoneInfo("Asia/Shanghai")
CREW = read_crew((Path(__file__).parents[2] / "examples" / "demo.toml").read_text("utf-8"))
VISITS = plan_day(1, date(2026, 11, 23), ZONE).visits
ANY_PAIR = Claim("bay-1", "liu")


def _walk(skill: str) -> Walk:
    time = ShopTime(datetime(2026, 11, 23, tzinfo=UTC), monotonic(), 60.0, ZONE)
    floor = Floor(CREW.work_bays, CREW.skills)
    play = Play(Doors("http://127.0.0.1:1", CREW.pins), time, CREW, Hall(), floor)
    return Walk(play, next(visit for visit in VISITS if visit.errand.skill == skill))


async def _take(walk: Walk) -> None:
    await walk.take(lambda bays, people: choose(walk, bays, people))


@pytest.mark.parametrize("keeps_bay", [True, False])
@pytest.mark.parametrize("keeps_technician", [True, False])
def test_taking_again_loses_nothing_that_was_held(keeps_bay: bool, keeps_technician: bool) -> None:
    async def scenario() -> None:
        walk = _walk("快保")
        await _take(walk)
        if not keeps_bay:
            await walk.leave_bay()
        if not keeps_technician:
            await walk.free_technician()
        held = walk.bay, walk.technician
        await _take(walk)
        assert held[0] in ("", walk.bay)
        assert held[1] in ("", walk.technician)
        assert walk.play.floor.taken == {walk.bay, walk.technician}
        await walk.leave_all()
        assert walk.play.floor.taken == frozenset()

    asyncio.run(scenario())


def test_another_pair_frees_the_one_that_was_held() -> None:
    async def scenario() -> None:
        floor = Floor(CREW.work_bays, CREW.skills)
        held = await floor.take(lambda _bays, _people: ANY_PAIR)
        other = Claim("bay-2", "gao")
        assert await floor.take(lambda _bays, _people: other, held) == other
        assert floor.taken == {"bay-2", "gao"}

    asyncio.run(scenario())


def test_who_waits_takes_what_another_visit_drops_for_a_better_pair() -> None:
    async def scenario() -> None:
        floor = Floor(("bay-1", "bay-2"), ("liu", "gao"))
        held = await floor.take(lambda _bays, _people: ANY_PAIR)
        waits = asyncio.create_task(
            floor.take(lambda bays, _people: ANY_PAIR if "bay-1" in bays else None)
        )
        await asyncio.sleep(0)
        await floor.take(lambda _bays, _people: Claim("bay-2", "gao"), held)
        assert await waits == ANY_PAIR

    asyncio.run(scenario())


def test_the_bay_of_people_who_try_the_demo_is_taken_last() -> None:
    walk = _walk("新能源")
    free = walk.play.floor.free_bays
    first = choose(walk, free, walk.play.floor.free_people)
    assert first is not None
    assert first.bay != BY_HAND
    second = choose(walk, free - {first.bay}, walk.play.floor.free_people)
    assert second is not None
    assert second.bay == BY_HAND


def test_whoever_waits_hears_of_a_clock_that_was_set() -> None:
    async def scenario() -> None:
        evening = datetime(2026, 11, 23, 19, tzinfo=ZONE)
        morning = datetime(2026, 11, 24, 8, tzinfo=ZONE)
        time = ShopTime(evening, monotonic(), 1.0, ZONE)
        waits = asyncio.create_task(time.until(morning))
        await asyncio.sleep(0)
        time.follow(ShopTime(morning, monotonic(), 1.0, ZONE))
        await asyncio.wait_for(waits, 60)

    asyncio.run(scenario())
