"""Keeps one good connection to the broker: watches for silent deaths and replaces them.

Knows no MQTT library and no meaning of messages.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from board.core.slips import sentence
from devices.access import Access, AccessFault, access_of
from devices.address import BrokerAddress
from devices.deliveries import Deliveries, Ticket
from devices.mqtt import Link
from devices.mqtt_client import Plan
from devices.pace import USUAL_PACE, Pace
from devices.pulse import Pulse
from devices.rivals import Rivals
from devices.topics import core_pulse, core_status

LOG = logging.getLogger(__name__)

QUIET_KEEPALIVES = 1.5
"""With the five seconds more that noticing and dialling may take a silent link is replaced."""
WATCH_SECONDS = 1.0
SHORT_SECONDS = 5.0
MOST_SHORT = 3
"""So many short connections, one after the other, are somebody else's work."""


@dataclass(slots=True)
class BridgeCounters:
    """What happened since the start."""

    connections: int = 0
    replaced: int = 0
    taken_over: int = 0
    callback_faults: int = 0
    bad_topics: int = 0
    redelivered: int = 0
    missed: int = 0


class Bridge:
    """The shop's connection to its broker. `role` makes the client id: one bridge per role."""

    def __init__(
        self,
        address: BrokerAddress,
        *,
        site: str,
        role: str,
        filters: tuple[str, ...],
        deliveries: Deliveries,
        clock: Callable[[], datetime],
        home: str = "",
        pace: Pace = USUAL_PACE,
    ) -> None:
        """Must be made inside the running loop; nothing happens before `run`."""
        self._site = site
        self._deliveries = deliveries
        self._clock = clock
        self._pace = pace
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._past = BridgeCounters()
        self._version5 = True
        self._plan = Plan(
            address=address,
            client_id=f"baylight-{site}-{role}",
            filters=filters,
            status_topic=core_status(site),
            boot=secrets.token_hex(4),
            clock=clock,
            changed=self._notice,
            home=home,
            keepalive_seconds=pace.keepalive_seconds,
        )
        self._rivals = Rivals(self._plan, core_pulse(site), pace.probe_seconds, pace.rival_seconds)
        self._link: Link | None = None
        self._links = 0
        self._between = "not started"
        self._short = 0

    async def run(self) -> None:
        """Stay connected until cancelled; says goodbye to the broker at the end."""
        try:
            while True:
                try:
                    access = access_of(self._plan.address, datetime.now(UTC))
                except AccessFault as fault:
                    self._note(fault.words)
                    await asyncio.sleep(WATCH_SECONDS)
                    continue
                await self._use(await self._next_link(access))
        finally:
            await self._end()

    def acknowledge(self, ticket: Ticket) -> None:
        """Tell the broker that a message is dealt with."""
        if self._link is not None:
            self._link.acknowledge(ticket)

    def listen_to(self, filters: tuple[str, ...]) -> None:
        """Hear these from now on; what is subscribed already is not asked for again."""
        if filters != self._plan.filters:
            self._plan = replace(self._plan, filters=filters)
            if self._link is not None:
                self._link.listen_to(filters)

    def say(self, topic: str, payload: bytes, *, lasts_seconds: int = 0) -> None:
        """Send once, never retained; without a connection it is lost. Where the broker speaks
        MQTT 5 nobody gets it later than `lasts_seconds`; 0 is any time.
        """
        if self._link is not None and self._link.connected:
            self._link.publish(topic, payload, lasts=lasts_seconds)

    def keep(self, topic: str, payload: bytes) -> None:
        """Have the broker keep it; an empty payload takes it back. Without a connection lost."""
        if self._link is not None and self._link.connected:
            self._link.publish(topic, payload, retain=True)

    @property
    def fault(self) -> str:
        """Why there is no connection, in words; empty while there is one."""
        link = self._link
        if link is None:
            return self._between
        return "" if link.connected else link.fault

    @property
    def refusals(self) -> tuple[str, ...]:
        """Which topics the broker keeps from us, in a sentence each."""
        link = self._link
        if link is None:
            return ()
        silent = "The broker has not answered what we asked to hear: it may deliver nothing."
        return (*link.refusals.values(), *([silent] if link.is_unanswered else []))

    @property
    def refused(self) -> tuple[str, ...]:
        """The filters that the broker does not let us subscribe to."""
        return tuple(self._link.refusals) if self._link is not None else ()

    @property
    def counters(self) -> BridgeCounters:
        """What happened since the start, the present connection included."""
        link, past = self._link, self._past
        if link is None:
            return past
        return BridgeCounters(
            past.connections + link.connections,
            past.replaced,
            past.taken_over,
            past.callback_faults + link.callback_faults,
            past.bad_topics + link.bad_topics,
            past.redelivered + link.redelivered,
            past.missed + link.missed,
        )

    def _notice(self) -> None:
        self._loop.call_soon_threadsafe(self._changed.set)

    async def _next_link(self, access: Access) -> Link:
        """Made only where nobody else listens for the same shop."""
        async for fault in self._rivals.met(access, self._version5, is_first=not self._links):
            self._note(fault)
        self._links += 1
        self._link = Link(self._plan, access, self._deliveries, self._links, self._version5)
        return self._link

    async def _use(self, link: Link) -> None:
        """Keep a link while it is good; afterwards wait as long as its end advises."""
        link.open()
        opened_at = time.monotonic()
        pulse = Pulse(self._site, self._plan.boot, self._clock, self._pace)
        asks_again = True
        while not (why := self._wrong(link)):
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(WATCH_SECONDS):
                    await self._changed.wait()
            for topic, payload, lasts in pulse.due(time.monotonic()) if link.connected else ():
                link.publish(topic, payload, lasts=lasts)
            if link.connected and pulse.doubts(time.monotonic()):
                link.say_online()
            if (
                asks_again
                and link.connected
                and time.monotonic() - opened_at > self._pace.again_seconds
            ):
                asks_again = False
                link.ask_again()
        LOG.warning("The MQTT connection is replaced: %s", why)
        self._past = self.counters
        self._past.replaced += link.connected
        self._link, self._between = None, why
        link.abandon()
        await self._pause(link)

    def _wrong(self, link: Link) -> str:
        if link.refused_version and self._version5:
            return "the broker does not speak MQTT 5"
        if link.is_turned_away or link.lasted_seconds is not None:
            return link.fault
        if link.is_dead():
            return "nobody dials it any more"
        if link.is_outdated():
            return "its password or certificates have changed"
        quiet = time.monotonic() - link.heard_at
        return sentence("quiet_link", seconds=f"{quiet:.0f}") if self._is_quiet(link, quiet) else ""

    def _is_quiet(self, link: Link, quiet: float) -> bool:
        return link.connected and quiet > QUIET_KEEPALIVES * self._plan.keepalive_seconds

    async def _pause(self, link: Link) -> None:
        """Brokers that know no MQTT 5 refuse it, or hang up at once. Others hang up too: then 5 is
        tried again.
        """
        lasted = link.lasted_seconds
        self._short = self._short + 1 if lasted is not None and lasted < SHORT_SECONDS else 0
        if self._short >= MOST_SHORT:
            self._past.taken_over += 1
            self._note(sentence("client_id_taken", client=self._plan.client_id))
            await asyncio.sleep(self._pace.rival_seconds)
        elif link.refused_version:
            self._version5 = False
        elif link.is_turned_away:
            self._version5 = not self._version5
            await asyncio.sleep(WATCH_SECONDS)
        elif not link.is_outdated():
            await asyncio.sleep(WATCH_SECONDS)

    def _note(self, fault: str) -> None:
        if self._between != fault:
            LOG.error("No MQTT connection: %s", fault)
        self._between = fault

    async def _end(self) -> None:
        self._past = self.counters
        link, self._link = self._link, None
        self._between = "stopped"
        if link is not None:
            await link.close()
