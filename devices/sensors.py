"""Everything that listens, put together: broker, bridge, intake. What the program starts."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from devices.adapters import Adapter
from devices.address import BrokerAddress
from devices.batteries import Battery
from devices.bindings import Bindings
from devices.called import NOBODY, Called
from devices.deliveries import Deliveries
from devices.families.native import Native
from devices.hosting import host_topic
from devices.identity import NO_NAMES, Names
from devices.inbox import Seen, guessed
from devices.insisting import Send
from devices.intake import Intake
from devices.lamp_places import answered_by, heard_by
from devices.listing import ENGLISH, Reader, listing
from devices.logbooks import Logbooks
from devices.memory import BayReport
from devices.openings import USUAL, Opening
from devices.outgoing import Outgoing
from devices.own_presence import OwnPresence
from devices.own_topics import filters as own
from devices.profiles.shelf import Shelf, our_shelf
from devices.quarantine import Suspect
from devices.rehearsal import Stage
from devices.shown import ShopShown
from devices.situation import Situation
from devices.telling_bind import Watched
from devices.topics import is_level
from devices.uplink import LinkState, Uplink, Way


@dataclass(frozen=True, slots=True)
class SensorSettings:
    """`site` is the shop's slug. Without `address` a broker of our own runs in `folder`.

    `badge_key`: for the marks of badges. `home`: the same for all processes of this shop and for no
    other, not even a copy of it. `names`: under which devices spoke before.
    """

    site: str
    folder: Path
    address: BrokerAddress | None = None
    broker_port: int | None = None
    role: str = "intake"
    families: tuple[Opening, ...] = USUAL
    badge_key: bytes = b""
    home: str = ""
    presence: OwnPresence | None = None
    names: Names = NO_NAMES


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
        shelf: Shelf | None = None,
        shown: Callable[[], ShopShown] | None = None,
    ) -> None:
        """Nothing is started before `run`. `passing`: the failure of `send` to wait for; `shown`:
        the shop as lamps and other programs are shown it, without which they are told nothing.
        """
        self._settings, self._shelf = settings, shelf or our_shelf()
        self._adapters = _adapters(settings)
        self._uplink = Uplink(self._way(), Deliveries(is_level=is_level), clock)
        self.outgoing = self._make_outgoing(shown)
        self._intake = Intake(
            adapters=self._adapters,
            bindings=bindings,
            deliveries=self._uplink.deliveries,
            acknowledge=self._uplink.acknowledge,
            clock=clock,
            send=send,
            known=known,
            passing=passing,
            shelf=self._shelf,
            names=settings.names,
            badge_key=settings.badge_key,
            listen_also=self._uplink.listen_also,
            say=self._uplink.say,
            overhear=self.outgoing.overhear,
        )

    def _way(self) -> Way:
        settings, (native, *opened) = self._settings, self._adapters
        theirs = tuple(one for here in opened for one in here.filters)
        ours = (*native.filters, *own(settings.site))
        return Way(
            site=settings.site,
            folder=settings.folder,
            address=settings.address,
            broker_port=settings.broker_port,
            role=settings.role,
            home=settings.home,
            filters=tuple(dict.fromkeys((*ours, *theirs))),
            device_filters=(*theirs, *answered_by(settings.families)),
            device_hears=heard_by(settings.families),
            host_topic=host_topic(opened, settings.site),
        )

    def _make_outgoing(self, shown: Callable[[], ShopShown] | None) -> Outgoing:
        return Outgoing(
            self._settings.site,
            self._uplink,
            self._uplink.listen_also,
            names=lambda: self._intake.names,
            bindings=lambda: self._intake.bindings,
            shown=shown,
            openings=self._settings.families,
            presence=self._settings.presence,
        )

    async def run(self) -> None:
        """Listen until cancelled; then say goodbye and stop a broker of our own.

        The intake runs even without a broker: bays without sensors must become unknown.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._intake.run())
            tasks.create_task(self.outgoing.run())
            tasks.create_task(self._uplink.run())

    def rebind(
        self,
        bindings: Bindings,
        families: tuple[Opening, ...],
        shelf: Shelf | None = None,
        presence: OwnPresence | None = None,
    ) -> None:
        """Use other bindings, families and profiles, and tell others something else, at once."""
        if families != self._settings.families:
            self._open(families)
        self._shelf = shelf or self._shelf
        self.outgoing.presence = presence or self.outgoing.presence
        self._intake.rebind(bindings, self._shelf)

    def _open(self, families: tuple[Opening, ...]) -> None:
        """What is known of all devices stays."""
        self._settings = replace(self._settings, families=families)
        self._adapters = _adapters(self._settings)
        self.outgoing.openings = families
        self._intake.open(self._adapters)
        self._uplink.hear(self._way())

    def retell(self, bays: Iterable[str]) -> None:
        """Report these bays anew: the shop has forgotten what it was told of them."""
        self._intake.retell(bays)

    @property
    def degraded(self) -> tuple[str, ...]:
        """What does not work, in English; empty when all is well."""
        return self.faults(NOBODY)

    def faults(self, called: Called) -> tuple[str, ...]:
        """The same for the readiness page, with what people call bays."""
        uplink = self._uplink
        if uplink.fault:
            return (uplink.fault if uplink.has_no_broker else f"No sensors: {uplink.fault}.",)
        return (*uplink.refusals, *self._intake.away, *self.outgoing.told(called=called))

    @property
    def counters(self) -> Mapping[str, float]:
        """Numbers since the start, by name, for the metrics page."""
        intake, outgoing = asdict(self._intake.counters), asdict(self.outgoing.counters)
        return {
            **{f"intake_{name}": count for name, count in intake.items()},
            **{f"outgoing_{name}": count for name, count in outgoing.items()},
            **self._uplink.counters,
            "intake_malformed": self._intake.register.quarantine.total,
            "batteries_low": sum(one.low is True for one in self.batteries.values()),
        }

    @property
    def unbound(self) -> tuple[Seen, ...]:
        """Devices that speak but hang on no bay, with the profile that each may have."""
        return tuple(guessed(one, self._shelf) for one in self._intake.register.inbox.devices)

    def listed(self, reader: Reader = ENGLISH) -> str:
        """The unbound devices as a text for people, and whose battery is low."""
        bound, told = self._intake.bindings, self._intake.happenings.told
        also = (
            *(one.told(reader.speak, reader.called) for one in told),
            *self.outgoing.told(reader.speak, reader.called),
        )
        return listing(self.unbound, self._shelf, self.batteries, bound, also, reader)

    @property
    def batteries(self) -> Mapping[str, Battery]:
        """What is known of the batteries of all devices that speak."""
        return self._intake.register.batteries.known

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The last messages that could not be read."""
        return self._intake.register.quarantine.suspects

    def forget_suspects(self) -> None:
        """Drop what could not be read and what devices said: nobody knows whom it names."""
        self._intake.register.quarantine.forget()
        self.logbooks.forget_messages()

    @property
    def logbooks(self) -> Logbooks:
        """What is kept of each device for people."""
        return self._intake.register.logbooks

    @property
    def situation(self) -> Situation:
        """Everything that is known of the devices now."""
        found = self._intake.situation(self._shelf)
        return replace(found, told=(*found.told, *self.outgoing.alarms))

    @property
    def stage(self) -> Stage:
        """What a message can be rehearsed on."""
        return self._intake.stage(self._adapters)

    @property
    def watched(self) -> Watched:
        """The same, with what is kept for whoever binds devices."""
        return Watched(self.situation, self._intake.watching, self.outgoing.lit)

    @property
    def link(self) -> LinkState:
        """How it stands with the broker."""
        address = self._settings.address
        return LinkState(
            address=str(address) if address else "",
            fault=self._uplink.fault,
            refused=self._uplink.refused,
            families=tuple(one.name for one in self._settings.families),
        )


def _adapters(settings: SensorSettings) -> tuple[Adapter, ...]:
    return (Native(settings.site), *(one.open() for one in settings.families))
