"""The loop: deliveries to observations to bay reports to commands; then acknowledge.

A message is acknowledged after what it changed is in the journal, never before. Knows no
MQTT library and no rules of jobs.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from board.core.refusals import Refused
from devices.adapters import Adapter
from devices.asking import Asks, command_of, proposal_of
from devices.bindings import Bindings
from devices.deliveries import Deliveries, Delivery, Mark, Ticket
from devices.hearing import Hearing
from devices.identity import ids_by_name
from devices.inbox import Inbox
from devices.memory import BayReport, Memory, moved
from devices.quarantine import Quarantine
from devices.readings import (
    Diagnostic,
    Discovery,
    Event,
    EventKind,
    Malformed,
    Observation,
    is_bridge,
)
from devices.truth import Settled, Step, Subscribed, Tick, fold

LOG = logging.getLogger(__name__)

TICK_SECONDS = 1.0
SETTLE_SECONDS = 3.0
LONGEST_SETTLE_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 30.0
MOST_AT_ONCE = 200

Send = Callable[[Asks, str], Awaitable[object]]
"""Hands a command with its id to the desk. An exception means: not written, try again."""


@dataclass(slots=True)
class IntakeCounters:
    """What happened since the start."""

    messages: int = 0
    events: int = 0
    reports: int = 0
    plates: int = 0
    refused: int = 0
    failed_sends: int = 0
    defects: int = 0


class Intake:
    """Reads what the bridge delivers, one message after the other."""

    def __init__(
        self,
        *,
        adapters: Sequence[Adapter],
        bindings: Bindings,
        deliveries: Deliveries,
        acknowledge: Callable[[Ticket], None],
        clock: Callable[[], datetime],
        send: Send,
        known: Iterable[BayReport] = (),
        settle_seconds: float = SETTLE_SECONDS,
        retry_seconds: float = TICK_SECONDS,
        passing: type[Exception] = Exception,
        listen_also: Callable[[Set[str]], None] = lambda topics: None,
        say: Callable[[str, bytes], None] = lambda topic, payload: None,
    ) -> None:
        """`known`: what the journal has of each bay, so that a restart reports nothing anew.

        `passing`: the failure of `send` that passes by itself and is waited for; any other is a
        defect that costs one report. `listen_also` and `say`: as `Hearing` has them.
        """
        self.counters = IntakeCounters()
        self.quarantine = Quarantine()
        self.inbox = Inbox()
        self._hearing = Hearing(adapters, listen_also, say)
        self._given = self._bindings = bindings
        self._deliveries = deliveries
        self._acknowledge = acknowledge
        self._clock = clock
        self._send = send
        self._settle_seconds = settle_seconds
        self._retry_seconds = retry_seconds
        self._passing = passing
        self._to_retell: set[str] = set()
        self._memory = Memory(clock(), {report.bay: report for report in known})
        self._settle_at: float | None = None

    async def run(self) -> None:
        """Work until cancelled."""
        loop = asyncio.get_running_loop()
        tick_at = loop.time()
        while True:
            await self._deliveries.wait(self._patience())
            await self._take_some()
            if loop.time() >= tick_at:
                tick_at = loop.time() + TICK_SECONDS
                await self._step(Tick(self._clock()))
                await self._retell()
            await self._settle_if_due()

    async def _take_some(self) -> None:
        """A storm of messages must not keep time and the rest of the program waiting."""
        for _ in range(MOST_AT_ONCE):
            item = self._deliveries.take()
            if item is None:
                return
            await self._handle(item)
        await asyncio.sleep(0)

    def rebind(self, bindings: Bindings) -> None:
        """Use other bindings from the next message on."""
        self._given = bindings
        self._bindings = bindings.moved(ids_by_name(self._hearing.names))
        for device in self._bindings.devices:
            self.inbox.forget(device)

    def _follow_names(self) -> None:
        """A sensor bound by a changeable name hangs on its device once the id is known."""
        ids = ids_by_name(self._hearing.names)
        now = self._given.moved(ids)
        if now.devices != self._bindings.devices:
            self._memory = moved(self._memory, ids)
            self.rebind(self._given)

    def retell(self, bays: Iterable[str]) -> None:
        """Report these bays anew: the shop has forgotten what it was told of them."""
        self._to_retell.update(bays)

    async def _retell(self) -> None:
        bays, self._to_retell = self._to_retell, set()
        for bay in bays & self._memory.bays.keys():
            report = replace(self._memory.bays[bay], since=self._clock())
            self._memory = replace(self._memory, bays={**self._memory.bays, bay: report})
            await self._tell(report)

    def _patience(self) -> float:
        if self._settle_at is None:
            return TICK_SECONDS
        left = self._settle_at - asyncio.get_running_loop().time()
        return min(TICK_SECONDS, max(left, 0.01))

    async def _handle(self, item: Delivery | Mark) -> None:
        now = asyncio.get_running_loop().time()
        if item is Mark.connected:
            self._settle_at = now + LONGEST_SETTLE_SECONDS
            await self._step(Subscribed(self._clock()))
        elif item is Mark.subscribed:
            self._settle_at = now + self._settle_seconds
        elif isinstance(item, Delivery):
            await self._deliver(item)
        await self._settle_if_due()

    async def _settle_if_due(self) -> None:
        if self._settle_at is not None and asyncio.get_running_loop().time() >= self._settle_at:
            self._settle_at = None
            await self._step(Settled(self._clock()))

    async def _deliver(self, delivery: Delivery) -> None:
        self.counters.messages += 1
        names = self._hearing.names.ids
        found = self._read(delivery)
        if self._hearing.names.ids is not names:
            self._follow_names()
        for observation in found:
            await self._observe(observation, delivery)
        if delivery.ticket is not None:
            self._acknowledge(delivery.ticket)

    def _read(self, delivery: Delivery) -> Sequence[Observation]:
        """A defect in an adapter costs one message, with its traceback, never the loop."""
        topic = delivery.topic
        try:
            return self._hearing.read(delivery)
        except Exception:
            self.counters.defects += 1
            LOG.exception("A message on %r could not be read", topic[:200])
            return (Malformed(topic, "defect in the adapter"),)

    async def _observe(self, seen: Observation, delivery: Delivery) -> None:
        if isinstance(seen, Malformed):
            self._set_aside(seen, delivery)
            return
        if isinstance(seen, Event):
            self.counters.events += 1
            if seen.kind == EventKind.plate:
                self.counters.plates += await self._ask(*proposal_of(seen), seen.device)
        if seen.device not in self._bindings.devices and not is_bridge(seen.device):
            self.inbox.note(seen)
        if not isinstance(seen, Event | Discovery | Diagnostic):
            await self._step(seen)

    def _set_aside(self, seen: Malformed, delivery: Delivery) -> None:
        at = delivery.received_at
        payload = delivery.payload
        if self.quarantine.add(seen.device, delivery.topic, payload, seen.reason, at):
            LOG.warning(
                "Unreadable message from %r on %r: %s",
                seen.device or "?",
                delivery.topic[:200],
                seen.reason,
            )

    async def _step(self, step: Step) -> None:
        self._memory, reports = fold(self._memory, self._bindings, step)
        for report in reports:
            await self._tell(report)

    async def _tell(self, report: BayReport) -> None:
        self.counters.reports += await self._ask(*command_of(report), f"bay {report.bay}")

    async def _ask(self, command: Asks, command_id: str, what: str) -> bool:
        """Ask until the desk has answered: until then nothing else is read, and the broker keeps
        what waits. Whether it answered; `what` names the matter in the log.
        """
        pause = self._retry_seconds
        while True:
            try:
                answer = await self._send(command, command_id)
                break
            except self._passing:
                self.counters.failed_sends += 1
                LOG.exception("What %s says could not be written; trying again", what)
            except Exception:
                self.counters.defects += 1
                LOG.exception("What %s says could not be written; given up", what)
                return False
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        if isinstance(answer, Refused):
            self.counters.refused += 1
            LOG.warning("What %s says was refused: %s", what, answer.code)
        return True
