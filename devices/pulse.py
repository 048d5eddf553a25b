"""What this program says of itself while it is connected: that it lives, and what time it is.

Pure: the moments come in. Knows no connection.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from math import inf

from devices.pace import Pace
from devices.topics import core_pulse, core_time


@dataclass(slots=True)
class Pulse:
    """Of one connection. The broker's answer to each pulse is its sign of life, and whoever looks
    whether we live waits for one; the time is for devices without a clock, and rarer.
    """

    site: str
    boot: str
    clock: Callable[[], datetime]
    pace: Pace
    _beat_at: float = -inf
    _told_at: float = -inf
    _online_at: float = inf

    def doubts(self, now: float) -> bool:
        """Whether to say anew that we are there: where a broker has no rights of its own anybody
        may have kept the contrary in our name. Not at first, when it has just been said.
        """
        is_due = now - self._online_at >= self.pace.time_seconds
        if is_due or self._online_at == inf:
            self._online_at = now
        return is_due

    def due(self, now: float) -> Iterator[tuple[str, bytes, int]]:
        """Topic, payload and for how many seconds it is worth anything. `now`: steady seconds."""
        if now - self._beat_at >= self.pace.probe_seconds:
            self._beat_at = now
            yield core_pulse(self.site), _packed(boot=self.boot), round(self.pace.probe_seconds)
        if now - self._told_at >= self.pace.time_seconds:
            self._told_at = now
            told = _packed(utc=self.clock().isoformat())
            yield core_time(self.site), told, round(self.pace.time_seconds)


def _packed(**told: str) -> bytes:
    return json.dumps(told).encode()
