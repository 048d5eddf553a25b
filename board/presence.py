"""Which screens each process has connected, as processes tell each other once a second.

Knows no sockets: what is told comes and goes as bytes. What was not told lately is forgotten.
"""

from collections.abc import Callable, Iterable

import msgspec

AUDIENCES = frozenset({"board", "desk", "tv", "overview", "lounge", "queue", "arrivals", "tablet"})
FRESH_SECONDS = 5.0
MOST_BYTES = 1024 * 1024
MOST_PROCESSES = 256
MOST_SCREENS = 100_000
"""More than any process can hold."""


class Presence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One process: how many screens of each audience, and which paired screens by account."""

    process: str
    audiences: dict[str, int] = {}
    accounts: tuple[str, ...] = ()


class Unreadable(ValueError):
    """What was heard is nothing that a process of ours would say."""


def presence_text(presence: Presence) -> bytes:
    """What a process tells of itself."""
    return msgspec.json.encode(presence)


def read_presence(data: bytes) -> Presence:
    """What another process told; raises Unreadable."""
    if len(data) > MOST_BYTES or not data.isascii():
        raise Unreadable("too long or not ASCII")
    try:
        presence = msgspec.json.decode(data, type=Presence)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    counts = presence.audiences.values()
    if not AUDIENCES.issuperset(presence.audiences) or not all(
        0 <= count <= MOST_SCREENS for count in counts
    ):
        raise Unreadable("no audience of ours, or a number of screens that cannot be")
    return presence


class Gathering:
    """Everybody heard of lately; `elapsed` in seconds."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._heard: dict[str, tuple[float, Presence]] = {}

    def hear(self, presence: Presence) -> None:
        """Take in what a process tells of itself."""
        self._forget_the_silent()
        if presence.process in self._heard or len(self._heard) < MOST_PROCESSES:
            self._heard[presence.process] = (self._elapsed(), presence)

    def others(self, own: str) -> list[Presence]:
        """Every process but `own` that was heard lately."""
        self._forget_the_silent()
        return [said for _, said in self._heard.values() if said.process != own]

    def _forget_the_silent(self) -> None:
        oldest = self._elapsed() - FRESH_SECONDS
        self._heard = {key: heard for key, heard in self._heard.items() if heard[0] > oldest}


def total(presences: Iterable[Presence]) -> dict[str, int]:
    """How many screens of each audience there are in all."""
    counts: dict[str, int] = {}
    for presence in presences:
        for audience, count in presence.audiences.items():
            counts[audience] = counts.get(audience, 0) + count
    return counts
