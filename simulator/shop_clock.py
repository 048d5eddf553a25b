"""The shop's clock as the simulation follows it: learnt from the server."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from time import monotonic

LONGEST_SLEEP_SECONDS = 5.0


@dataclass(slots=True)
class ShopTime:
    """`at` was the shop's time when `monotonic()` was `seen`; it runs `rate` times as fast."""

    at: datetime
    seen: float
    rate: float
    zone: tzinfo
    _jumped: asyncio.Event = field(default_factory=asyncio.Event)

    def follow(self, learnt: "ShopTime") -> None:
        """The shop's clock was set anew: whoever waits looks again."""
        self.at, self.seen, self.rate = learnt.at, learnt.seen, learnt.rate
        jumped, self._jumped = self._jumped, asyncio.Event()
        jumped.set()

    def now(self) -> datetime:
        """The shop's now, aware, in the shop's zone."""
        passed = timedelta(seconds=(monotonic() - self.seen) * self.rate)
        return (self.at + passed).astimezone(self.zone)

    async def until(self, at: datetime) -> None:
        """Return when the shop's clock has reached `at`; at once if that is over."""
        while (left := (at - self.now()).total_seconds() / self.rate) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, LONGEST_SLEEP_SECONDS)):
                    await self._jumped.wait()

    async def minutes(self, count: float) -> None:
        """Return after so many minutes of the shop's time."""
        await self.until(self.now() + timedelta(minutes=count))
