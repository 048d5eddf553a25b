"""What somebody at the car wrote down or photographed for the others. Values only."""

from dataclasses import dataclass
from datetime import datetime

from board.core.personal import Personal


@dataclass(frozen=True, slots=True)
class Note:
    """Written by `by` at `at`; `photos` are SHA-256 in hex; `line`: of which, '' of none."""

    by: str
    at: datetime
    note: Personal = ""
    photos: tuple[str, ...] = ()
    line: str = ""
