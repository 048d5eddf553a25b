"""One screen's connection as the hub sees it: where the screen stands and what it can take.

Knows nothing of regions; a wire is anything that takes bytes without waiting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from displays.channel import Variant
from displays.reports import Report

REVOKED = 4401
"""The screen or person may no longer look: stay dead and say so."""
MOVED = 4303
"""Another page is meant for this screen now: load it. For walls only, whose script knows it."""
PROTOCOL_FAULT = 1002
BAD_MESSAGE = 1007
TOO_BIG = 1009
COME_BACK = 1012
"""Anything else: dial again."""
TOO_MANY = 1013
"""Too many screens of one session: dial again, one of them may have gone."""


class Cancel(Protocol):
    """A call that has been put off and can still be taken back."""

    def cancel(self) -> None: ...


Later = Callable[[float, Callable[[], None]], Cancel]
"""Call a function after so many seconds, as `loop.call_later` does."""


class Wire(Protocol):
    """A connection that takes prebuilt frames and never makes the sender wait."""

    compressed: bool
    on_stuck: Callable[[], None]
    """Called when too much is unsent."""
    on_drained: Callable[[], None]
    """Called when a stuck wire can take more."""

    @property
    def takes(self) -> bool:
        """Open, and with little enough unsent to take a frame now."""
        ...

    @property
    def write(self) -> Callable[[bytes], None]:
        """Send one whole frame."""
        ...

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye with a code; cut off soon after if the other side does not answer."""
        ...

    def abort(self) -> None:
        """Cut off at once."""
        ...

    def unsent(self) -> int:
        """Bytes waiting in this process."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """A screen's last report, when it came on the loop's clock, and whether it agrees.

    None: it stood at another rev than the server, so nothing can be said.
    """

    report: Report
    loop_time: float
    agrees: bool | None


class Screen:
    """One open page. `rev` is what it was last sent; None if it has nothing to build on.

    `person` is who looks, '' for a paired screen, whose `account` is named instead.
    """

    __slots__ = (
        "account",
        "acked",
        "deadline",
        "heard",
        "person",
        "rev",
        "session",
        "variant",
        "wire",
    )

    def __init__(
        self, variant: Variant, session: str, wire: Wire, person: str = "", account: str = ""
    ) -> None:
        self.variant = variant
        self.session = session
        self.person = person
        self.account = account
        self.wire = wire
        self.rev: int | None = None
        self.acked = 0
        self.deadline: Cancel | None = None
        self.heard: Heard | None = None

    def forgive(self) -> None:
        """The wire drained in time."""
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None
