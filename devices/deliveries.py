"""The bounded way from the network thread to the event loop, in order. Knows no MQTT library."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

MOST_WAITING = 10_000
MOST_UNACKNOWLEDGED = 1_000


@dataclass(frozen=True, slots=True)
class Ticket:
    """Which delivery of which connection to acknowledge; later connections know it not."""

    link: int
    connection: int
    message: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message as it came. Without `ticket` the broker wants no acknowledgement."""

    topic: str
    payload: bytes
    retained: bool
    received_at: datetime
    ticket: Ticket | None = None


class Mark(Enum):
    """What happened to the connection between two messages."""

    connected = "connected"
    subscribed = "subscribed"


class Deliveries:
    """Thread in, loop out. Full: unacknowledged messages stay with the broker, others are lost."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        """Must be made inside the running loop that will wait on it."""
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Delivery | Mark] = deque()
        self._bell = asyncio.Event()
        self._ringing = False
        self._most = most
        self.dropped = 0

    def offer(self, item: Delivery | Mark) -> bool:
        """Add one from any thread; False if it was dropped."""
        may_wait = isinstance(item, Mark) or item.ticket is not None
        room = self._most + (MOST_UNACKNOWLEDGED if may_wait else 0)
        if len(self._waiting) >= room:
            self.dropped += 1
            return False
        self._waiting.append(item)
        if not self._ringing:
            self._ringing = True
            self._loop.call_soon_threadsafe(self._ring)
        return True

    def _ring(self) -> None:
        self._ringing = False
        self._bell.set()

    def take(self) -> Delivery | Mark | None:
        """The oldest one, or None."""
        return self._waiting.popleft() if self._waiting else None

    async def wait(self, most_seconds: float) -> None:
        """Return when there is something to take, at the latest after `most_seconds`."""
        if not self._waiting:
            self._bell.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(most_seconds):
                    await self._bell.wait()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)
