"""The doorbell between processes: a ring says that a journal has grown, never with what.

A ring that is lost, repeated, late or invented does no harm: whoever hears it looks into the
journal, and looks there twice a second without any ring.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from typing import Protocol

import msgspec

from board.presence import Presence, Unreadable

MOST_RING_BYTES = 64 * 1024
MOST_SEQ = 2**63 - 1

Rings = Mapping[str, int]
"""By shop id up to where its journal has grown."""

Heard = Callable[[str, int], None]
"""Called with shop id and seq, on the event loop; must not block."""


class Doorbell(Protocol):
    """One process's bell."""

    def ring(self, shop_id: str, seq: int) -> None:
        """Tell the other processes soon; never waits and never fails."""

    def answer(self, heard: Heard) -> None:
        """Call `heard` for every ring, our own included."""

    async def run(self) -> None:
        """Ring and listen until cancelled."""

    @property
    def fault(self) -> str:
        """In words why rings do not get through; '' while they do."""

    @property
    def figures(self) -> Mapping[str, float]:
        """Counts since the start by name."""

    def others(self) -> Collection[Presence]:
        """What the other processes have told of their screens lately."""


def rings_text(rings: Rings) -> bytes:
    """The rings as they travel: JSON in ASCII."""
    return msgspec.json.encode(rings)


def read_rings(data: bytes) -> Rings:
    """The rings that travelled; raises Unreadable for whatever is none."""
    if len(data) > MOST_RING_BYTES or not data.isascii():
        raise Unreadable("too long or not ASCII")
    try:
        rings = msgspec.json.decode(data, type=dict[str, int])
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    if not all(0 < seq <= MOST_SEQ for seq in rings.values()):
        raise Unreadable("a number that no journal can have")
    return rings


class HouseBell:
    """The bell of desks that live in one process; needs nothing and always works."""

    def __init__(self, house: "list[HouseBell] | None" = None) -> None:
        """Bells of the same `house` hear each other."""
        self._house = house if house is not None else []
        self._house.append(self)
        self._heard: list[Heard] = []
        self._rung: dict[str, int] = {}
        self._waiting = asyncio.Event()
        self.fault = ""
        self.figures: Mapping[str, float] = {}

    def ring(self, shop_id: str, seq: int) -> None:
        """Tell every bell of the house at the next turn of the loop."""
        self._rung[shop_id] = max(seq, self._rung.get(shop_id, 0))
        self._waiting.set()

    def answer(self, heard: Heard) -> None:
        """Call `heard` for every ring, our own included."""
        self._heard.append(heard)

    async def run(self) -> None:
        """Ring until cancelled."""
        while True:
            await self._waiting.wait()
            self._waiting.clear()
            rung, self._rung = self._rung, {}
            for bell in self._house:
                bell.sound(rung)

    def sound(self, rings: Rings) -> None:
        """Let everybody who answers this bell hear the rings."""
        for shop_id, seq in rings.items():
            for heard in self._heard:
                heard(shop_id, seq)

    def others(self) -> Collection[Presence]:
        """Nobody: there is one process."""
        return ()
