"""Which channel changed lately, from what to what: how a person finds the device before him.

Pure: a fold over observations. Bounded in rows and in changes; the longest unheard give way.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from devices.readings import Capability, Event, EventKind, Level, Observation, State

MOST_ROWS = 1000
MOST_CHANGES = 20
LONGEST_VALUE = 60
LEAST_MOVE_MM = 50
LEAST_MOVE_SHARE = 0.05
SILENT = frozenset(
    {
        Capability.battery,
        Capability.battery_low,
        Capability.battery_mv,
        Capability.link,
        Capability.output,
    }
)
"""They change by themselves, and nobody stands before them."""
HIDDEN = frozenset({EventKind.badge, EventKind.plate})
"""Happenings whose value names a person or a car."""


@dataclass(frozen=True, slots=True)
class Change:
    """A channel said something else than before; `before` None: it was not heard before."""

    at: datetime
    before: Level
    after: Level


@dataclass(slots=True)
class Row:
    """One channel of a device: its value now, and its last changes, the oldest first."""

    device: str
    channel: str
    value: Level = None
    changes: deque[Change] = field(default_factory=lambda: deque(maxlen=MOST_CHANGES))


@dataclass(frozen=True, slots=True)
class Reaction:
    """What one channel did in a stretch of time: how often it changed, from what to what."""

    device: str
    channel: str
    times: int
    before: Level
    after: Level
    first_at: datetime
    last_at: datetime


class Reactions:
    """The channels of all devices of late."""

    def __init__(self) -> None:
        """Empty."""
        self._rows: OrderedDict[tuple[str, str], Row] = OrderedDict()

    def note(self, seen: Observation) -> None:
        """Take in one observation; what tells no level and no happening means nothing here."""
        if isinstance(seen, Event):
            word = seen.kind.value if seen.kind in HIDDEN or not seen.value else seen.value
            row = self._row(seen.device, seen.channel)
            row.changes.append(Change(seen.received_at, None, _short(word)))
        elif isinstance(seen, State) and seen.capability not in SILENT:
            self._level(seen)

    def _level(self, seen: State) -> None:
        known = (seen.device, seen.channel) in self._rows
        row = self._row(seen.device, seen.channel)
        value = _short(seen.value)
        if seen.retained:
            row.value = row.value if known else value
        elif not known or has_moved(row.value, value):
            row.changes.append(Change(seen.received_at, row.value, value))
            row.value = value

    def _row(self, device: str, channel: str) -> Row:
        key = (device, channel)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = Row(device, channel)
        self._rows.move_to_end(key)
        if len(self._rows) > MOST_ROWS:
            self._rows.popitem(last=False)
        return row

    @property
    def changes(self) -> Mapping[tuple[str, str], tuple[Change, ...]]:
        """The last changes by device and channel."""
        return {key: tuple(row.changes) for key, row in self._rows.items() if row.changes}


def reacted(
    changes: Mapping[tuple[str, str], Iterable[Change]], since: datetime, until: datetime
) -> tuple[Reaction, ...]:
    """What changed between two moments, the latest change first."""
    found: list[Reaction] = []
    for (device, channel), each in changes.items():
        within = [one for one in each if since <= one.at <= until]
        if within:
            first, last = within[0], within[-1]
            ends = (first.before, last.after, first.at, last.at)
            found.append(Reaction(device, channel, len(within), *ends))
    return tuple(sorted(found, key=lambda one: (one.last_at, one.times), reverse=True))


def has_moved(before: Level, after: Level) -> bool:
    """Whether a level is another; a distance wavers by itself and must move further than that."""
    if _is_number(before) and _is_number(after):
        old, new = float(before or 0), float(after or 0)
        return not abs(new - old) < max(LEAST_MOVE_MM, LEAST_MOVE_SHARE * abs(old))
    return before != after


def _is_number(value: Level) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _short(value: Level) -> Level:
    return value[:LONGEST_VALUE] if isinstance(value, str) else value
