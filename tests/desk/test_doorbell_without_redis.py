"""The Redis doorbell when Redis is stopped, hung, restarted empty, or poisoned."""

import asyncio

import pytest
from redis import Redis

from board.doorbell_redis import channels
from board.presence import total
from tests.desk.bells import HOUSE, Ear, play, ringing, through_redis, until
from tests.servers.fair_clock import fair_seconds
from tests.servers.redis_server import RedisServer

FOUND_SECONDS = 4.0


def hung(server: RedisServer) -> None:
    """It accepts and never answers."""
    server.hang()


def gone(server: RedisServer) -> None:
    """It is not there."""
    server.stop()


def woken(server: RedisServer) -> None:
    """It goes on."""
    server.wake()


def empty(server: RedisServer) -> None:
    """It is there again and has forgotten everything."""
    server.start()


async def rings_again(ringer: Ear, ear: Ear, seq: int) -> None:
    """Wait until a ring gets through."""

    def rung() -> bool:
        ringer.bell.ring("main", seq)
        return ear.heard.get("main") == seq

    await until(rung)


@pytest.mark.parametrize(("leaves", "returns"), [(hung, woken), (gone, empty)])
def test_an_outage_is_told_and_is_over_by_itself(
    private_redis: RedisServer, leaves: type, returns: type
) -> None:
    """Falls over without both `socket_timeout` in `RedisBell.__init__` and the silence in
    `_listen`: for a Redis that hangs as a whole either is enough.
    """

    async def scenario() -> None:
        make = through_redis(private_redis.url)
        async with ringing(make, "one", "two") as (one, two):
            await until(lambda: total(one.bell.others()) == {"board": 1})
            leaves(private_redis)
            await until(lambda: one.bell.fault and two.bell.fault, FOUND_SECONDS)
            assert "REDIS_URL" in one.bell.fault
            assert one.bell.figures["bell_away"] == 1
            began = fair_seconds()
            for seq in range(1, 5000):
                one.bell.ring("main", seq)
            assert fair_seconds() - began < 1
            await until(lambda: one.bell.others() == [])
            returns(private_redis)
            await rings_again(one, two, 5001)
            await rings_again(two, one, 5002)
            await until(lambda: one.bell.fault == two.bell.fault == "")

    play(scenario)


def test_what_is_no_ring_is_dropped_and_counted(
    private_redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Falls over without `except Unreadable` in `_hear_one`."""

    async def scenario() -> None:
        async with ringing(through_redis(private_redis.url), "one", "two") as (one, two):
            with Redis.from_url(private_redis.url) as stranger:
                for poison in (b"\xff", b'{"main": -1}', b"[[[[", b"{}" * 90_000):
                    for channel in channels(HOUSE):
                        stranger.publish(channel, poison)
            await until(lambda: two.bell.figures["bell_poisoned"] >= 8)
            await rings_again(one, two, 7)
            assert two.bell.fault == ""

    play(scenario)
    assert "dropped what is no ring" in caplog.text


def test_screens_of_other_processes_are_known_and_forgotten(private_redis: RedisServer) -> None:
    async def scenario() -> None:
        make = through_redis(private_redis.url)
        async with ringing(make, "one") as (one,):
            async with ringing(make, "two", "three"):
                await until(lambda: total(one.bell.others()) == {"board": 2})
                assert {said.accounts for said in one.bell.others()} == {("s:two",), ("s:three",)}
            await until(lambda: one.bell.others() == [])

    play(scenario)


def test_a_redis_that_was_never_there_is_named(private_redis: RedisServer) -> None:
    private_redis.stop()

    async def scenario() -> None:
        ear = Ear(through_redis(private_redis.url)("one"))
        task = asyncio.create_task(ear.bell.run())
        await until(lambda: "cannot be used" in ear.bell.fault, FOUND_SECONDS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    play(scenario)
