"""What one audience variant shows now, and what a screen that stands at an older rev has missed.

Pure: no sockets, no clock. Every region is a whole replacement, so only its latest text is kept.
"""

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from displays.frames import Built, Head, Position, delta, heartbeat, snapshot

TOMBSTONES = 512
"""How many removed regions are remembered; a screen older than that gets a snapshot."""

FRAMES_KEPT = 64
"""How many different gaps up to the present rev are kept ready built."""


class Variant(NamedTuple):
    """One way to see one shop; everybody who holds it may see all of it."""

    shop: str
    audience: str
    language: str
    group: str = ""
    holder: str = ""

    def token(self, boot: str) -> str:
        """The boot id as this variant's screens know it: a rev of another variant never fits it."""
        mark = zlib.crc32("\0".join(self).encode())
        return f"{boot}.{mark:08x}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a variant shows at one rev, and the shop's time: enough to render its page."""

    boot: str
    rev: int
    regions: Mapping[str, str]
    position: Position
    at: datetime


class Channel:
    """The present regions of one variant, with the rev at which each last changed or went."""

    def __init__(
        self, boot: str, rev: int, regions: Mapping[str, str], position: Position, at: datetime
    ) -> None:
        self.boot = boot
        self.rev = rev
        self.position = position
        self._at = at
        self._regions = dict(regions)
        self._changed = dict.fromkeys(self._regions, rev)
        self._gone: dict[str, int] = {}
        self._floor = rev
        self._frames: dict[int | None, Built] = {}

    @property
    def regions(self) -> Mapping[str, str]:
        """Html by region id, as it is now. Not to be kept: it changes."""
        return self._regions

    def shown(self, at: datetime) -> Shown:
        """A copy of the present that stays as it is; `at` is the shop's time now."""
        return Shown(self.boot, self.rev, dict(self._regions), self.position, at)

    def change(
        self, changed: Mapping[str, str], gone: Collection[str], position: Position, at: datetime
    ) -> bool:
        """Take in what changed; True, and one rev higher, if anything visible did."""
        self.position = position
        fresh = {key: html for key, html in changed.items() if self._regions.get(key) != html}
        left = [key for key in gone if key in self._regions and key not in changed]
        if not fresh and not left:
            return False
        self.rev += 1
        self._at = at
        self._frames.clear()
        for key, html in fresh.items():
            self._put(key, html)
        for key in left:
            self._drop(key)
        return True

    def renew(self, regions: Mapping[str, str], position: Position, at: datetime) -> None:
        """Show these regions of another history; every screen needs all of them anew."""
        self.rev += 1
        self.position = position
        self._at = at
        self._regions = dict(regions)
        self._changed = dict.fromkeys(self._regions, self.rev)
        self._gone.clear()
        self._floor = self.rev
        self._frames.clear()

    def _put(self, key: str, html: str) -> None:
        self._gone.pop(key, None)
        self._changed.pop(key, None)
        self._changed[key] = self.rev
        self._regions[key] = html

    def _drop(self, key: str) -> None:
        del self._regions[key], self._changed[key]
        self._gone[key] = self.rev
        while len(self._gone) > TOMBSTONES:
            self._floor = self._gone.pop(next(iter(self._gone)))

    def usable(self, boot: str | None, rev: int | None) -> int | None:
        """The rev a screen may go on from, or None if it needs everything anew."""
        known = boot == self.boot and rev is not None and self._floor <= rev <= self.rev
        return rev if known else None

    def frame(self, since: int | None) -> Built | None:
        """What a screen at rev `since` lacks (None: it has nothing usable); None if nothing."""
        if since == self.rev:
            return None
        since = self.usable(self.boot, since)
        built = self._frames.get(since)
        if built is None:
            built = self._build(since)
            if len(self._frames) < FRAMES_KEPT or since is None:
                self._frames[since] = built
        return built

    def _build(self, since: int | None) -> Built:
        head = Head(self.boot, self.rev, self.position, self._at)
        if since is None:
            return snapshot(head, self._regions)
        regions = {key: self._regions[key] for key in _later(self._changed, since)}
        return delta(head, since, regions, _later(self._gone, since))

    def beat(self, at: datetime, rate: float, build: str) -> Built:
        """A heartbeat that says where this variant stands."""
        return heartbeat(Head(self.boot, self.rev, self.position, at), rate, build)


def _later(revs: dict[str, int], since: int) -> list[str]:
    """Ids whose rev is above `since`, oldest first; the mapping is in order of rev."""
    found: list[str] = []
    for key in reversed(revs):
        if revs[key] <= since:
            break
        found.append(key)
    return found[::-1]
