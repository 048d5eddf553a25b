"""One process's claim to a lease: renewed in time, and known to be over when it could not be.

Knows nothing of what the holder does.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from board.journal import JournalUnavailable
from board.lease import Lease

LEASE_SECONDS = 5.0
RENEW_SECONDS = 1.5
LOOK_SECONDS = 0.1

LOG = logging.getLogger(__name__)


def _elapsed() -> float:
    """Seconds that go on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Claim:
    """Asks for the lease `name` again and again; `fence` is its number while it is ours."""

    def __init__(
        self,
        lease: Lease,
        name: str,
        holder: str,
        seconds: float = LEASE_SECONDS,
        elapsed: Callable[[], float] = _elapsed,
    ) -> None:
        """`holder` names this run of this process."""
        self.name = name
        self._lease = lease
        self._holder = holder
        self._seconds = seconds
        self._elapsed = elapsed
        self._fence: int | None = None
        self._until = 0.0
        self.is_elsewhere = False
        """Whether another process had the lease when we last asked."""

    @property
    def fence(self) -> int | None:
        """The fencing number; None when another process has the lease or may have it by now."""
        return self._fence if self._elapsed() < self._until else None

    async def held(self) -> int:
        """Wait until the lease is ours; its number."""
        while True:
            if (fence := self.fence) is not None:
                return fence
            await asyncio.sleep(LOOK_SECONDS)

    async def lost(self, fence: int) -> None:
        """Wait until the lease with this number is ours no longer."""
        while True:
            if self.fence != fence:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def run(self) -> None:
        """Take and renew until cancelled."""
        while True:
            try:
                await self._ask()
            except JournalUnavailable as error:
                LOG.warning("the lease %s cannot be renewed: %s", self.name, error.sentence)
            except Exception:
                LOG.exception("the lease %s cannot be renewed", self.name)
            await asyncio.sleep(RENEW_SECONDS)

    async def _ask(self) -> None:
        # Counted from before the question: the answer may take its time.
        until = self._elapsed() + self._seconds
        self._fence = await asyncio.to_thread(self._lease.take, self._holder, self._seconds)
        self._until = until
        self.is_elsewhere = self._fence is None

    async def release(self) -> None:
        """Give the lease back so that another process goes on at once."""
        self._fence = None
        with suppress(JournalUnavailable):
            await asyncio.to_thread(self._lease.release, self._holder)
