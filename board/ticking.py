"""The tick: time passes on every screen, what other processes wrote and ended is seen.

Knows neither screens nor sessions: it is told what to do about them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import count

from board.desk import Desk
from board.journal import JournalUnavailable

TICK_SECONDS = 0.5
TICKS_BETWEEN_RECHECKS = 60

LOG = logging.getLogger("baylight")


class Ticking:
    """Looks at every desk twice a second, and at once when a doorbell rings for its shop."""

    def __init__(
        self,
        desks: Collection[Desk],
        show: Callable[[Desk], None],
        recheck: Callable[[], Awaitable[None]],
        tick_seconds: float = TICK_SECONDS,
    ) -> None:
        """`show` brings a desk's shop to the screens as of now; `recheck` ends what sessions
        are over and is called twice a minute.
        """
        self._tick_seconds = tick_seconds
        self._desks = desks
        self._show = show
        self._recheck = recheck
        self._behind: dict[str, Desk] = {}
        self._rung = asyncio.Event()

    def hear(self, shop_id: str, seq: int) -> None:
        """Somebody says that the shop's journal has grown up to `seq`."""
        for desk in self._desks:
            if desk.shop.id == shop_id and desk.shop.seq < seq:
                self._behind[shop_id] = desk
                self._rung.set()

    async def run(self) -> None:
        """Tick, and answer the bell, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._tick())
            tasks.create_task(self._answer_the_bell())

    async def _tick(self) -> None:
        for tick in count(1):
            await asyncio.sleep(self._tick_seconds)
            with _what_fails_logged():
                await self._look_around()
                if tick % TICKS_BETWEEN_RECHECKS == 0:
                    await self._recheck()

    async def _look_around(self) -> None:
        # Time passes first: it does so even while the journal cannot be read.
        for desk in self._desks:
            self._show(desk)
        for desk in self._desks:
            if await asyncio.to_thread(desk.is_behind):
                await desk.catch_up()

    async def _answer_the_bell(self) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            behind, self._behind = self._behind, {}
            for desk in behind.values():
                with _what_fails_logged():
                    await desk.catch_up()


@contextmanager
def _what_fails_logged() -> Iterator[None]:
    """Whatever goes wrong is told, and the next tick tries again."""
    try:
        yield
    except JournalUnavailable as error:
        LOG.warning("the journal cannot be read: %s", error.sentence)
    except Exception:
        LOG.exception("a tick failed")
