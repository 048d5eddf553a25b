"""Keeps one good connection to the broker: watches for silent deaths and replaces them.

Knows no MQTT library and no meaning of messages.
"""

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from devices.address import BrokerAddress
from devices.deliveries import Deliveries, Ticket
from devices.mqtt import KEEPALIVE_SECONDS, Link, Plan
from devices.topics import core_status, core_time

LOG = logging.getLogger(__name__)

QUIET_SECONDS = 1.5 * KEEPALIVE_SECONDS + 5
PROBE_SECONDS = 10.0
WATCH_SECONDS = 1.0
TAKEN_OVER_SECONDS = 30.0


@dataclass(slots=True)
class BridgeCounters:
    """What happened since the start."""

    connections: int = 0
    replaced: int = 0
    taken_over: int = 0
    callback_faults: int = 0
    bad_topics: int = 0


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
        quiet_seconds: float = QUIET_SECONDS,
        probe_seconds: float = PROBE_SECONDS,
    ) -> None:
        """Must be made inside the running loop; nothing happens before `run`."""
        self._site = site
        self._deliveries = deliveries
        self._clock = clock
        self._quiet_seconds = quiet_seconds
        self._probe_seconds = probe_seconds
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
        )
        self._link: Link | None = None
        self._links = 0
        self._between = "not started"

    async def run(self) -> None:
        """Stay connected until cancelled; says goodbye to the broker at the end."""
        try:
            while True:
                await self._use(self._next_link())
        finally:
            await self._end()

    def acknowledge(self, ticket: Ticket) -> None:
        """Tell the broker that a message is dealt with."""
        if self._link is not None:
            self._link.acknowledge(ticket)

    def listen_also(self, filters: Iterable[str]) -> None:
        """Subscribe to more, from now on; what is subscribed already is not asked for again."""
        fresh = tuple(one for one in filters if one not in self._plan.filters)
        if fresh:
            self._plan = replace(self._plan, filters=(*self._plan.filters, *fresh))
            if self._link is not None:
                self._link.listen_also(fresh)

    def say(self, topic: str, payload: bytes) -> None:
        """Send once, never retained; without a connection it is lost."""
        if self._link is not None and self._link.connected:
            self._link.publish(topic, payload)

    @property
    def fault(self) -> str:
        """What is wrong with the connection, in words; empty when all is well."""
        link = self._link
        if link is None:
            return self._between
        if not link.connected:
            return link.fault
        refused = ", ".join(link.refused_filters)
        return f"the broker refuses to deliver {refused}" if refused else ""

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
        )

    def _notice(self) -> None:
        self._loop.call_soon_threadsafe(self._changed.set)

    def _next_link(self) -> Link:
        self._links += 1
        self._link = Link(self._plan, self._deliveries, self._links, self._version5)
        return self._link

    async def _use(self, link: Link) -> None:
        """Keep a link while it is good; afterwards wait as long as its end advises."""
        link.open()
        probed_at = time.monotonic()
        while not (why := self._wrong(link)):
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(WATCH_SECONDS):
                    await self._changed.wait()
            if link.connected and time.monotonic() - probed_at >= self._probe_seconds:
                probed_at = time.monotonic()
                link.publish(core_time(self._site), self._time())
        LOG.warning("The MQTT connection is replaced: %s", why)
        self._past = self.counters
        self._past.replaced += 1
        self._past.taken_over += link.taken_over
        self._link, self._between = None, why
        await asyncio.to_thread(link.abandon)
        await self._pause(link)

    def _wrong(self, link: Link) -> str:
        if link.refused_version and self._version5:
            return "the broker does not speak MQTT 5"
        if link.taken_over:
            return f"another program seems to use the client id {self._plan.client_id}"
        if link.is_dead():
            return "its thread has ended"
        quiet = time.monotonic() - link.heard_at
        return f"no sign of life for {quiet:.0f} s" if self._is_quiet(link, quiet) else ""

    def _is_quiet(self, link: Link, quiet: float) -> bool:
        return link.connected and quiet > self._quiet_seconds

    async def _pause(self, link: Link) -> None:
        if link.taken_over:
            await asyncio.sleep(TAKEN_OVER_SECONDS)
        elif link.refused_version:
            self._version5 = False
        else:
            await asyncio.sleep(WATCH_SECONDS)

    def _time(self) -> bytes:
        return json.dumps({"utc": self._clock().isoformat()}).encode()

    async def _end(self) -> None:
        self._past = self.counters
        link, self._link = self._link, None
        self._between = "stopped"
        if link is not None:
            await asyncio.to_thread(link.close)
