"""What a family of devices has to offer; `devices.families` says how one is added."""

from collections.abc import Sequence, Set
from datetime import datetime
from functools import cache
from typing import Protocol, TypeGuard, runtime_checkable

from devices.readings import Observation, Partial, Reading


class Adapter(Protocol):
    """One family of devices under one base topic: what it hears and what its messages mean."""

    @property
    def filters(self) -> tuple[str, ...]:
        """Subscription filters; no two adapters of a shop may overlap."""

    def claim(self, topic: str) -> float:
        """How sure it is, from 0 (not mine) to 1, that a topic is of this family."""

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        """The meaning of one message. Pure, and an answer for every input."""


class Remembering(Adapter, Protocol):
    """A family some of whose messages mean something only after others.

    It is a frozen value: its memory is kept under itself.
    """

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """The memory after a partial reading (None: nothing yet) and what it means. Pure."""

    def declared(self, memory: object) -> Set[str]:
        """Topics outside its own filters that devices told it of; they are its own, too."""


def remembers(adapter: Adapter) -> TypeGuard[Remembering]:
    """Whether a family does; asked for each message."""
    return _remembers(type(adapter))


@cache
def _remembers(family: type[Adapter]) -> bool:
    return hasattr(family, "complete")


@runtime_checkable
class Reborn(Protocol):
    """A family whose devices have to be asked who they are after we were away."""

    def rebirth(self, node: str) -> tuple[str, bytes]:
        """Topic and payload that ask a device for it."""
