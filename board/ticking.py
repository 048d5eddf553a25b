"""The tick: time passes on every screen, what other processes wrote and ended is seen.

Knows neither screens nor sessions: it is told what to do about them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from itertools import count

from board.desk import Desk
from board.journal import JournalUnavailable

TICK_SECONDS = 0.5
TICKS_BETWEEN_RECHECKS = 60

LOG = logging.getLogger("baylight")


@dataclass(frozen=True)
class Ticking:
    """Looks at every desk twice a second; `show` brings its shop to the screens as of now.

    `recheck` ends what sessions are over; it is called twice a minute.
    """

    desks: Collection[Desk]
    show: Callable[[Desk], None]
    recheck: Callable[[], Awaitable[None]]

    async def run(self) -> None:
        """Tick for ever."""
        for tick in count(1):
            await asyncio.sleep(TICK_SECONDS)
            try:
                await self._look_around()
                if tick % TICKS_BETWEEN_RECHECKS == 0:
                    await self.recheck()
            except JournalUnavailable as error:
                LOG.warning("the journal cannot be read: %s", error.sentence)
            except Exception:
                LOG.exception("a tick failed")

    async def _look_around(self) -> None:
        # Time passes first: it does so even while the journal cannot be read.
        for desk in self.desks:
            self.show(desk)
        for desk in self.desks:
            if await asyncio.to_thread(desk.is_behind):
                await desk.catch_up()
