"""What lamps do to us besides obeying: troubles by seed, laid over what one lamp does. Pure."""

from collections.abc import Sequence
from enum import StrEnum
from random import Random

from simulator.lamps.lamp import Lamp
from simulator.tongues.tongue import Said


class LampTrouble(StrEnum):
    """The kinds: loses power now and then and is dark when it is back; does not hear at all."""

    forget = "forget"
    deaf = "deaf"


class TroubledLamp:
    """One lamp, with troubles at every `one_in` commands or so."""

    def __init__(
        self, lamp: Lamp, random: Random, troubles: Sequence[LampTrouble] = (), one_in: int = 5
    ) -> None:
        """Without troubles it does all that it is told."""
        self.lamp = lamp
        self.forgot = 0
        self._random = random
        self._troubles = frozenset(troubles)
        self._one_in = one_in

    def hears(self, topic: str, payload: bytes) -> Sequence[Said]:
        """What the broker gets of a command."""
        if LampTrouble.deaf in self._troubles:
            return ()
        said = self.lamp.obeys(topic, payload)
        if LampTrouble.forget not in self._troubles or self._random.randrange(self._one_in):
            return said
        self.forgot += 1
        self.lamp.shows.clear()
        return [*said, *self.lamp.lives(True)]
