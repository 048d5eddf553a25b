"""The batteries of bound devices by day, kept in a file of the data folder: a battery outlives many
starts of the program.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from devices.listed import write_ours
from devices.logbook import MOST_POINTS, Point

LOG = logging.getLogger(__name__)
WRITE_SECONDS = 600.0
LARGEST_FILE = 4 * 1024 * 1024

Days = Mapping[str, Sequence[Point]]
"""By device."""


def read_days(file: Path) -> Days:
    """What the file has; a file that cannot be read is as good as none."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            return {}
        told = json.loads(file.read_bytes())
        return {device: tuple(map(_point, days[-MOST_POINTS:])) for device, days in told.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError, LookupError) as fault:
        LOG.warning("%s cannot be read: batteries begin anew (%s)", file.name, fault)
        return {}


async def keep_days(file: Path, days: Callable[[], Days]) -> None:
    """Write them every ten minutes if they have changed, and at the end."""
    last = _text(days())
    try:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            last = await asyncio.to_thread(_written, file, _text(days()), last)
    finally:
        _written(file, _text(days()), last)


def _written(file: Path, text: str, last: str) -> str:
    if text != last:
        with suppress(OSError):
            write_ours(file, text)
            return text
    return last


def _text(days: Days) -> str:
    rows = {
        device: [[one.day.isoformat(), one.percent, one.millivolts, one.low] for one in points]
        for device, points in days.items()
    }
    return json.dumps(rows)


def _point(row: Sequence[object]) -> Point:
    day, percent, millivolts, low = row
    return Point(date.fromisoformat(str(day)), _number(percent), _number(millivolts), _yes(low))


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _yes(value: object) -> bool | None:
    return None if value is None else bool(value)
