"""Messages that could not be read: a bounded store, counters, and when to write a log line.

Knows no log and no clock; the caller writes the line when `add` says so.
"""

import hashlib
from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT = 200
KEPT_BYTES = 256
KEPT_TOPIC = 200
MOST_SOURCES = 500
LOG_EVERY_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Suspect:
    """One unreadable message: its first bytes and the hash of the whole."""

    device: str
    topic: str
    reason: str
    sha256: str
    first_bytes: bytes
    size: int
    at: datetime


@dataclass(slots=True)
class _Source:
    count: int
    logged_at: datetime


class Quarantine:
    """The last unreadable messages and how many came from each device."""

    def __init__(self) -> None:
        """Empty."""
        self.total = 0
        self._kept: deque[Suspect] = deque(maxlen=KEPT)
        self._sources: OrderedDict[str, _Source] = OrderedDict()

    def add(self, device: str, topic: str, payload: bytes, reason: str, now: datetime) -> bool:
        """Keep one; True when a log line is due (one per device in ten minutes)."""
        self.total += 1
        digest = hashlib.sha256(payload).hexdigest()
        first = bytes(payload[:KEPT_BYTES])
        short = topic[:KEPT_TOPIC]
        self._kept.append(Suspect(device, short, reason, digest, first, len(payload), now))
        return self._count(device or "?", now)

    def forget(self) -> None:
        """Drop the messages; the counts stay."""
        self._kept.clear()

    def _count(self, source: str, now: datetime) -> bool:
        known = self._sources.pop(source, None)
        due = known is None or now - known.logged_at >= timedelta(seconds=LOG_EVERY_SECONDS)
        logged_at = now if known is None or due else known.logged_at
        self._sources[source] = _Source((known.count if known else 0) + 1, logged_at)
        if len(self._sources) > MOST_SOURCES:
            self._sources.popitem(last=False)
        return due

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The kept messages, oldest first."""
        return tuple(self._kept)

    @property
    def counts(self) -> Mapping[str, int]:
        """Unreadable messages per device; the longest unseen devices are forgotten."""
        return {source: one.count for source, one in self._sources.items()}
