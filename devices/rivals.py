"""Whether another program listens at our broker for the same shop, and how long we keep out then.

Two under one client id would throw each other out for ever, in turns. Knows no MQTT library.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from hashlib import blake2b

from board.core.slips import sentence
from devices.access import Access
from devices.mqtt_client import Plan
from devices.mqtt_rival import Look

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 0.05
RIVAL_SECONDS = 30.0
PULSES = 1.5
WATCH_SECONDS = 1.0
"""A program that lives speaks once in each pulse; a little more is waited for."""
CALM_LOOKS = 10
"""So often in a row a rival must not be seen: a shop that restarts comes back to its place."""


def home_of(key: bytes, epoch: str) -> str:
    """What names a shop to the broker: a copy of its data has its keys, but after the restore
    another history.
    """
    return blake2b(epoch.encode(), key=key[:64], digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Rivals:
    """Looks at one broker. A program that lives says something on `pulse_topic` in every
    `pulse_seconds`; `again_seconds` lie between two looks.
    """

    plan: Plan
    pulse_topic: str
    pulse_seconds: float
    again_seconds: float = RIVAL_SECONDS

    async def met(self, access: Access, version5: bool, *, is_first: bool) -> AsyncIterator[str]:
        """A sentence after each look for which we have to keep out; ends when we may go in.

        Whoever comes first into a process has the right to listen from the other processes of its
        shop; whoever was thrown out by one of them has it no longer.
        """
        calm, rival = CALM_LOOKS, ""
        while True:
            seen = await self._look(Look(self.plan, access, version5, self.pulse_topic), is_first)
            calm, rival = (0, seen) if seen else (calm + 1, rival)
            if calm >= CALM_LOOKS:
                return
            plan = self.plan
            yield sentence("rival", rival=rival, address=plan.address, client=plan.client_id)
            await asyncio.sleep(self.again_seconds)

    async def _look(self, look: Look, may_be_fellow: bool) -> str:
        """Which other run speaks there as we would; empty when none does."""
        look.open()
        try:
            await _until(lambda: look.knows)
            deadline = time.monotonic() + PULSES * self.pulse_seconds + WATCH_SECONDS
            if may_be_fellow and look.is_fellow:
                return ""
            await _until(lambda: not look.boot or look.lives or time.monotonic() > deadline)
            return look.boot if look.lives else ""
        finally:
            await asyncio.to_thread(look.close)


async def _until(holds: Callable[[], bool]) -> None:
    """What a look finds comes from another thread."""
    while True:
        if holds():
            return
        await asyncio.sleep(LOOK_SECONDS)
