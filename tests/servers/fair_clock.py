"""A clock for promises on a crowded machine: it stands still while somebody waits for the machine.

"Closed within a second" is held to the second where nothing else runs, and asks nothing of a
program that is not given a core or the disk.
"""

import time
from collections import deque
from pathlib import Path

_PRESSURES = [
    file
    for file in (Path("/proc/pressure/cpu"), Path("/proc/pressure/io"))
    if file.exists()  # Not in every kernel; without them all seconds count.
]


def fair_seconds() -> float:
    """Seconds that go on while nobody on this machine waits for a core or the disk."""
    # Linux may tell at once of waits that it did not tell of before.
    _LATEST.append(max(_LATEST[-1], time.monotonic() - _hindered_seconds()))
    return _LATEST[-1]


def _waits() -> list[float]:
    """Seconds since the start of the machine in which somebody waited, for each cause."""
    firsts = (file.read_text().partition("\n")[0] for file in _PRESSURES)
    return [int(first.rpartition("total=")[2]) / 1e6 for first in firsts]


_BEFORE = _waits()
_LATEST = deque([time.monotonic()], maxlen=1)


def _hindered_seconds() -> float:
    # The causes overlap: added up, the clock could go back.
    since = [now - before for now, before in zip(_waits(), _BEFORE, strict=True)]
    return max(since, default=0.0)
