"""Pings for all screens of a process by one timer, and the end of those that no longer answer.

A timer, a payload and two handles for each socket cost more than the socket's own state.
"""

from collections.abc import Callable
from typing import Protocol

from displays.wire import Cancel, Later

TURNS = 4
"""In so many groups are the pings of one interval sent, so that they do not come all at once."""


class Pinged(Protocol):
    """A connection that can be asked for a sign of life."""

    def ping(self) -> None:
        """Ask for it."""
        ...

    def abort(self) -> None:
        """Cut off at once."""
        ...


class Keepalive:
    """Pings each connection every `interval` seconds; silent for `timeout` after it, it is cut."""

    def __init__(
        self, later: Later, clock: Callable[[], float], interval: float, timeout: float
    ) -> None:
        self._later = later
        self._clock = clock
        self._interval = interval
        self._timeout = timeout
        self._turns: tuple[dict[Pinged, None], ...] = tuple({} for _ in range(TURNS))
        self._turn = 0
        self._asked: dict[Pinged, float] = {}
        self._timer: Cancel | None = None

    def add(self, wire: Pinged) -> None:
        """Look after a connection from here on."""
        min(self._turns, key=len)[wire] = None
        if self._timer is None:
            self._wait()

    def remove(self, wire: Pinged) -> None:
        """Forget a connection."""
        self._asked.pop(wire, None)
        for group in self._turns:
            group.pop(wire, None)

    def heard(self, wire: Pinged) -> None:
        """It has answered."""
        self._asked.pop(wire, None)

    def _wait(self) -> None:
        self._timer = self._later(self._interval / TURNS, self._go_round)

    def _go_round(self) -> None:
        now = self._clock()
        self._timer = None
        for wire in self._silent_since(now - self._timeout):
            del self._asked[wire]
            wire.abort()
        self._turn = (self._turn + 1) % TURNS
        for wire in tuple(self._turns[self._turn]):
            if wire not in self._asked:
                self._asked[wire] = now
                wire.ping()
        if any(self._turns):
            self._wait()

    def _silent_since(self, moment: float) -> list[Pinged]:
        """Those asked before a moment; the oldest question comes first."""
        silent: list[Pinged] = []
        for wire, asked in self._asked.items():
            if asked > moment:
                break
            silent.append(wire)
        return silent
