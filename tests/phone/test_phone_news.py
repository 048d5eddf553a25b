"""The stream that tells a phone to look again: who hears what, how many may listen, how it ends."""

import asyncio
from collections.abc import AsyncIterator

import httpx

from board.core import commands as c
from board.core import events as e
from board.core.events import Event, Fact
from board.core.shop import Shop
from board.web.phone_streams import PER_JOB, PhoneStreams
from tests.builders import NOW
from tests.phone.customers import LI, asked, customer, did
from tests.web.front import Front

CHANGED, AGAIN, FULL = b"event: changed", b"event: again", b"event: full"


def _fact(event: Event) -> Fact:
    return Fact(1, NOW, "person:li", "c1", event)


async def _next(stream: AsyncIterator[bytes]) -> bytes:
    async with asyncio.timeout(5):
        return await anext(stream)


async def _opened(
    streams: PhoneStreams, job: str = "j1", shop: str = "test"
) -> AsyncIterator[bytes]:
    stream = streams.listen(shop, job)
    assert (await _next(stream)).startswith(b"retry: ")
    return stream


def test_only_the_pages_of_that_job_in_that_shop_hear_of_a_change() -> None:
    async def run() -> None:
        streams = PhoneStreams(beat_seconds=0.6)
        mine, other = await _opened(streams), await _opened(streams, job="j2")
        abroad = await _opened(streams, shop="elsewhere")
        waiting = [asyncio.create_task(_next(each)) for each in (mine, other, abroad)]
        await asyncio.sleep(0)
        streams.changed(Shop(id="test"), [_fact(e.JobRecalled("j1"))])
        heard = await asyncio.gather(*waiting)
        assert heard[0].startswith(CHANGED)
        assert [each.startswith(b": ") for each in heard[1:]] == [True, True]

    asyncio.run(run())


def test_what_is_taken_back_is_news_too() -> None:
    async def run() -> None:
        streams = PhoneStreams()
        mine = await _opened(streams)
        waiting = asyncio.create_task(_next(mine))
        await asyncio.sleep(0)
        streams.changed(Shop(id="test"), [_fact(e.MoveUndone(("j7", "j1")))])
        assert (await waiting).startswith(CHANGED)

    asyncio.run(run())


def test_nothing_private_is_in_the_stream_at_all() -> None:
    async def run() -> None:
        streams = PhoneStreams()
        mine = await _opened(streams)
        streams.changed(Shop(id="test"), [_fact(e.LineProposed("j1", "1", "brakes"))])
        assert await _next(mine) == b"event: changed\ndata: -\n\n"

    asyncio.run(run())


def test_the_oldest_of_a_job_makes_room_and_is_told_not_to_come_back() -> None:
    async def run() -> None:
        streams = PhoneStreams()
        pages = [await _opened(streams) for _ in range(PER_JOB + 1)]
        assert (await _next(pages[0])).startswith(FULL)
        assert [line async for line in pages[0]] == []
        assert streams.count == PER_JOB

    asyncio.run(run())


def test_so_many_and_no_more_listen_in_all() -> None:
    async def run() -> None:
        streams = PhoneStreams(in_all=3)
        for n in range(3):
            assert not streams.is_full
            await _opened(streams, job=f"j{n}")
        assert streams.is_full

    asyncio.run(run())


def test_who_leaves_makes_room() -> None:
    async def run() -> None:
        streams = PhoneStreams(in_all=1)
        stream = await _opened(streams)
        await stream.aclose()  # type: ignore[attr-defined]
        assert streams.count == 0
        assert not streams.is_full

    asyncio.run(run())


def test_at_the_end_everybody_is_let_go_at_once() -> None:
    async def run() -> None:
        streams = PhoneStreams()
        mine = await _opened(streams)
        waiting = asyncio.create_task(_next(mine))
        await asyncio.sleep(0)
        streams.end()
        assert (await waiting).startswith(AGAIN)
        assert streams.is_full

    asyncio.run(run())


def test_a_phone_hears_of_a_decision_made_at_the_desk(front: Front) -> None:
    job = asked(front, asks=False)
    with customer(front, job) as me, me.client.stream("GET", f"{me.path}/news") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert next(lines).startswith("retry: ")
        did(front, c.AskCustomer(job=job), LI)
        heard = next(line for line in lines if line.startswith("event:"))
        assert heard == "event: changed"


def test_too_many_are_asked_to_come_by_themselves(front: Front) -> None:
    full = PhoneStreams(in_all=0)
    object.__setattr__(front.doors, "phones", full)
    with customer(front, asked(front)) as me:
        assert me.client.get(f"{me.path}/news").status_code == 503
        assert me.look().status_code == 200
    assert httpx.get(f"{front.url}/track/x/news").status_code == 404
