"""One channel and the screens on it: what goes out when, and what happens to a slow one.

Nothing here awaits a screen: a frame is written, or the screen catches up when its wire drains.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from displays.channel import Channel
from displays.frames import Built, Position
from displays.wire import Cancel, Later, Screen

WINDOW_SECONDS = 0.02
"""After a frame, what follows within this time shares the next one."""

STUCK_SECONDS = 5.0
"""How long a wire may stay full before it is cut off."""

_BURST = 256
"""Screens written to before the loop gets a turn, so that pings and requests stay alive."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    """What happened since the process began."""

    published: int = 0
    written: int = 0
    written_bytes: int = 0
    joins: int = 0
    stuck: int = 0
    cut_off: int = 0
    broken: int = 0
    dismissed: int = 0


class Fanout:
    """A channel and the screens that follow it."""

    def __init__(self, channel: Channel, counts: Counts, later: Later) -> None:
        self.channel = channel
        self.screens: dict[Screen, None] = {}
        self._counts = counts
        self._later = later
        self._window: Cancel | None = None
        self._waiting = False

    def publish(
        self, changed: Mapping[str, str], gone: Collection[str], position: Position, at: datetime
    ) -> None:
        """Take in a change; the first goes out at once, close followers share the next frame."""
        if not self.channel.change(changed, gone, position, at):
            return
        self._announce()

    def renew(self, regions: Mapping[str, str], position: Position, at: datetime) -> None:
        """Show another history's regions: one snapshot for each screen."""
        self.channel.renew(regions, position, at)
        self._announce()

    def _announce(self) -> None:
        self._counts.published += 1
        if self._window is None:
            self._send()
        else:
            self._waiting = True

    def _send(self) -> None:
        self._waiting = False
        self._window = self._later(WINDOW_SECONDS, self._window_over)
        self._pump(iter(tuple(self.screens)))

    def _window_over(self) -> None:
        self._window = None
        if self._waiting:
            self._send()

    def _pump(self, screens: Iterator[Screen]) -> None:
        batch = tuple(islice(screens, _BURST))
        self._bring(batch)
        if len(batch) == _BURST:
            self._later(0, lambda: self._pump(screens))

    def _bring(self, screens: Iterable[Screen]) -> None:
        """Send screens all they lack, each in one frame; where a wire is full, that waits.

        The innermost loop of the program: every frame to every screen passes here, and all that
        is done per screen shows next to what the kernel takes to send it. Most screens stand at
        the same rev, so the frame for it is at hand.
        """
        rev, kept = self.channel.rev, self.screens
        since: int | None = None
        built: Built | None = None
        for screen in screens:
            wire = screen.wire
            if screen.rev == rev or not wire.takes or screen not in kept:
                continue
            if screen.rev != since or built is None:
                since, built = screen.rev, self.channel.frame(screen.rev)
            if built is not None and self._write(screen, built):
                screen.rev = rev

    def _write(self, screen: Screen, built: Built) -> bool:
        try:
            data = built.wire(screen.wire.compressed)
            screen.wire.write(data)
        except Exception:
            self._counts.broken += 1
            log.exception("a screen could not be written to and was cut off")
            self.leave(screen)
            screen.wire.abort()
            return False
        self._counts.written += 1
        self._counts.written_bytes += len(data)
        return True

    def join(self, screen: Screen, boot: str | None, rev: int | None) -> None:
        """Bring a screen that stands at (boot, rev) up to date, now and from here on."""
        self._counts.joins += 1
        screen.rev = self.channel.usable(boot, rev)
        if screen not in self.screens:
            self.screens[screen] = None
            screen.wire.on_stuck = lambda: self._stuck(screen)
            screen.wire.on_drained = lambda: self._drained(screen)
        self._bring((screen,))

    def leave(self, screen: Screen) -> None:
        """Forget a screen; harmless if it has left already."""
        screen.forgive()
        self.screens.pop(screen, None)

    def send(self, screen: Screen, built: Built) -> None:
        """One message beside the regions; lost where the wire is full."""
        if screen.wire.takes:
            self._write(screen, built)

    def dismiss(self, screen: Screen, code: int) -> None:
        """Say goodbye with a close code."""
        self._counts.dismissed += 1
        self.leave(screen)
        screen.wire.close(code)

    def disband(self, code: int) -> None:
        """Dismiss everybody and send no more."""
        if self._window is not None:
            self._window.cancel()
        for screen in tuple(self.screens):
            self.dismiss(screen, code)

    def beat(self, built: Built, screens: Iterable[Screen]) -> None:
        """Bring these up to date and show them the head; one that is behind gets no heartbeat."""
        for screen in screens:
            self._bring((screen,))
            if screen.rev == self.channel.rev and screen.wire.takes:
                self._write(screen, built)

    def _stuck(self, screen: Screen) -> None:
        if screen in self.screens and screen.deadline is None:
            self._counts.stuck += 1
            screen.deadline = self._later(STUCK_SECONDS, lambda: self._cut_off(screen))

    def _drained(self, screen: Screen) -> None:
        screen.forgive()
        self._bring((screen,))

    def _cut_off(self, screen: Screen) -> None:
        self._counts.cut_off += 1
        self.leave(screen)
        screen.wire.abort()
