"""How often each bound device spoke, and how well, kept over a start of the program: a count that
falls to nothing because a computer was started again is a wrong figure.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from devices.kept_file import keep_rows, read_rows
from devices.logbook import Counts, Tally

Tallies = Mapping[str, Tally]
"""By device."""


def read_tallies(file: Path) -> Tallies:
    """What the file has."""
    return read_rows(file, _tally, "counts")


async def keep_tallies(file: Path, tallies: Callable[[], Tallies]) -> None:
    """Write them every ten minutes if they have changed, and at the end."""
    await keep_rows(file, lambda: {key: _row(one) for key, one in tallies().items()})


def _tally(row: Sequence[object]) -> Tally:
    since, heard, *counts = row
    return Tally(_moment(since), _moment(heard) if heard else None, Counts(*map(_whole, counts)))


def _row(one: Tally) -> list[object]:
    counts = [getattr(one.counts, name) for name in Counts.__slots__]
    return [one.since.isoformat(), one.heard.isoformat() if one.heard else None, *counts]


def _moment(value: object) -> datetime:
    found = datetime.fromisoformat(str(value))
    if found.tzinfo is None:
        raise ValueError("a moment without its zone")
    return found


def _whole(value: object) -> int:
    return int(str(value))
