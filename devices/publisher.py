"""A device's side of the broker: says what devices say, hears what they are told. Knows nothing of
what it means.

Uses the same connection as the listening side, with its births, wills and redials.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

from devices.access import access_of
from devices.address import BrokerAddress
from devices.deliveries import Deliveries, Delivery
from devices.mqtt import Link
from devices.mqtt_client import Plan
from devices.topics import DeviceTopic, Part, build


class Publisher:
    """A hub of devices, itself the native device `hub`. Make it inside the running loop."""

    def __init__(
        self, address: BrokerAddress, site: str, hub: str, boot: str, asked: tuple[str, ...] = ()
    ) -> None:
        """Nothing is dialled before `open`. `boot` names this run; `asked`: what it listens to."""
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        plan = Plan(
            address=address,
            client_id=f"{hub}-{boot}",
            # The connection wants something to listen to; nobody commands this hub.
            filters=asked or (build(DeviceTopic(site, hub, Part.command, "none")),),
            status_topic=build(DeviceTopic(site, hub, Part.status)),
            boot=boot,
            clock=lambda: datetime.now(UTC),
            changed=self._ring,
        )
        access = access_of(address, datetime.now(UTC))
        self._deliveries = Deliveries()
        self._link = Link(plan, access, self._deliveries, 1, True)

    @property
    def fault(self) -> str:
        """Why there is no connection, '' while there is one."""
        return self._link.fault

    @property
    def connections(self) -> int:
        """How often the broker has taken it: a device says who it is each time."""
        return self._link.connections

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

    async def wait(self, most_seconds: float) -> None:
        """Return when something was heard, at the latest after `most_seconds`."""
        await self._deliveries.wait(most_seconds)

    def heard(self) -> list[tuple[str, bytes]]:
        """Topics and payloads of what was asked or told since the last look."""
        found: list[tuple[str, bytes]] = []
        while (one := self._deliveries.take()) is not None:
            if isinstance(one, Delivery):
                found.append((one.topic, one.payload))
                if one.ticket is not None:
                    self._link.acknowledge(one.ticket)
        return found

    async def close(self) -> None:
        """Say goodbye and hang up."""
        await self._link.close()
