"""What is kept of one device for whoever stands before it: its last messages, counts, clock,
battery, and what it found to say of itself.

Pure: times come in. Everything is bounded, in number and in bytes.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from msgspec import Struct

from devices.readings import Alive, Finding, Level, State

MOST_MESSAGES = 50
MOST_BYTES = 128 * 1024
MOST_CHANNELS = 40
MOST_POINTS = 90
MESSAGE_BYTES = 300
"""What a kept message costs besides its words."""
SAID_BYTES = 150
FLAP = timedelta(seconds=10)
"""A level that is back within so short a time has flapped."""
SKEW_WEIGHT = 0.2

Said = tuple[str, str, Level]
"""What was read from a message: kind, channel, value; what names a person or a car shortened."""


class Message(Struct, frozen=True, gc=False):
    """One message as people may see it. `text`: its beginning without what is personal; `size`:
    of the whole in bytes; `is_sure`: QoS 1 or more; `is_copy`: it told again what was told.
    """

    at: datetime
    topic: str
    text: str
    size: int
    retained: bool
    is_sure: bool
    said: tuple[Said, ...] = ()
    is_copy: bool = False

    @property
    def bytes(self) -> int:
        """About what it takes to keep it."""
        words = len(self.topic) + len(self.text) * (1 if self.text.isascii() else 2)
        return MESSAGE_BYTES + words + SAID_BYTES * len(self.said)


@dataclass(slots=True)
class Counts:
    """Since somebody began to count. `gaps`: messages that its own numbers say are missing;
    `flaps`: levels that went back at once.
    """

    messages: int = 0
    malformed: int = 0
    duplicates: int = 0
    gaps: int = 0
    flaps: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts, since when they count, and when the device was last heard."""

    since: datetime
    heard: datetime | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Point:
    """A battery on one day, as it was told last; None: not told."""

    day: date
    percent: float | None = None
    millivolts: float | None = None
    low: bool | None = None


@dataclass(slots=True)
class Logbook:
    """One device's. `skew_seconds`: how far its clock is ahead of ours, evened out; None: it tells
    no time. `last`: what each channel said last and when. `findings`: the last of each kind.
    `reads_badges`: it has read one. `counted_since`: from when on the counts count. `is_heard`: it
    spoke itself since the start; what the broker repeats is none of its words.
    """

    device: str
    messages: deque[Message] = field(default_factory=lambda: deque(maxlen=MOST_MESSAGES))
    counts: Counts = field(default_factory=Counts)
    counted_since: datetime | None = None
    bytes: int = 0
    last_heard: datetime | None = None
    is_heard: bool = False
    alive: Alive = Alive.unknown
    alive_since: datetime | None = None
    bridge: str = ""
    skew_seconds: float | None = None
    battery: list[Point] = field(default_factory=list)
    findings: dict[Finding, tuple[str, datetime]] = field(default_factory=dict)
    last: dict[str, tuple[Level, datetime]] = field(default_factory=dict)
    reads_badges: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)
    _turned: dict[str, datetime] = field(default_factory=dict)

    def keep(self, message: Message) -> int:
        """Keep one; how many bytes more that takes than before."""
        before = self.bytes
        if len(self.messages) == MOST_MESSAGES:
            self.bytes -= self.messages.popleft().bytes
        self.messages.append(message)
        self.bytes += message.bytes
        while self.bytes > MOST_BYTES and len(self.messages) > 1:
            self.bytes -= self.messages.popleft().bytes
        return self.bytes - before

    def forget_messages(self) -> int:
        """Drop what it said; how many bytes that took."""
        freed, self.bytes = self.bytes, 0
        self.messages.clear()
        return freed

    def clock(self, told: datetime | None, received_at: datetime) -> None:
        """Its own time beside ours."""
        if told is None:
            return
        ahead = (told - received_at).total_seconds()
        before = ahead if self.skew_seconds is None else self.skew_seconds
        self.skew_seconds = before + SKEW_WEIGHT * (ahead - before)

    def level(self, seen: State) -> None:
        """A live level: what it is now, whether it flapped, whether some are missing before it."""
        before, _ = self.last.get(seen.channel, (None, None))
        if len(self.last) < MOST_CHANNELS or seen.channel in self.last:
            self.last[seen.channel] = (seen.value, seen.received_at)
            if isinstance(seen.value, bool) and isinstance(before, bool):
                self._turn(seen, before)
            if seen.number is not None:
                self._count(seen.channel, seen.number)

    def happened(self, channel: str, word: Level, at: datetime) -> None:
        """A press, a badge, a plate."""
        if len(self.last) < MOST_CHANNELS or channel in self.last:
            self.last[channel] = (word, at)

    def _turn(self, seen: State, before: bool) -> None:
        if seen.value is before:
            return
        turned = self._turned.get(seen.channel)
        if turned is not None and seen.received_at - turned < FLAP:
            self.counts.flaps += 1
        self._turned[seen.channel] = seen.received_at

    def _count(self, channel: str, number: int) -> None:
        """Some devices count all they say, some each channel: the smaller gap is the true one."""
        mine, highest = self._numbers.get(channel), max(self._numbers.values(), default=0)
        if mine is not None and number > mine and number != highest:
            self.counts.gaps += number - (highest if highest < number else mine) - 1
        elif mine is not None and number < mine:
            # It counts anew after a power-up.
            self._numbers.clear()
        self.counts.duplicates += number == mine
        self._numbers[channel] = number

    def weigh(self, point: Point) -> None:
        """The battery's level of today takes the place of an earlier one of today."""
        if self.battery and self.battery[-1].day == point.day:
            self.battery.pop()
        self.battery.append(point)
        del self.battery[:-MOST_POINTS]

    def find(self, finding: Finding, text: str, at: datetime) -> None:
        """What it says of itself."""
        self.findings[finding] = (text, at)

    @property
    def figures(self) -> Mapping[str, int]:
        """The counts by name."""
        counts = self.counts
        return {name: getattr(counts, name) for name in Counts.__slots__}
