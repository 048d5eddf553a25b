"""The way to the broker: the shop's own one, or a mosquitto of ours that is run beside.

Knows no meaning of messages.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from devices.address import BrokerAddress
from devices.bridge import Bridge
from devices.broker import Broker, BrokerUnavailable
from devices.broker_files import Spoken
from devices.deliveries import Deliveries, Ticket
from devices.hosting import keep_hosting
from devices.topics import matches, may_be_asked

LOG = logging.getLogger(__name__)

RETRY_BROKER_SECONDS = 30.0
NOT_YET = "not connected yet"


@dataclass(frozen=True, slots=True)
class LinkState:
    """How it stands with the broker: its address, empty for one of our own; what is wrong, the
    filters it refuses; which families are heard besides the native one.
    """

    address: str
    fault: str
    refused: tuple[str, ...]
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Where to, and as whom. Without `address` a broker of our own runs in `folder`, which lets
    devices use `device_filters`, and hear on `device_hears`. `filters`: what is heard;
    `host_topic`: where Sparkplug nodes look for a host.
    """

    site: str
    folder: Path
    address: BrokerAddress | None
    broker_port: int | None
    role: str
    home: str
    filters: tuple[str, ...]
    device_filters: tuple[str, ...]
    device_hears: tuple[str, ...]
    host_topic: str = ""

    @property
    def spoken(self) -> Spoken:
        """What devices may do at a broker of our own."""
        return Spoken(self.device_filters, self.device_hears)


class Uplink:
    """One connection and the broker behind it. Make it inside the running loop."""

    def __init__(self, way: Way, deliveries: Deliveries, clock: Callable[[], datetime]) -> None:
        """Nothing is started before `run`."""
        self._way = way
        self.deliveries = deliveries
        self._clock = clock
        self._bridge: Bridge | None = None
        self._broker: Broker | None = None
        if way.address is None:
            self._broker = Broker(way.folder, way.site, spoken=way.spoken, port=way.broker_port)
        self._fault = ""
        self._asked: dict[str, None] = {}
        self._also: tuple[str, ...] = ()

    @property
    def fault(self) -> str:
        """Why there is no connection, in words; empty while there is one."""
        return self._fault or (self._bridge.fault if self._bridge else NOT_YET)

    @property
    def has_no_broker(self) -> bool:
        """Whether the fault is that our own broker does not run; a whole sentence then."""
        return bool(self._fault)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Which topics the broker keeps from us, in a sentence each."""
        return self._bridge.refusals if self._bridge else ()

    @property
    def refused(self) -> tuple[str, ...]:
        """The filters that the broker refuses."""
        return self._bridge.refused if self._bridge else ()

    @property
    def counters(self) -> Mapping[str, float]:
        """Numbers since the start, by name.

        `mqtt_dropped`: messages lost because too many waited here; `mqtt_lag_seconds`: for how
        long the oldest that waits has done so.
        """
        bridge = asdict(self._bridge.counters) if self._bridge else {}
        return {
            **{f"mqtt_{name}": count for name, count in bridge.items()},
            "mqtt_dropped": self.deliveries.dropped,
            "mqtt_merged": self.deliveries.merged,
            "mqtt_waiting": len(self.deliveries),
            "mqtt_lag_seconds": self.deliveries.lag_seconds,
            "broker_restarts": self._broker.restarts if self._broker else 0,
        }

    def say(self, topic: str, payload: bytes, *, lasts_seconds: int = 0) -> None:
        """Once, not retained; lost without a connection, and worth nothing after that long."""
        if self._bridge is not None:
            self._bridge.say(topic, payload, lasts_seconds=lasts_seconds)

    def keep(self, topic: str, payload: bytes) -> None:
        """Retained; an empty payload takes it back. Lost without a connection."""
        if self._bridge is not None:
            self._bridge.keep(topic, payload)

    def acknowledge(self, ticket: Ticket) -> None:
        """Tell the broker that a message is dealt with."""
        if self._bridge is not None:
            self._bridge.acknowledge(ticket)

    def listen_also(self, topics: Iterable[str]) -> None:
        """Besides the filters. What one of them takes already must not be delivered twice."""
        fresh = [one for one in topics if one not in self._asked]
        self._asked.update(dict.fromkeys(fresh))
        self._also = (*self._also, *self._untaken(fresh))
        self._listen()

    def hear(self, way: Way) -> None:
        """Other filters from now on, over the same connection and the same broker."""
        self._way = way
        self._also = self._untaken(self._asked)
        if self._broker is not None:
            self._broker.let(way.spoken)
        self._listen()

    def _untaken(self, topics: Iterable[str]) -> tuple[str, ...]:
        """What a device has declared is heard where it can be: it must not cost us all others."""
        heard = self._way.filters
        able = filter(may_be_asked, topics)
        return tuple(one for one in able if not any(matches(known, one) for known in heard))

    def _listen(self) -> None:
        if self._bridge is not None:
            self._bridge.listen_to((*self._way.filters, *self._also))

    async def run(self) -> None:
        """Stay connected until cancelled; then say goodbye and stop a broker of our own."""
        if self._broker is None:
            assert self._way.address is not None
            await self._connect(self._way.address)
            return
        try:
            address = await self._own_broker(self._broker)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._broker.run())
                tasks.create_task(self._connect(address))
        finally:
            await self._broker.stop()

    async def _connect(self, address: BrokerAddress) -> None:
        self._bridge = Bridge(
            address,
            site=self._way.site,
            role=self._way.role,
            filters=(*self._way.filters, *self._also),
            deliveries=self.deliveries,
            clock=self._clock,
            home=self._way.home,
        )
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._bridge.run())
            tasks.create_task(keep_hosting(address, self._way.site, self._host_topic))

    def _host_topic(self) -> str:
        """Nowhere while we do not listen: another program may do so for this shop."""
        return "" if self.fault else self._way.host_topic

    async def _own_broker(self, broker: Broker) -> BrokerAddress:
        while True:
            try:
                address = await broker.start()
            except (BrokerUnavailable, OSError) as fault:
                if self._fault != str(fault):
                    LOG.error("%s", fault)
                self._fault = fault.words if isinstance(fault, BrokerUnavailable) else str(fault)
                await asyncio.sleep(RETRY_BROKER_SECONDS)
            else:
                self._fault = ""
                return address
