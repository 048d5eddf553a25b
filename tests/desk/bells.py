"""Doorbells for tests: each in turn rings in one process or through a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from board.doorbell import Doorbell, HouseBell
from board.doorbell_redis import RedisBell, channels
from board.presence import Presence
from board.secret import derived, open_secret
from tests.servers.fair_clock import fair_seconds

WAIT_SECONDS = 10.0
HOUSE = "0123456789abcdef"
MakeBell = Callable[[str], Doorbell]
"""A bell of the process with this name; all made by one function hear each other."""


def house() -> MakeBell:
    """Bells of one process."""
    together: list[HouseBell] = []
    return lambda name: HouseBell(together)


def through_redis(url: str, house: str = HOUSE) -> MakeBell:
    """Bells that ring through this Redis; each process tells of one screen named after it."""

    def make(name: str) -> Doorbell:
        return RedisBell(url, house, name, lambda: Presence(name, {"board": 1}, (f"s:{name}",)))

    return make


def channels_of(data: Path) -> tuple[str, str]:
    """The channels of the shop with this data folder: for rings, for presence."""
    return channels(derived(open_secret(data / "secret"), "bell").hex()[:16])


class Ear:
    """A bell with what was heard through it."""

    def __init__(self, bell: Doorbell) -> None:
        self.bell = bell
        self.heard: dict[str, int] = {}
        self.rings: list[tuple[str, int]] = []
        bell.answer(self._note)

    def _note(self, shop_id: str, seq: int) -> None:
        self.heard[shop_id] = seq
        self.rings.append((shop_id, seq))


@asynccontextmanager
async def ringing(make: MakeBell, *names: str) -> AsyncIterator[list[Ear]]:
    """Running bells that hear each other already."""
    ears = [Ear(make(name)) for name in names]
    tasks = [asyncio.create_task(ear.bell.run()) for ear in ears]
    try:
        for ear in ears:
            await until(partial(_rings_until_heard, ear, ears))
        yield ears
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _rings_until_heard(ringer: Ear, ears: list[Ear]) -> bool:
    ringer.bell.ring("warm-up", 1)
    return all("warm-up" in ear.heard for ear in ears)


async def until(holds: Callable[[], object], seconds: float = WAIT_SECONDS) -> None:
    """Wait until `holds`; TimeoutError when it never does."""
    deadline = fair_seconds() + seconds
    while not holds():
        if fair_seconds() > deadline:
            raise TimeoutError(f"waited {seconds} s in vain")
        await asyncio.sleep(0.01)


def play(scenario: Callable[[], Coroutine[object, object, None]]) -> None:
    """Run one scenario on a loop of its own."""
    asyncio.run(scenario())
