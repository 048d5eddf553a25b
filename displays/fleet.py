"""How each screen of a shop is doing: live, late, offline, or off by plan; from its last report.

Pure: no accounts, no sockets, no clock.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

import msgspec

from board.core.days import local
from board.core.shop import Settings
from board.screen_look import ScreenLook
from displays.reports import Report

LATE_SECONDS = 45.0
"""Three reports missed; until then a screen counts as live."""

OFFLINE_SECONDS = 300.0
"""As long as the screen itself takes to show the grey band."""

CLOCK_SECONDS = 30
"""A device's clock that is further off is told: with a wrong date HTTPS fails."""

UNPAINTED_SECONDS = 60
"""A browser that is visible and has not drawn for so long shows a frozen picture."""


class KnownScreen(Protocol):
    """A screen of the shop as its accounts know it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def audience(self) -> str: ...
    @property
    def look(self) -> ScreenLook: ...
    @property
    def created_at(self) -> datetime: ...


class KeptScreen(msgspec.Struct, frozen=True):
    """A report as it is kept. `offset_ms`: how far the device's clock is ahead of ours.

    `agrees`: whether it showed what it was sent; None while that could not be told.
    """

    rev: int
    seq: int
    build: str
    digest: str
    agrees: bool | None
    engine: str
    width: int
    height: int
    rows: int
    painted: int
    visible: bool
    offset_ms: int
    process: str
    muted: bool = False

    @classmethod
    def of(cls, report: Report, agrees: bool | None, at: datetime, process: str) -> "KeptScreen":
        """What is kept of a report that came at a moment of real time."""
        return cls(
            rev=report.rev,
            seq=report.seq,
            build=report.build,
            digest=report.digest,
            agrees=agrees,
            engine=report.engine,
            width=report.width,
            height=report.height,
            rows=report.rows,
            painted=report.painted,
            visible=report.visible,
            offset_ms=report.clock - round(at.timestamp() * 1000),
            process=process,
            muted=report.muted,
        )


def read_kept(body: str) -> KeptScreen | None:
    """A report as it was kept; None for what another version wrote differently."""
    try:
        return msgspec.json.decode(body, type=KeptScreen)
    except msgspec.DecodeError:
        return None


class Standing(StrEnum):
    """How a screen is doing."""

    new = "new"
    live = "live"
    late = "late"
    offline = "offline"
    off = "off"


def standing(age: timedelta | None, is_open: bool) -> Standing:
    """From how long ago a screen was heard last (None: never), and whether its day has begun."""
    if age is None:
        return Standing.new
    seconds = age.total_seconds()
    if seconds <= LATE_SECONDS:
        return Standing.live
    if not is_open:
        return Standing.off
    return Standing.late if seconds <= OFFLINE_SECONDS else Standing.offline


def is_open(look: ScreenLook, settings: Settings, now: datetime) -> bool:
    """Whether a screen is meant to be looked at now: its own hours, else the shop's."""
    opens, closes = _hours(look, settings)
    at = local(now, settings).time()
    return opens <= at < closes if opens < closes else at >= opens or at < closes


def _hours(look: ScreenLook, settings: Settings) -> tuple[time, time]:
    return look.opens or settings.hours.opens, look.closes or settings.hours.closes


def troubles(kept: KeptScreen, build: str) -> tuple[str, ...]:
    """By name what a keeper should know: differs, build, clock, hidden, frozen, muted."""
    found = {
        "differs": kept.agrees is False,
        "build": bool(build) and kept.build != build,
        "clock": abs(kept.offset_ms) > CLOCK_SECONDS * 1000,
        "hidden": not kept.visible,
        "frozen": kept.visible and kept.painted > UNPAINTED_SECONDS,
        "muted": kept.muted,
    }
    return tuple(name for name, holds in found.items() if holds)
