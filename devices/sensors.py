"""Everything that listens, put together: broker, bridge, intake. What the program starts."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from devices.adapters import Adapter
from devices.address import BrokerAddress
from devices.bindings import Bindings
from devices.bridge import Bridge
from devices.broker import Broker, BrokerUnavailable
from devices.deliveries import Deliveries
from devices.families.native import Native
from devices.inbox import Seen
from devices.intake import Intake, Send
from devices.memory import BayReport
from devices.openings import USUAL, Opening
from devices.quarantine import Suspect
from devices.topics import matches

LOG = logging.getLogger(__name__)

RETRY_BROKER_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class SensorSettings:
    """`site` is the shop's slug. Without `address` a broker of our own runs in `folder`."""

    site: str
    folder: Path
    address: BrokerAddress | None = None
    broker_port: int | None = None
    role: str = "intake"
    families: tuple[Opening, ...] = USUAL


class Sensors:
    """The sensors of one shop. Make it inside the running loop, then `await run()`."""

    def __init__(
        self,
        settings: SensorSettings,
        bindings: Bindings,
        send: Send,
        clock: Callable[[], datetime],
        known: Iterable[BayReport] = (),
        passing: type[Exception] = Exception,
    ) -> None:
        """Nothing is started before `run`. `passing`: the failure of `send` to wait for."""
        self._settings = settings
        self._adapters: tuple[Adapter, ...] = (
            Native(settings.site),
            *(one.open() for one in settings.families),
        )
        self._filters = tuple(dict.fromkeys(one for here in self._adapters for one in here.filters))
        self._clock = clock
        self._deliveries = Deliveries()
        self._bridge: Bridge | None = None
        self._broker: Broker | None = None
        if settings.address is None:
            self._broker = Broker(
                settings.folder,
                settings.site,
                filters=self._filters[1:],
                port=settings.broker_port,
            )
        self._fault = ""
        self._intake = Intake(
            adapters=self._adapters,
            bindings=bindings,
            deliveries=self._deliveries,
            acknowledge=lambda ticket: self._bridge.acknowledge(ticket) if self._bridge else None,
            clock=clock,
            send=send,
            known=known,
            passing=passing,
            listen_also=self._listen_also,
            say=lambda topic, payload: self._bridge.say(topic, payload) if self._bridge else None,
        )

    async def run(self) -> None:
        """Listen until cancelled; then say goodbye and stop a broker of our own.

        The intake runs even without a broker: bays without sensors must become unknown.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._intake.run())
            tasks.create_task(self._listen())

    def rebind(self, bindings: Bindings) -> None:
        """Use other bindings at once."""
        self._intake.rebind(bindings)

    def retell(self, bays: Iterable[str]) -> None:
        """Report these bays anew: the shop has forgotten what it was told of them."""
        self._intake.retell(bays)

    @property
    def degraded(self) -> tuple[str, ...]:
        """What does not work, in sentences for the readiness page; empty when all is well."""
        if self._fault:
            return (self._fault,)
        fault = self._bridge.fault if self._bridge else "not connected yet"
        return (f"No sensors: {fault}.",) if fault else ()

    @property
    def counters(self) -> Mapping[str, int]:
        """Numbers since the start, by name, for the metrics page."""
        intake = asdict(self._intake.counters)
        bridge = asdict(self._bridge.counters) if self._bridge else {}
        return {
            **{f"intake_{name}": count for name, count in intake.items()},
            **{f"mqtt_{name}": count for name, count in bridge.items()},
            "intake_malformed": self._intake.quarantine.total,
            "mqtt_dropped": self._deliveries.dropped,
            "mqtt_waiting": len(self._deliveries),
            "broker_restarts": self._broker.restarts if self._broker else 0,
        }

    @property
    def unbound(self) -> tuple[Seen, ...]:
        """Devices that speak but hang on no bay."""
        return self._intake.inbox.devices

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The last messages that could not be read."""
        return self._intake.quarantine.suspects

    def forget_suspects(self) -> None:
        """Drop what could not be read: nobody knows whom it names."""
        self._intake.quarantine.forget()

    def _listen_also(self, topics: Set[str]) -> None:
        """What a subscription takes already must not be delivered twice."""
        fresh = [one for one in topics if not any(matches(known, one) for known in self._filters)]
        if self._bridge is not None:
            self._bridge.listen_also(fresh)

    async def _listen(self) -> None:
        if self._broker is None:
            assert self._settings.address is not None
            await self._connect(self._settings.address)
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
            site=self._settings.site,
            role=self._settings.role,
            filters=self._filters,
            deliveries=self._deliveries,
            clock=self._clock,
        )
        await self._bridge.run()

    async def _own_broker(self, broker: Broker) -> BrokerAddress:
        while True:
            try:
                address = await broker.start()
            except (BrokerUnavailable, OSError) as fault:
                if self._fault != str(fault):
                    LOG.error("%s", fault)
                self._fault = str(fault)
                await asyncio.sleep(RETRY_BROKER_SECONDS)
            else:
                self._fault = ""
                return address
