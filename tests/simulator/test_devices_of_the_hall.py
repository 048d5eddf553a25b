"""Buttons and gate of the simulated shop: what people do at them, the board hears."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from cli_demo import mark_in
from simulator.bookings import arrive
from simulator.day import plan_day
from simulator.demo import Demo, DemoWish
from simulator.doors import Doors
from simulator.fittings import BUTTONS, READER_BAY
from simulator.hall import Floor, Hall
from simulator.handover import STEPS
from simulator.help_calls import called, over
from simulator.http import Json, objects
from simulator.plan import Trouble, Visit
from simulator.reception import come
from simulator.sensors import Sensors
from simulator.walk import Play, Walk
from tests.devices.waiting import DEADLINE_SECONDS
from tests.servers.processes import free_port

SHOP_FILE = Path(__file__).parents[2] / "examples" / "demo.toml"
DAY = date(2026, 11, 23)
pytestmark = pytest.mark.timeout(120)
SURE, DOUBTFUL = "京A12345", "京A12346"
"""Plates of which the camera is sure, and is not."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A shop whose day runs so slowly that buttons are used."""
    folder = tmp_path_factory.mktemp("hall") / "demo"
    wish = DemoWish(
        SHOP_FILE,
        folder,
        port=free_port(),
        rate=150.0,
        start=time(9),
        date=DAY.isoformat(),
        mark=mark_in,
    )
    with Demo(wish) as started:
        started.start(with_codes=False)
        yield started


@asynccontextmanager
async def playing(demo: Demo) -> AsyncIterator[Play]:
    """The people and the devices of the shop, with no day of theirs."""
    crew = demo.crew
    there = {*crew.advisors, crew.controller, *crew.leaders, crew.parts, "zhao", "wang"}
    doors = Doors(demo.url, {who: crew.pins[who] for who in there})
    await doors.open()
    clock = await doors.time(crew.zone)
    floor = Floor((READER_BAY,), ("wang",))
    play = Play(doors, clock, crew, Hall(has_badges=True), floor)
    address = demo.broker()
    assert address is not None
    speaking = asyncio.create_task(Sensors(play.hall, clock, Random(1)).run(address))
    try:
        await until(lambda: _true(play.hall.has_devices), "the devices")
        # What comes right after a bridge does is taken for told again.
        await clock.minutes(0.5)
        yield play
        assert doors.tally.surprises == []
    finally:
        speaking.cancel()
        await asyncio.wait([speaking])
        doors.close()


async def _true(said: bool) -> bool:
    return said


async def until(holds: Callable[[], Awaitable[bool]], what: str) -> None:
    deadline = monotonic() + DEADLINE_SECONDS
    while not await holds():
        assert monotonic() < deadline, f"{what} did not come"
        await asyncio.sleep(0.05)


async def calls(play: Play) -> list[Json]:
    board = await play.doors.people["lin"].read("/api/v1/board")
    return objects(board.get("calls"))


def test_a_press_at_each_button_calls_from_its_bay(demo: Demo) -> None:
    async def scenario() -> None:
        async with playing(demo) as play:
            for bay in BUTTONS:
                play.hall.press(bay, "single")

            async def called_for() -> bool:
                return {str(one["bay"]) for one in await calls(play)} == BUTTONS.keys()

            await until(called_for, "a call from every bay")
            made = await calls(play)
            assert len(made) == len(BUTTONS)
            assert {one["kind"] for one in made} == {"technical"}
            for one in made:
                await play.doors.people["zhou"].do("close_call", call=one["id"])

    asyncio.run(scenario())


def test_a_technician_presses_the_button_and_help_comes(demo: Demo) -> None:
    async def scenario() -> None:
        async with playing(demo) as play:
            walk = await _at_the_bay(play, "bay-4", "zhao")
            call = await called(walk, Trouble.technical_help)
            [one] = [each for each in await calls(play) if each["id"] == call]
            assert (one["job"], one["step"]) == (walk.visit.id, "reached")
            made = one["called"]
            assert isinstance(made, dict)
            assert str(made["by"]).startswith("device:")
            assert play.happened["call_by_button"] == 1
            await over(walk, Trouble.technical_help, call)
            assert await calls(play) == []

    asyncio.run(scenario())


async def _at_the_bay(play: Play, bay: str, technician: str) -> Walk:
    visit = replace(
        plan_day(1, DAY, play.time.zone).visits[0],
        id="at-the-bay",
        arrives=play.time.now(),
        booked_at=None,
        booked_for=None,
    )
    walk = Walk(play, visit)
    walk.bay, walk.technician = bay, technician
    await come(walk)
    await walk.act(technician, "place_car", where="bay", spot=bay)
    return walk


def test_a_technician_begins_work_by_the_badge(demo: Demo) -> None:
    async def scenario() -> None:
        async with playing(demo) as play:
            visit = replace(
                next(one for one in plan_day(1, DAY, play.time.zone).visits if _is_plain(one)),
                id="by-badge",
                arrives=play.time.now(),
                promise=play.time.now() + timedelta(hours=9),
                booked_at=None,
                booked_for=None,
                flags=frozenset(),
            )
            walk = Walk(play, visit)
            await come(walk)
            while (job := await walk.look() or {})["state"] != "working":
                await STEPS[str(job["state"])](walk, job)
            assert (walk.bay, walk.technician) == (READER_BAY, "wang")
            assert play.happened["begun_by_badge"] == 1

    asyncio.run(scenario())


def _is_plain(visit: Visit) -> bool:
    return visit.errand.skill == "机电" and visit.trouble is None


@pytest.mark.parametrize(("plate", "by_itself"), [(SURE, 1), (DOUBTFUL, 0)])
def test_who_is_awaited_comes_through_the_gate(demo: Demo, plate: str, by_itself: int) -> None:
    """The camera's sure read is the arrival; of the other one the advisor is asked."""

    async def scenario() -> None:
        async with playing(demo) as play:
            now = play.time.now()
            visit = replace(
                plan_day(1, DAY, play.time.zone).visits[1],
                id=f"gate-{by_itself}",
                plate=plate,
                arrives=now,
                booked_at=now,
                booked_for=now + timedelta(minutes=30),
            )
            walk = Walk(play, visit)
            await come(walk)
            await arrive(walk, {})
            assert ((await walk.look()) or {})["state"] == "arrived"
            assert play.happened["arrived_by_plate"] == by_itself

    asyncio.run(scenario())
