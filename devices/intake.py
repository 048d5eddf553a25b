"""The loop: deliveries to observations to bay reports to commands; then acknowledge.

A message is acknowledged after what it changed is in the journal, never before. Knows no
MQTT library and no rules of jobs.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence, Set
from datetime import datetime

from msgspec.structs import replace

from devices.adapters import Adapter
from devices.asking import Asker, command_of
from devices.away import bridges_away
from devices.bindings import Bindings
from devices.bound import Bound, rebound
from devices.deliveries import Deliveries, Delivery, Mark, Ticket
from devices.happenings import Happenings
from devices.hearing import Hearing
from devices.identity import NO_NAMES, Names, ids_by_name
from devices.inbox import guessed
from devices.insisting import Insisting, Send
from devices.intake_counters import IntakeCounters
from devices.memory import BayReport, Memory
from devices.passing import Passing
from devices.profiles.shelf import Shelf
from devices.readings import Availability, Event, Malformed, Observation, State
from devices.recall import NO_PROFILES
from devices.register import Register
from devices.rehearsal import Stage
from devices.situation import Situation
from devices.truth import Settled, Step, Subscribed, Tick, fold
from devices.watching import Watching

LOG = logging.getLogger(__name__)

TICK_SECONDS = 1.0
SETTLE_SECONDS = 3.0
LONGEST_SETTLE_SECONDS = 15.0
MOST_AT_ONCE = 200

Overhear = Callable[[Delivery | Mark, Sequence[Observation]], Sequence[Observation]]


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
        shelf: Shelf = NO_PROFILES,
        names: Names = NO_NAMES,
        badge_key: bytes = b"",
        overhear: Overhear = lambda item, found: (),
    ) -> None:
        """`known`: what the journal has of each bay, so that a restart reports nothing anew.
        `passing`: as `Insisting` has it; `listen_also`, `say`, `names`: as `Hearing`;
        `badge_key`: as `Happenings` has it; `overhear`: hears deliveries, adds to their meaning.
        """
        self.counters = IntakeCounters()
        self.register = Register(bindings.devices)
        self._hearing = Hearing(adapters, listen_also, say, shelf, names)
        self._bound = Bound(bindings, bindings)
        self._deliveries, self._overhear = deliveries, overhear
        self._acknowledge, self._clock, self._settle_seconds = acknowledge, clock, settle_seconds
        self._desk = Insisting(send, passing, retry_seconds, self.counters)
        self.watching = Watching()
        self.happenings = Happenings(self._desk, self.counters, badge_key, self.watching.shadows)
        self._passing = Passing(self._desk, self.counters, self.watching.shadows)
        self._to_retell: set[str] = set()
        self._memory = Memory(clock(), {report.bay: report for report in known})
        self._settle_at: float | None = None
        self._follow(self._bound)

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
                self._memory = self.watching.weigh(self._memory, self.bindings, self._clock())
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

    def rebind(self, bindings: Bindings, shelf: Shelf | None = None) -> None:
        """Use other bindings, and other profiles, from the next message on."""
        self._hearing.shelf = shelf or self._hearing.shelf
        self._follow(Bound(bindings, self.bindings))

    def open(self, adapters: Sequence[Adapter]) -> None:
        """Read by these families from the next message on; what others said grows old by itself."""
        self._hearing.open(adapters)

    def _follow(self, bound: Bound) -> None:
        """A sensor bound by a changeable name hangs on its device once the id is known, and
        takes its times from its profile once the model is.
        """
        names, known = self._hearing.names, self._hearing.known
        before, self._bound = self.bindings, bound.after(names, known, self._hearing.shelf)
        kept = rebound(self._memory, before, self.bindings, names)
        self._memory = self.watching.lately.taken_over(kept, self.bindings)
        self.watching.follow(self.bindings)
        self.happenings.follow(self.bindings)
        self.register.bind(self.bindings.devices, names)

    @property
    def bindings(self) -> Bindings:
        """The bindings as they hold now."""
        return self._bound.now

    def situation(self, shelf: Shelf) -> Situation:
        """Everything that is known now, for whoever asks."""
        return Situation(
            now=self._clock(),
            bindings=self.bindings,
            memory=self._memory,
            known=self._hearing.known,
            shelf=shelf,
            logbooks=self.register.logbooks,
            unbound=tuple(guessed(one, shelf) for one in self.register.inbox.devices),
            batteries=self.register.batteries.known,
            suspects=self.register.quarantine.suspects,
            malformed=self.register.quarantine.total,
            told=self.happenings.told,
            ids=ids_by_name(self._hearing.names),
        )

    def stage(self, adapters: Sequence[Adapter]) -> Stage:
        """What a message can be rehearsed on."""
        heard = (self._hearing.recall, self._hearing.shelf, self.bindings, self._memory)
        return Stage(self._clock(), adapters, *heard, self.happenings.key)

    @property
    def names(self) -> Names:
        """Under which names devices speak now."""
        return self._hearing.names

    @property
    def away(self) -> tuple[str, ...]:
        """Bridges that are gone, in a sentence each."""
        return bridges_away(self._memory, self.bindings, self._clock())

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
        return min(TICK_SECONDS, max(self._settle_at - asyncio.get_running_loop().time(), 0.01))

    async def _handle(self, item: Delivery | Mark) -> None:
        if isinstance(item, Delivery):
            await self._deliver(item)
            return
        self._overhear(item, ())
        now = asyncio.get_running_loop().time()
        if item is Mark.connected:
            self._settle_at = now + LONGEST_SETTLE_SECONDS
            await self._step(Subscribed(self._clock()))
        else:
            self._settle_at = now + self._settle_seconds

    async def _settle_if_due(self) -> None:
        if self._settle_at is not None and asyncio.get_running_loop().time() >= self._settle_at:
            self._settle_at = None
            await self._step(Settled(self._clock()))

    async def _deliver(self, delivery: Delivery) -> None:
        self.counters.messages += 1
        names, known = self._hearing.names.ids, self._hearing.known
        found = self._read(delivery)
        if self._hearing.names.ids is not names or self._hearing.known is not known:
            self._follow(self._bound)
            await self.happenings.take_early(self.names.ids, delivery.received_at, self.bindings)
        try:
            found = (*found, *self._overhear(delivery, found))
            self.register.note(delivery, found, self._hearing.copies)
            for observation in found:
                await self._observe(observation)
        except Exception:  # Unacknowledged it would come again, and end the loop again.
            self.counters.defects += 1
            LOG.exception("What came on %r could not be followed", delivery.topic[:200])
        if delivery.ticket is not None:
            self._acknowledge(delivery.ticket)

    def _read(self, delivery: Delivery) -> Sequence[Observation]:
        """A defect in an adapter costs one message, with its traceback, never the loop."""
        try:
            return self._hearing.read(delivery)
        except Exception:
            self.counters.defects += 1
            LOG.exception("A message on %r could not be read", delivery.topic[:200])
            return (Malformed(delivery.topic, "defect in the adapter"),)

    async def _observe(self, seen: Observation) -> None:
        self.watching.note(seen)
        match seen:
            case Event():
                await self.happenings.take(seen, self.bindings)
            case State() | Availability():
                await self._passing.take(seen, self.bindings.gates)
                if isinstance(seen, State):
                    self.register.weigh(seen, self._hearing.known, self._hearing.shelf)
                await self._step(seen)

    async def _step(self, step: Step) -> None:
        self._memory, reports = fold(self._memory, self.bindings, step)
        for report in reports:
            await self._tell(report)

    async def _tell(self, report: BayReport) -> None:
        answer = await self._desk.ask(
            *command_of(report), Asker(report.device), f"bay {report.bay}"
        )
        self.counters.reports += answer is not None
