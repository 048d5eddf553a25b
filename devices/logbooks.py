"""The logbooks of all devices, bound and unbound; when full the unbound one unheard longest gives
way. A bound one never does.

Pure: what was delivered and what it meant comes in.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime

from devices.batteries import Battery
from devices.deliveries import Delivery
from devices.logbook import Logbook, Point, Tally
from devices.readings import (
    Alive,
    Availability,
    Diagnostic,
    Event,
    EventKind,
    Malformed,
    Observation,
    State,
)
from devices.said import message_of, said_of, worth_of

MOST_UNBOUND = 500
MOST_UNBOUND_BYTES = 6 * 1024 * 1024
MOST_BOUND_BYTES = 12 * 1024 * 1024
MOST_TOPICS = 4000
MOST_NAMED = 4
"""A message that tells of more devices is a list, and no device's own."""


class Logbooks:
    """One logbook per device that was heard; a list of devices is no message of theirs."""

    def __init__(self, bound: Set[str] = frozenset()) -> None:
        """Empty."""
        self._bound: OrderedDict[str, Logbook] = OrderedDict()
        self._unbound: OrderedDict[str, Logbook] = OrderedDict()
        self._names = bound
        self._bytes = {True: 0, False: 0}
        self._topics: dict[str, str] = {}
        self._former: Mapping[str, Sequence[Point]] = {}
        self._counted: Mapping[str, Tally] = {}

    def note(
        self, delivery: Delivery, found: Sequence[Observation], copies: Collection[str] = ()
    ) -> None:
        """One delivery, what it meant, and the devices of which it only told something again."""
        by_device = self._sorted(delivery, found, copies)
        if len(by_device) > MOST_NAMED:
            for device, told in by_device.items():
                self._learn(device, told)
            return
        for device, told in by_device.items():
            book = self._learn(device, told)
            if delivery.topic not in self._topics and len(self._topics) < MOST_TOPICS:
                self._topics[delivery.topic] = device
            book.counted_since = book.counted_since or delivery.received_at
            book.counts.messages += 1
            book.counts.duplicates += device in copies
            book.counts.malformed += any(isinstance(one, Malformed) for one in told)
            if not delivery.retained:
                book.last_heard, book.is_heard = delivery.received_at, True
            message = message_of(delivery, told, device in copies, book.reads_badges)
            self._kept(device, book.keep(message))

    def weigh(self, device: str, battery: Battery | None) -> None:
        """The level of a battery after it was told."""
        book = self.get(device)
        if book is not None and battery is not None:
            day = battery.told_at.date()
            book.weigh(Point(day, battery.percent, battery.millivolts, battery.low))

    def remember(
        self, batteries: Mapping[str, Sequence[Point]], tallies: Mapping[str, Tally]
    ) -> None:
        """What was known of batteries by day, and counted, before the start."""
        self._former, self._counted = batteries, tallies

    @property
    def batteries(self) -> Mapping[str, Sequence[Point]]:
        """Of each bound device its battery by day, before the start and since."""
        heard = {device: book.battery for device, book in self._bound.items() if book.battery}
        former = {device: days for device, days in self._former.items() if device in self._names}
        return {**former, **heard}

    @property
    def tallies(self) -> Mapping[str, Tally]:
        """Of each bound device what was counted, before the start and since."""
        heard = {
            device: Tally(book.counted_since, book.last_heard, book.counts)
            for device, book in self._bound.items()
            if book.counted_since
        }
        former = {device: one for device, one in self._counted.items() if device in self._names}
        return {**former, **heard}

    def fresh(self, device: str) -> Logbook:
        """What is known of a device before it is heard: of the time before the start."""
        book = Logbook(device, battery=list(self._former.get(device, ())))
        if (tally := self._counted.get(device)) is not None:
            book.counts = replace(tally.counts)
            book.counted_since, book.last_heard = tally.since, tally.heard
        return book

    def get(self, device: str) -> Logbook | None:
        """The logbook of a device; None for one that was not heard."""
        return self._bound.get(device) or self._unbound.get(device)

    def bind(self, bound: Set[str], ids: Mapping[str, str]) -> None:
        """These are bound now; `ids`: stable ids behind changeable names."""
        self._names = bound
        for name, device in ids.items():
            self._rename(name, device)
        for device in [one for one in self._unbound if one in bound]:
            self._move(device, self._unbound, self._bound, to_bound=True)
        for device in [one for one in self._bound if one not in bound]:
            self._move(device, self._bound, self._unbound, to_bound=False)

    def drop(self, device: str) -> None:
        """The logbook of an unbound device that gives way to another one."""
        book = self._unbound.pop(device, None)
        if book is not None:
            self._bytes[False] -= book.bytes

    def forget_messages(self) -> None:
        """Drop every word that was said: nobody knows whom it names. Counts and levels stay."""
        for book in (*self._bound.values(), *self._unbound.values()):
            book.forget_messages()
        self._bytes = {True: 0, False: 0}

    @property
    def bytes(self) -> int:
        """About what all messages together take."""
        return sum(self._bytes.values())

    def __len__(self) -> int:
        """How many devices have one."""
        return len(self._bound) + len(self._unbound)

    def _sorted(
        self, delivery: Delivery, found: Sequence[Observation], copies: Iterable[str]
    ) -> dict[str, list[Observation]]:
        """What was meant, by its device. Where nothing tells it: whose topic it was before."""
        own = self._topics.get(delivery.topic, "")
        by_device: dict[str, list[Observation]] = {one: [] for one in copies if one}
        for one in found:
            if device := one.device or own:
                by_device.setdefault(device, []).append(one)
        return by_device or ({own: []} if own else {})

    def _learn(self, device: str, told: Iterable[Observation]) -> Logbook:
        book = self._take(device)
        for one in told:
            _learn(book, one)
        return book

    def _take(self, device: str) -> Logbook:
        """As the one heard last."""
        shelf = self._bound if device in self._names else self._unbound
        book = shelf.get(device)
        if book is None:
            book = shelf[device] = self.fresh(device)
        shelf.move_to_end(device)
        if len(self._unbound) > MOST_UNBOUND:
            self._bytes[False] -= self._unbound.popitem(last=False)[1].bytes
        return book

    def _kept(self, device: str, more: int) -> None:
        bound = device in self._names
        self._bytes[bound] += more
        while self._bytes[False] > MOST_UNBOUND_BYTES:
            self._bytes[False] -= self._unbound.popitem(last=False)[1].bytes
        if self._bytes[True] > MOST_BOUND_BYTES:
            self._bytes[True] -= max(self._bound.values(), key=_size).forget_messages()

    def _rename(self, name: str, device: str) -> None:
        """What was heard under a name is the device's, once its id is known."""
        old = self._unbound.get(name)
        if old is None or name in self._names:
            return
        if self.get(device) is None:
            old.device = device
            self._unbound[device] = old
        else:
            self._bytes[False] -= old.bytes
        del self._unbound[name]
        for topic in [topic for topic, one in self._topics.items() if one == name]:
            self._topics[topic] = device

    def _move(
        self,
        device: str,
        one: OrderedDict[str, Logbook],
        other: OrderedDict[str, Logbook],
        to_bound: bool,
    ) -> None:
        book = other[device] = one.pop(device)
        self._bytes[to_bound] += book.bytes
        self._bytes[not to_bound] -= book.bytes


def _size(book: Logbook) -> int:
    return book.bytes


def _learn(book: Logbook, seen: Observation) -> None:
    match seen:
        case State(retained=False):
            book.level(seen)
            book.clock(seen.device_time, seen.received_at)
            book.bridge = seen.bridge or book.bridge
            _there(book, Alive.online, seen.received_at)
        case Event():
            book.happened(seen.channel, said_of(seen)[2], seen.received_at)
            book.reads_badges |= seen.kind is EventKind.badge
            book.clock(seen.device_time, seen.received_at)
            _there(book, Alive.online, seen.received_at)
        case Availability():
            _there(book, seen.alive, seen.received_at)
            book.bridge = seen.bridge or book.bridge
        case Diagnostic():
            book.find(seen.finding, worth_of(seen), seen.received_at)
            book.clock(seen.device_time, seen.received_at)


def _there(book: Logbook, alive: Alive, at: datetime) -> None:
    if alive is not book.alive:
        book.alive, book.alive_since = alive, at
