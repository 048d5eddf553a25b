"""The last live levels of every channel that may tell of a car, for a sensor that is bound only
after it spoke, or whose thresholds were measured meanwhile. Pure, bounded.
"""

from collections import OrderedDict, deque
from collections.abc import Sequence

from devices.bindings import MEANS_A_CAR, Bindings
from devices.debounce import VOTES
from devices.memory import Memory
from devices.placed import Key, stands_for
from devices.readings import Alive, Availability, Observation, State
from devices.truth import caught_up

MOST_CHANNELS = 1000


class Lately:
    """What each channel said last; the one unheard longest gives way."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._said: OrderedDict[Key, deque[State]] = OrderedDict()

    def note(self, seen: Observation) -> None:
        """Keep a live level. Of a device that went away, or whose bridge did, none is worth
        anything: its car may have gone since.
        """
        match seen:
            case State(retained=False) if stands_for(seen.channel, MEANS_A_CAR):
                key = (seen.device, seen.channel)
                self._said.setdefault(key, deque(maxlen=VOTES)).append(seen)
                self._said.move_to_end(key)
                if len(self._said) > MOST_CHANNELS:
                    self._said.popitem(last=False)
            case Availability(alive=Alive.offline | Alive.unknown):
                gone = [key for key, kept in self._said.items() if _is_of(seen.device, kept)]
                for key in gone:
                    del self._said[key]

    def taken_over(self, memory: Memory, bindings: Bindings) -> Memory:
        """The memory with what sensors of which it knows nothing have said."""
        fresh = (key for key in bindings.by_key if key not in memory.channels)
        states = [one for key in fresh for one in self._said.get(key, ())]
        return caught_up(memory, bindings, states)


def _is_of(device: str, kept: Sequence[State]) -> bool:
    return device in (kept[-1].device, kept[-1].bridge)
