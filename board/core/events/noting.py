"""The event of whoever sees or hears something at the car."""

from dataclasses import dataclass

from board.core.personal import Personal


@dataclass(frozen=True)
class JobNoted:
    """Somebody wrote something down or took photos; `photos` are SHA-256 in hex."""

    job: str
    note: Personal = ""
    photos: tuple[str, ...] = ()
    line: str = ""
