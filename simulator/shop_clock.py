"""The shop's clock as the simulation follows it: learnt from the server, never steered."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from time import monotonic

LONGEST_SLEEP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class ShopTime:
    """`at` was the shop's time when `monotonic()` was `seen`; it runs `rate` times as fast."""

    at: datetime
    seen: float
    rate: float
    zone: tzinfo

    def now(self) -> datetime:
        """The shop's now, aware, in the shop's zone."""
        passed = timedelta(seconds=(monotonic() - self.seen) * self.rate)
        return (self.at + passed).astimezone(self.zone)

    async def until(self, at: datetime) -> None:
        """Return when the shop's clock has reached `at`; at once if that is over."""
        while True:
            left = (at - self.now()).total_seconds() / self.rate
            if left <= 0:
                return
            await asyncio.sleep(min(left, LONGEST_SLEEP_SECONDS))

    async def minutes(self, count: float) -> None:
        """Return after so many minutes of the shop's time."""
        await self.until(self.now() + timedelta(minutes=count))
