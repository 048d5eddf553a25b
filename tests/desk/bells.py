"""Doorbells for tests: each in turn rings in one process or through a real Redis."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial

from board.doorbell import Doorbell, HouseBell
from board.doorbell_redis import RedisBell
from board.presence import Presence

WAIT_SECONDS = 10.0
MakeBell = Callable[[str], Doorbell]
"""A bell of the process with this name; all made by one function hear each other."""


def house() -> MakeBell:
    """Bells of one process."""
    together: list[HouseBell] = []
    return lambda name: HouseBell(together)


def through_redis(url: str) -> MakeBell:
    """Bells that ring through this Redis; each process tells of one screen named after it."""
    return lambda name: RedisBell(url, name, lambda: Presence(name, {"board": 1}, (f"s:{name}",)))


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
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s in vain")
        await asyncio.sleep(0.01)


def play(scenario: Callable[[], Coroutine[object, object, None]]) -> None:
    """Run one scenario on a loop of its own."""
    asyncio.run(scenario())
