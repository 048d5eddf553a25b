"""What devices do to us besides speaking: faults by seed, laid over what one device says. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from random import Random

from simulator.tongues.tongue import Car, Deed, Moment, Said, Tongue

FORGOTTEN = datetime(1970, 1, 1, tzinfo=UTC)
FLAPS, FLOOD = 3, 200
LONGEST_SILENCE = 5
"""Deeds of which nothing is heard."""


class Trouble(StrEnum):
    """The kinds."""

    flap = "flap"
    silence = "silence"
    duplicate = "duplicate"
    replay = "replay"
    splice = "splice"
    clock = "clock"
    flood = "flood"


class Troubled:
    """One device that speaks through its tongue, with troubles at every `one_in` deeds or so."""

    def __init__(
        self, tongue: Tongue, random: Random, troubles: Sequence[Trouble] = (), one_in: int = 5
    ) -> None:
        """Without troubles it says each deed as it is."""
        self.tongue = tongue
        self.met: list[Trouble] = []
        self._random = random
        self._troubles = tuple(troubles)
        self._one_in = one_in
        self._silent = 0
        self._number = 0
        self._before: tuple[Said, ...] = ()

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Birth or will; what it says is numbered anew after a birth."""
        self._number = 0 if is_there else self._number
        return self.tongue.lives(is_there)

    def does(self, deed: Deed, at: datetime) -> Sequence[Said]:
        """What the broker gets of a deed at this time."""
        if self._silent:
            self._silent -= 1
            return ()
        if not self._troubles or self._random.randrange(self._one_in):
            return self.truly(deed, at)
        self.met.append(self._random.choice(self._troubles))
        return self._in_trouble(self.met[-1], deed, at)

    def truly(self, deed: Deed, at: datetime) -> Sequence[Said]:
        """What it says when nothing is wrong."""
        self._number += 1
        self._before = tuple(self.tongue.says(deed, Moment(at, self._number)))
        return self._before

    def _in_trouble(self, trouble: Trouble, deed: Deed, at: datetime) -> Sequence[Said]:
        before = self._before
        match trouble:
            case Trouble.flap:
                return self._flaps(deed, at)
            case Trouble.silence:
                self._silent = self._random.randrange(1, LONGEST_SILENCE)
                return ()
            case Trouble.duplicate:
                return [one for said in self.truly(deed, at) for one in (said, said)]
            case Trouble.replay:
                return [*before, *self.truly(deed, at)]
            case Trouble.splice:
                return [self._spliced(one) for one in self.truly(deed, at)]
            case Trouble.clock:
                return self.truly(deed, FORGOTTEN)
        return [*(self._stranger(one) for one in range(FLOOD)), *self.truly(deed, at)]

    def _flaps(self, deed: Deed, at: datetime) -> Sequence[Said]:
        """A level to and fro, at last as it is; other deeds cannot flap."""
        if not isinstance(deed, Car):
            return self.truly(deed, at)
        other = replace(deed, there=not deed.there)
        levels = [one for _ in range(FLAPS) for one in (other, deed)]
        return [said for one in levels for said in self.truly(one, at)]

    def _spliced(self, said: Said) -> Said:
        """The first half of a payload, and another frame's bytes behind it."""
        half = self._random.randrange(max(1, len(said.payload)))
        return replace(said, payload=said.payload[:half] + b'\xf4\x02\x00\x1btele/other/STATE{"')

    def _stranger(self, number: int) -> Said:
        """Bluetooth things of people who pass by."""
        mac = f"{self._random.randrange(16**12):012X}"
        about = b'{"id":"%b","model_id":"X%d","rssi":-90}' % (mac.encode(), number)
        return Said(f"home/hall/BTtoMQTT/{mac}", about)
