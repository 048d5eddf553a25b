"""The last distances that each sonar measured, for whoever calibrates one. Pure, bounded."""

from collections import OrderedDict, deque
from collections.abc import Sequence
from datetime import datetime
from math import isfinite

from devices.readings import Capability, Observation, State

MOST_SONARS = 200
MOST_READINGS = 60

Reading = tuple[datetime, float]
"""When it came, and mm."""


class Measured:
    """The last readings by device and channel; the sonar unheard longest gives way."""

    def __init__(self) -> None:
        """Empty."""
        self._kept: OrderedDict[tuple[str, str], deque[Reading]] = OrderedDict()

    def note(self, seen: Observation) -> None:
        """Keep a live distance; anything else means nothing here."""
        if not isinstance(seen, State) or seen.capability is not Capability.distance:
            return
        value = seen.value
        if seen.retained or isinstance(value, bool) or not isinstance(value, int | float):
            return
        if not isfinite(value):
            return
        key = (seen.device, seen.channel)
        kept = self._kept.pop(key, None) or deque(maxlen=MOST_READINGS)
        kept.append((seen.received_at, float(value)))
        self._kept[key] = kept
        if len(self._kept) > MOST_SONARS:
            self._kept.popitem(last=False)

    def since(self, device: str, channel: str, moment: datetime) -> Sequence[Reading]:
        """The readings since a moment, the oldest first."""
        return [one for one in self._kept.get((device, channel), ()) if one[0] >= moment]
