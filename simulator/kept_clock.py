"""The clock of a demo's shop, as the shop has written it down: where it goes on."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_NOTE = "clock.json"


@dataclass(frozen=True, slots=True)
class KeptClock:
    """It stood at `start` when it `began` (real time), and runs `rate` times as fast."""

    start: datetime
    began: datetime
    rate: float

    @property
    def setting(self) -> str:
        """As BAYLIGHT_CLOCK says it."""
        return f"{self.start.isoformat()},{self.rate}"

    def going_on(self, rate: float, now: datetime) -> str:
        """The setting by which it goes on from where it is `now` (real time) at another rate."""
        if rate == self.rate:
            return self.setting
        return f"{(self.start + (now - self.began) * self.rate).isoformat()},{rate}"


def is_kept(folder: Path) -> bool:
    """Whether a demo has run here."""
    return (folder / _NOTE).exists()


def read_clock(folder: Path) -> KeptClock:
    """The clock of the demo in this folder; ValueError where it cannot be read."""
    try:
        kept = json.loads((folder / _NOTE).read_text())
        start, began = (datetime.fromisoformat(kept[key]) for key in ("start", "began"))
        return KeptClock(start, began, float(kept["rate"]))
    except (OSError, ValueError, TypeError, KeyError):
        raise ValueError(f"{folder / _NOTE} is damaged: start without --keep") from None
