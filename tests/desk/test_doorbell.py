"""What every doorbell promises, in one process or through Redis."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.doorbell import MOST_SEQ, read_rings, rings_text
from board.presence import Presence, Unreadable, presence_text, read_presence
from tests.desk.bells import MakeBell, house, play, ringing, through_redis, until
from tests.servers.redis_server import RedisServer


@pytest.fixture(params=["house", "redis"])
def make(request: pytest.FixtureRequest) -> MakeBell:
    """Makes bells of either kind."""
    if request.param == "house":
        return house()
    server: RedisServer = request.getfixturevalue("redis_server")
    return through_redis(server.url)


def test_a_ring_is_heard_by_everybody(make: MakeBell) -> None:
    async def scenario() -> None:
        async with ringing(make, "one", "two", "three") as (one, *others):
            one.bell.ring("main", 7)
            await until(lambda: all(ear.heard.get("main") == 7 for ear in (one, *others)))

    play(scenario)


def test_two_houses_on_one_redis_do_not_hear_each_other(redis_server: RedisServer) -> None:
    """Falls over without `self._rings, self._presence = channels(house)` in
    `board/doorbell_redis.py`.
    """
    first, second = (through_redis(redis_server.url, house) for house in ("first", "second"))

    async def scenario() -> None:
        async with ringing(first, "one", "two") as (one, two), ringing(second, "three") as (three,):
            three.bell.ring("main", 3)
            one.bell.ring("main", 7)
            await until(lambda: two.heard.get("main") == 7)
            await until(lambda: three.heard.get("main") == 3)
            await until(lambda: [said.process for said in one.bell.others()] == ["two"])
            assert {seq for shop, seq in two.rings if shop == "main"} == {7}
            assert {seq for shop, seq in three.rings if shop == "main"} == {3}
            assert three.bell.others() == []

    play(scenario)


def test_rings_that_wait_together_become_one_with_the_greatest_number(make: MakeBell) -> None:
    async def scenario() -> None:
        async with ringing(make, "one", "two") as (one, two):
            for seq in (3, 9, 5, 9, 1):
                one.bell.ring("main", seq)
            one.bell.ring("other", 2)
            await until(lambda: {"main", "other"} <= two.heard.keys())
            assert [seq for shop, seq in two.rings if shop == "main"] == [9]
            assert two.heard["other"] == 2

    play(scenario)


def test_ringing_never_waits_even_before_the_bell_runs(make: MakeBell) -> None:
    bell = make("alone")
    for seq in range(1, 10_000):
        bell.ring("main", seq)
    assert bell.fault == ""


def test_a_bell_that_gets_through_has_no_fault(make: MakeBell) -> None:
    async def scenario() -> None:
        async with ringing(make, "one", "two") as (one, two):
            assert (one.bell.fault, two.bell.fault) == ("", "")

    play(scenario)


def test_cancelling_ends_a_bell(make: MakeBell) -> None:
    async def scenario() -> None:
        task = asyncio.create_task(make("one").run())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    play(scenario)


@given(st.dictionaries(st.text(max_size=40), st.integers(1, MOST_SEQ), max_size=20))
def test_rings_travel_as_ascii_and_come_out_the_same(rings: dict[str, int]) -> None:
    try:
        text = rings_text(rings)
    except UnicodeEncodeError:
        return
    assert read_rings(json.dumps(json.loads(text)).encode()) == rings


@given(st.binary() | st.text().map(str.encode))
def test_whatever_comes_is_rings_or_is_refused(data: bytes) -> None:
    for read in (read_rings, read_presence):
        try:
            read(data)
        except Unreadable:
            continue


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "null", '{"main": 0}', '{"main": -1}', '{"main": 1.5}', '{"main": "7"}'),
        *('{"main": true}', '{"main": 99999999999999999999}', '{"main": {"seq": 1}}'),
        *("[" * 50_000, '{"主": 1}', '{"main": 1}' + " " * 70_000),
    ],
)
def test_what_is_no_ring_is_refused(text: str) -> None:
    """Falls over without the checks in `read_rings`."""
    with pytest.raises(Unreadable):
        read_rings(text.encode())


@pytest.mark.parametrize("screens", [1, 10_000])
def test_presence_travels_however_many_screens_there_are(screens: int) -> None:
    """Falls over when `MOST_BYTES` in `board/presence.py` is less than the screens need."""
    accounts = tuple(f"main:{number:020d}" for number in range(screens))
    presence = Presence("a1", {"board": 3, "tv": screens}, accounts)
    assert read_presence(presence_text(presence)) == presence
