"""The stream that brings a phone its page: who hears what, how many may listen, how it ends."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping

import httpx

from board.core import commands as c
from board.core import events as e
from board.core.events import Event, Fact
from board.core.shop import Shop
from board.web.phone_streams import LOOKS_EVERY, PER_ADDRESS, PER_JOB, PhoneStreams
from tests.builders import NOW
from tests.phone.customers import LI, asked, customer, did
from tests.web.front import Front

PART, BEAT, AGAIN, FULL, OVER = (
    f"event: {kind}\ndata: ".encode() for kind in ("part", "beat", "again", "full", "over")
)


class Page:
    """What a stream looks at: one region whose html the test changes."""

    def __init__(self) -> None:
        self.html: str | None = "<p id='phone-car'>one</p>"

    def __call__(self) -> Mapping[str, str] | None:
        """The regions now; None once the link is dead."""
        return None if self.html is None else {"head": "<p></p>", "car": self.html}


def _fact(event: Event) -> Fact:
    return Fact(1, NOW, "person:li", "c1", event)


async def _next(stream: AsyncIterator[bytes]) -> bytes:
    async with asyncio.timeout(60):
        return await anext(stream)


async def _opened(
    streams: PhoneStreams,
    job: str = "j1",
    shop: str = "test",
    page: Page | None = None,
    address: str = "10.0.0.7",
) -> AsyncIterator[bytes]:
    """A stream that has brought its page once."""
    stream = streams.listen(shop, job, address, page or Page())
    assert (await _next(stream)).startswith(b"retry: ")
    assert [(await _next(stream))[:12] for _ in range(2)] == [PART[:12]] * 2
    return stream


def test_only_the_pages_of_that_job_in_that_shop_are_looked_at_anew() -> None:
    async def run() -> None:
        streams, page = PhoneStreams(beat_seconds=0.6), Page()
        mine, other = await _opened(streams, page=page), await _opened(streams, "j2", page=page)
        abroad = await _opened(streams, shop="elsewhere", page=page)
        waiting = [asyncio.create_task(_next(each)) for each in (mine, other, abroad)]
        await asyncio.sleep(0)
        page.html = "<p>two\n</p>"
        streams.changed(Shop(id="test"), [_fact(e.JobRecalled("j1"))])
        heard = await asyncio.gather(*waiting)
        assert heard == [PART + b"<p>two\ndata: </p>\n\n", BEAT + b"-\n\n", BEAT + b"-\n\n"]

    asyncio.run(run())


def test_only_what_reads_otherwise_is_sent() -> None:
    """Falls over without `if before.get(name) != html` in `board/web/phone_streams.py`."""

    async def run() -> None:
        streams = PhoneStreams(beat_seconds=0.3)
        mine = await _opened(streams)
        streams.changed(Shop(id="test"), [_fact(e.JobRecalled("j1"))])
        assert (await _next(mine)).startswith(BEAT)

    asyncio.run(run())


def test_what_is_taken_back_is_news_too() -> None:
    async def run() -> None:
        streams, page = PhoneStreams(), Page()
        mine = await _opened(streams, page=page)
        page.html = "<p>back</p>"
        streams.changed(Shop(id="test"), [_fact(e.MoveUndone(("j7", "j1")))])
        assert (await _next(mine)).startswith(PART)

    asyncio.run(run())


def test_what_time_alone_changes_is_brought_too() -> None:
    async def run() -> None:
        streams, page = PhoneStreams(beat_seconds=0.01), Page()
        mine = await _opened(streams, page=page)
        page.html = "<p>later</p>"
        heard = [await _next(mine) for _ in range(LOOKS_EVERY + 1)]
        assert [each[:12] for each in heard] == [BEAT[:12]] * LOOKS_EVERY + [PART[:12]]

    asyncio.run(run())


def test_a_stream_ends_with_its_link() -> None:
    """Falls over without `if regions is None:` in `board/web/phone_streams.py`."""

    async def run() -> None:
        streams, page = PhoneStreams(), Page()
        mine = await _opened(streams, page=page)
        page.html = None
        streams.changed(Shop(id="test"), [_fact(e.LinkRenewed("j1"))])
        assert (await _next(mine)).startswith(OVER)
        assert [line async for line in mine] == []
        assert streams.count == 0

    asyncio.run(run())


def test_one_address_does_not_take_every_place() -> None:
    """Falls over without `self._addresses[address] >= PER_ADDRESS` in
    `board/web/phone_streams.py`.
    """

    async def run() -> None:
        streams = PhoneStreams()
        for n in range(PER_ADDRESS):
            assert streams.has_room("10.0.0.7")
            await _opened(streams, job=f"j{n}")
        assert (streams.has_room("10.0.0.7"), streams.has_room("10.0.0.8")) == (False, True)

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
            assert streams.has_room("10.0.0.8")
            await _opened(streams, job=f"j{n}")
        assert not streams.has_room("10.0.0.8")

    asyncio.run(run())


def test_who_leaves_makes_room() -> None:
    async def run() -> None:
        streams = PhoneStreams(in_all=1)
        stream = await _opened(streams)
        await stream.aclose()  # type: ignore[attr-defined]
        assert streams.count == 0
        assert streams.has_room("10.0.0.7")

    asyncio.run(run())


def test_at_the_end_everybody_is_let_go_at_once() -> None:
    async def run() -> None:
        streams = PhoneStreams()
        mine = await _opened(streams)
        waiting = asyncio.create_task(_next(mine))
        await asyncio.sleep(0)
        streams.end()
        assert (await waiting).startswith(AGAIN)
        assert not streams.has_room("10.0.0.7")

    asyncio.run(run())


def test_a_phone_is_brought_what_its_page_would_show(front: Front) -> None:
    job = asked(front, asks=False)
    with customer(front, job) as me, me.client.stream("GET", f"{me.path}/news") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        parts = _parts(answer.iter_lines())
        first = [next(parts) for _ in range(6)]
        assert 'data-asks="0"' in first[2]
        did(front, c.AskCustomer(job=job), LI)
        asks = next(parts)
        assert "1 question for you" in asks
        assert "680" not in asks
        with customer(front, job) as fresh:
            fresh.look()
            assert asks in fresh.html
            assert all(each in fresh.html for each in first[3:])


def test_a_new_code_closes_what_a_listening_page_shows(front: Front) -> None:
    """Falls over without `opened=opened` in `board/web/phone_guests.py`."""
    job = asked(front)
    with customer(front, job) as me:
        me.lets_in()
        with me.client.stream("GET", f"{me.path}/news") as answer:
            parts = _parts(answer.iter_lines())
            assert "680.00" in [next(parts) for _ in range(6)][2]
            did(front, c.RenewCode(job=job), LI)
            assert 'id="code"' in next(parts)


def _parts(lines: Iterator[str]) -> Iterator[str]:
    """The html of each part that a stream brings."""
    kind, data = "", list[str]()
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "event":
            kind, data = value, []
        elif name == "data":
            data.append(value)
        elif not line and kind == "part":
            yield "\n".join(data)
            kind = ""


def test_too_many_are_asked_to_come_by_themselves(front: Front) -> None:
    full = PhoneStreams(in_all=0)
    object.__setattr__(front.doors, "phones", full)
    with customer(front, asked(front)) as me:
        assert me.client.get(f"{me.path}/news").status_code == 503
        assert me.look().status_code == 200
    assert httpx.get(f"{front.url}/track/x/news").status_code == 404
