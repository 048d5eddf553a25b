"""Presses under a name whose device is not known yet. After a restart the broker hands them out
before the lists that tell the names.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import replace

from devices.identity import NAMED
from devices.readings import Event

MOST = 100
WITHIN = timedelta(seconds=30)
"""A name that is told later says nothing of a press of long ago."""


@dataclass(frozen=True, slots=True)
class Early:
    """The presses that wait, the oldest forgotten first."""

    waiting: deque[Event] = field(default_factory=lambda: deque(maxlen=MOST))

    def keep(self, press: Event) -> None:
        """Let a press of nobody's wait, if its device may still become known by another id."""
        if press.device.partition(":")[0] in NAMED:
            self.waiting.append(press)

    def named(self, ids: Mapping[tuple[str, str], str], now: datetime) -> list[Event]:
        """Those whose devices are known now, in order; too old ones are dropped."""
        held = [one for one in self.waiting if abs(now - one.received_at) <= WITHIN]
        self.waiting.clear()
        self.waiting.extend(one for one in held if (one.bridge, one.device) not in ids)
        known = ((one, ids.get((one.bridge, one.device))) for one in held)
        return [replace(one, device=device) for one, device in known if device is not None]
