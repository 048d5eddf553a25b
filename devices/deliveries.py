"""The bounded way from the connection to whoever hears, in order. Knows no MQTT library."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from msgspec import Struct, field

MOST_WAITING = 10_000
MOST_UNACKNOWLEDGED = 1_000
CROWD = 1_000


class Ticket(Struct, frozen=True, gc=False):
    """Which delivery of which connection to acknowledge; later connections know it not."""

    link: int
    connection: int
    message: int


class Delivery(Struct, frozen=True, gc=False):
    """One message as it came. Without `ticket` the broker wants no acknowledgement.

    `waits_since`: seconds of the machine's steady clock.
    """

    topic: str
    payload: bytes
    retained: bool
    received_at: datetime
    ticket: Ticket | None = None
    waits_since: float = field(default_factory=time.monotonic)


class Mark(Enum):
    """What happened to the connection between two messages."""

    connected = "connected"
    subscribed = "subscribed"


@dataclass(frozen=True, slots=True)
class Latest:
    """Stands in the queue for whatever came last on a topic."""

    topic: str


class Deliveries:
    """In and out in one event loop. Full: unacknowledged messages stay with the broker, of the
    others the oldest are lost. In a crowd of messages those of a topic that tells one level and
    nothing else are one: the last.
    """

    def __init__(
        self, most: int = MOST_WAITING, is_level: Callable[[str], bool] = lambda topic: False
    ) -> None:
        """Nothing waits yet."""
        self._waiting: deque[Delivery | Mark | Latest] = deque()
        self._latest: dict[str, Delivery] = {}
        self._is_level = is_level
        self._bell = asyncio.Event()
        self._most = most
        self.dropped = 0
        self.merged = 0

    def offer(self, item: Delivery | Mark) -> bool:
        """Add one; False if it was dropped.

        A level that gives way to a later one is no loss: what came last is what holds.
        """
        if not self._is_merged(item):
            may_wait = isinstance(item, Mark) or item.ticket is not None
            room = self._most + (MOST_UNACKNOWLEDGED if may_wait else 0)
            if len(self._waiting) >= room:
                self.dropped += 1
                if may_wait or not self._gives_way(self._waiting[0]):
                    return False
                self._waiting.popleft()
            self._waiting.append(item)
        self._bell.set()
        return True

    def _is_merged(self, item: Delivery | Mark) -> bool:
        """Whether it takes the place of what came before it on its topic, in a crowd only: else
        each reading has a vote.
        """
        if not CROWD <= len(self._waiting) < self._most or isinstance(item, Mark):
            return False
        if item.ticket is not None or item.retained or not self._is_level(item.topic):
            return False
        if item.topic in self._latest:
            self.merged += 1
        else:
            self._waiting.append(Latest(item.topic))
        self._latest[item.topic] = item
        return True

    def _gives_way(self, item: Delivery | Mark | Latest) -> bool:
        return isinstance(item, Delivery) and item.ticket is None

    def take(self) -> Delivery | Mark | None:
        """The oldest one, or None."""
        if not self._waiting:
            return None
        item = self._waiting.popleft()
        return self._latest.pop(item.topic) if isinstance(item, Latest) else item

    @property
    def lag_seconds(self) -> float:
        """For how long the oldest message has waited; 0 when none waits."""
        waiting = (
            self._latest[one.topic] if isinstance(one, Latest) else one for one in self._waiting
        )
        oldest = next((one for one in waiting if isinstance(one, Delivery)), None)
        return 0.0 if oldest is None else time.monotonic() - oldest.waits_since

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
