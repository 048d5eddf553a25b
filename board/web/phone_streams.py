"""The phone pages' little news: that something changed, and nothing of what.

Fed by the desks' listeners, which only ever set a flag. Streams are few per job and in all.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence

from board.core.events import Fact
from board.core.shop import Shop

PER_JOB = 4
IN_ALL = 300
BEAT_SECONDS = 20.0
LIFE_SECONDS = 3600.0
AGAIN_MS = 4000
"""When a page dials again after its stream has ended."""
_TOGETHER_SECONDS = 0.25

_Key = tuple[str, str]


class _Stream:
    """One page that listens. `over` says why it must end, '' while it may go on."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self.over = ""

    def end(self, why: str) -> None:
        """End at the next turn of the loop."""
        self.over = why
        self.rung.set()


class PhoneStreams:
    """Every open stream of this process. All is called on the event loop."""

    def __init__(self, beat_seconds: float = BEAT_SECONDS, in_all: int = IN_ALL) -> None:
        self._beat = beat_seconds
        self._in_all = in_all
        self._open: defaultdict[_Key, list[_Stream]] = defaultdict(list)
        self._is_ending = False

    @property
    def count(self) -> int:
        """How many pages listen."""
        return sum(map(len, self._open.values()))

    @property
    def is_full(self) -> bool:
        """Whether nobody else may listen now."""
        return self._is_ending or self.count >= self._in_all

    def changed(self, shop: Shop, facts: Sequence[Fact]) -> None:
        """A desk's listener: ring those who look at one of the jobs."""
        if not self._open:
            return
        for fact in facts:
            event = fact.event
            for job in (getattr(event, "job", ""), *getattr(event, "jobs", ())):
                for stream in self._open.get((shop.id, job), ()):
                    stream.rung.set()

    def end(self) -> None:
        """Let everybody go, because this process ends; pages dial again by themselves."""
        self._is_ending = True
        for streams in self._open.values():
            for stream in streams:
                stream.end("again")

    async def listen(self, shop_id: str, job_id: str) -> AsyncIterator[bytes]:
        """The lines of one stream. The oldest of a job makes room for one too many."""
        key, mine = (shop_id, job_id), _Stream()
        mates = self._open[key]
        if len(mates) >= PER_JOB:
            mates[0].end("full")
        mates.append(mine)
        try:
            async for line in self._lines(mine):
                yield line
        finally:
            mates.remove(mine)
            if not mates and self._open.get(key) is mates:
                del self._open[key]

    async def _lines(self, mine: _Stream) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        until = loop.time() + LIFE_SECONDS
        yield f"retry: {AGAIN_MS}\n\n".encode()
        while loop.time() < until:
            rung = await self._rung(mine)
            if mine.over:
                yield f"event: {mine.over}\ndata: -\n\n".encode()
                return
            yield b"event: changed\ndata: -\n\n" if rung else b": still here\n\n"

    async def _rung(self, mine: _Stream) -> bool:
        """Wait for news, or for the next heartbeat; what comes close together is told once."""
        try:
            async with asyncio.timeout(self._beat):
                await mine.rung.wait()
        except TimeoutError:
            return False
        if not mine.over:
            await asyncio.sleep(_TOGETHER_SECONDS)
        mine.rung.clear()
        return True
