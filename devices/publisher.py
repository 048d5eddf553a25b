"""A device's side of the broker: says what sensors say. Knows nothing of what it means.

Uses the same connection as the listening side, with its births, wills and redials.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

from devices.address import BrokerAddress
from devices.deliveries import Deliveries
from devices.mqtt import Link, Plan
from devices.topics import DeviceTopic, Part, build


class Publisher:
    """A hub of sensors, itself the native device `hub`. Make it inside the running loop."""

    def __init__(self, address: BrokerAddress, site: str, hub: str, boot: str) -> None:
        """Nothing is dialled before `open`. `boot` names this run."""
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        plan = Plan(
            address=address,
            client_id=f"{hub}-{boot}",
            # The connection wants something to listen to; nobody commands this hub.
            filters=(build(DeviceTopic(site, hub, Part.command, "none")),),
            status_topic=build(DeviceTopic(site, hub, Part.status)),
            boot=boot,
            clock=lambda: datetime.now(UTC),
            changed=self._ring,
        )
        self._link = Link(plan, Deliveries(), 1, True)

    @property
    def fault(self) -> str:
        """Why there is no connection, '' while there is one."""
        return self._link.fault

    def _ring(self) -> None:
        self._loop.call_soon_threadsafe(self._changed.set)

    async def open(self, most_seconds: float) -> bool:
        """Dial and wait for the connection; False if it is not there in time (it still tries)."""
        self._link.open()
        with suppress(TimeoutError):
            async with asyncio.timeout(most_seconds):
                while not self._link.connected:
                    await self._changed.wait()
                    self._changed.clear()
        return self._link.connected

    def say(self, topic: str, payload: bytes, *, retain: bool) -> None:
        """Publish once with QoS 1; while the broker is away some messages wait."""
        self._link.publish(topic, payload, retain)

    async def close(self) -> None:
        """Say goodbye and hang up."""
        await asyncio.to_thread(self._link.close)
