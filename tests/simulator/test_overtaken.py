"""A trouble that somebody else forestalls at the board is not lost to the day: it comes later."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from simulator.checking import team_check
from simulator.day import plan_day
from simulator.demo import Demo, DemoWish
from simulator.doors import Doors
from simulator.hall import Floor, Hall
from simulator.plan import Trouble
from simulator.reception import come
from simulator.walk import Play, Walk
from tests.servers.processes import free_port

SHOP_FILE = Path(__file__).parents[2] / "examples" / "demo.toml"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A shop of its own whose minutes are short."""
    wish = DemoWish(
        SHOP_FILE,
        tmp_path / "demo",
        port=free_port(),
        rate=3600.0,
        start=time(9),
        date="2026-11-23",
    )
    with Demo(wish) as started:
        started.start(with_codes=False)
        yield started


async def _late_for_the_check(demo: Demo) -> tuple[Walk, int]:
    """A leader who means to fail a car that is not at the check."""
    doors = Doors(demo.url, demo.crew.pins)
    await doors.open()
    try:
        clock = await doors.time(demo.crew.zone)
        floor = Floor(demo.crew.work_bays, demo.crew.skills)
        visit = plan_day(1, date(2026, 11, 23), demo.crew.zone).visits[0]
        promise = clock.now() + timedelta(days=1)
        troubled = replace(
            visit, trouble=Trouble.failed_check, booked_at=None, booked_for=None, promise=promise
        )
        walk = Walk(Play(doors, clock, demo.crew, Hall(), floor), troubled)
        await come(walk)
        await team_check(walk, await walk.look() or {})
        return walk, doors.tally.refused["no_check_due"]
    finally:
        doors.close()


def test_a_check_that_could_not_be_failed_is_failed_later(demo: Demo) -> None:
    """What was refused is spared, or a day would miss a cause it planned."""
    walk, refused = asyncio.run(_late_for_the_check(demo))
    assert refused == 1
    assert not +walk.play.happened, "it has not happened"
    assert walk.meets(Trouble.failed_check), "it may still happen"
