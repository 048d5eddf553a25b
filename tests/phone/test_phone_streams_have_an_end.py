"""However many pages of one car dial at the same moment, few of them listen."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from board.web.phone_streams import PER_JOB, PhoneStreams

TOGETHER = 12


async def _read(lines: AsyncIterator[bytes]) -> list[bytes]:
    return [line async for line in lines]


async def _left(streams: PhoneStreams) -> tuple[int, list[bytes]]:
    """How many still listen when a crowd has dialled at once, and what each of the others heard
    last.
    """
    pages = [
        asyncio.create_task(_read(streams.listen("s", "j", "192.0.2.1", dict)))
        for _ in range(TOGETHER)
    ]
    async with asyncio.timeout(30):
        while sum(not page.done() for page in pages) > PER_JOB:
            await asyncio.wait(pages, return_when=asyncio.FIRST_COMPLETED, timeout=0.1)
    ended = [page.result()[-1] for page in pages if page.done()]
    left = streams.count
    streams.end()
    await asyncio.wait(pages)
    return left, ended


@pytest.mark.parametrize("in_all", [300, PER_JOB])
def test_a_crowd_that_dials_at_once_ends_but_for_the_few(in_all: int) -> None:
    left, ended = asyncio.run(_left(PhoneStreams(in_all=in_all)))
    assert left == PER_JOB
    assert len(ended) == TOGETHER - PER_JOB
    assert all(b"full" in last for last in ended)
