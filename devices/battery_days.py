"""The batteries of bound devices by day, kept in a file of the data folder: a battery outlives many
starts of the program.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from devices.kept_file import keep_rows, read_rows
from devices.logbook import MOST_POINTS, Point

Days = Mapping[str, Sequence[Point]]
"""By device."""


def read_days(file: Path) -> Days:
    """What the file has."""
    return read_rows(file, _points, "batteries")


async def keep_days(file: Path, days: Callable[[], Days]) -> None:
    """Write them every ten minutes if they have changed, and at the end."""
    await keep_rows(file, lambda: {key: list(map(_row, one)) for key, one in days().items()})


def _points(days: Sequence[object]) -> Sequence[Point]:
    return tuple(_point(one) for one in days[-MOST_POINTS:] if isinstance(one, list))


def _row(one: Point) -> list[object]:
    return [one.day.isoformat(), one.percent, one.millivolts, one.low]


def _point(row: Sequence[object]) -> Point:
    day, percent, millivolts, low = row
    return Point(date.fromisoformat(str(day)), _number(percent), _number(millivolts), _yes(low))


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _yes(value: object) -> bool | None:
    return None if value is None else bool(value)
