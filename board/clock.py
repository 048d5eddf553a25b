"""The shop's clock: the real one, or a simulated one that goes on after a restart.

Security timers never use it.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


def real_now() -> datetime:
    """The real time, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ShopClock:
    """`began` (real time) is when the shop's clock stood at `start`; it runs
    `rate` times as fast.
    """

    start: datetime
    began: datetime
    rate: float

    def now(self) -> datetime:
        """The shop's now, aware UTC."""
        return self.start + (real_now() - self.began) * self.rate


class ClockRefused(Exception):
    """A simulated clock is not for this shop; the text says why."""


@dataclass(frozen=True, slots=True)
class RealClock:
    """The clock of a real shop."""

    rate: float = 1.0

    def now(self) -> datetime:
        """The real time, aware UTC."""
        return real_now()


Clock = ShopClock | RealClock


def open_clock(setting: tuple[datetime, float] | None, folder: Path, has_data: bool) -> Clock:
    """The clock of a shop: simulated when `setting` (start, rate) says so.

    The first start is written down, so that a restarted demo goes on instead of starting again.
    Raises ClockRefused where real data would get simulated times, or simulated data real ones.
    """
    note = folder / "clock.json"
    if setting is None:
        if note.exists():
            raise ClockRefused("this shop was simulated: set BAYLIGHT_CLOCK, or use another folder")
        return RealClock()
    if has_data and not note.exists():
        raise ClockRefused("this shop has real data: a simulated clock would falsify it")
    start, rate = setting
    wanted = {"start": start.astimezone(UTC).isoformat(), "rate": rate}
    kept = _read(note) if note.exists() else {}
    if {key: kept.get(key) for key in wanted} != wanted:
        kept = {**wanted, "began": real_now().isoformat()}
        note.write_text(json.dumps(kept))
    return ShopClock(start.astimezone(UTC), datetime.fromisoformat(str(kept["began"])), rate)


def _read(note: Path) -> dict[str, object]:
    try:
        kept = json.loads(note.read_text())
        datetime.fromisoformat(kept["began"])
    except (ValueError, TypeError, KeyError):
        raise ClockRefused(f"{note} is damaged: delete the demo's folder and start anew") from None
    return dict(kept)
