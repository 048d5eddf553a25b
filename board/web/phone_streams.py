"""The phone pages' news: each stream brings the regions of one page as they change.

Rung by the desks' listeners, which only ever set a flag. Streams are few per job, per address and
in all; each asks anew what its page may show, so that it ends with its link.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence

from board.core.events import Fact
from board.core.shop import Shop

PER_JOB = 4
PER_ADDRESS = 60
"""Generous: all guests of a shop's Wi-Fi may come from one address."""
IN_ALL = 300
BEAT_SECONDS = 5.0
LOOKS_EVERY = 4
"""After so many beats without news a page is looked at anyway: time changes it too."""
LIFE_SECONDS = 3600.0
AGAIN_MS = 4000
"""When a page dials again after its stream has ended."""
_TOGETHER_SECONDS = 0.25

_Key = tuple[str, str]
Look = Callable[[], Mapping[str, str] | None]
"""Every region of a page as it is now, by id; None when its link works no more."""


class _Stream:
    """One page that listens. `over` says why it must end, '' while it may go on."""

    def __init__(self, look: Look) -> None:
        self.look = look
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
        self._addresses: Counter[str] = Counter()
        self._is_ending = False

    @property
    def count(self) -> int:
        """How many pages listen."""
        return self._addresses.total()

    def has_room(self, address: str) -> bool:
        """Whether somebody at `address` may listen now."""
        full = self.count >= self._in_all or self._addresses[address] >= PER_ADDRESS
        return not self._is_ending and not full

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

    async def listen(
        self, shop_id: str, job_id: str, address: str, look: Look
    ) -> AsyncIterator[bytes]:
        """The lines of one stream. The oldest of a job makes room for one too many."""
        # Many may have found room before the first of them listens.
        if not self.has_room(address):
            yield _event("full")
            return
        key, mine = (shop_id, job_id), _Stream(look)
        mates = self._open[key]
        for mate in mates[: max(0, len(mates) - PER_JOB + 1)]:
            mate.end("full")
        mates.append(mine)
        self._addresses[address] += 1
        try:
            async for line in self._lines(mine):
                yield line
        finally:
            self._addresses[address] -= 1
            self._addresses += Counter()
            mates.remove(mine)
            if not mates and self._open.get(key) is mates:
                del self._open[key]

    async def _lines(self, mine: _Stream) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        until = loop.time() + LIFE_SECONDS
        yield f"retry: {AGAIN_MS}\n\n".encode()
        shown: Mapping[str, str] = {}
        while loop.time() < until and not mine.over:
            regions = mine.look()
            if regions is None:
                mine.over = "over"
                break
            for html in _differing(shown, regions):
                yield _event("part", html)
            shown = regions
            async for beat in self._quiet(mine):
                yield beat
        if mine.over:
            yield _event(mine.over)

    async def _quiet(self, mine: _Stream) -> AsyncIterator[bytes]:
        """Beats until there is news, or until a page is looked at anyway."""
        for _ in range(LOOKS_EVERY):
            try:
                async with asyncio.timeout(self._beat):
                    await mine.rung.wait()
            except TimeoutError:
                yield _event("beat")
                continue
            if not mine.over:
                # What comes close together is told once.
                await asyncio.sleep(_TOGETHER_SECONDS)
            mine.rung.clear()
            return


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    return (html for name, html in after.items() if before.get(name) != html)


def _event(kind: str, data: str = "-") -> bytes:
    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
    return f"event: {kind}\n{lines}\n".encode()
