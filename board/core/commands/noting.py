"""The command of whoever sees or hears something at the car."""

from dataclasses import dataclass

from board.core.commands.asked import Command


@dataclass(frozen=True, kw_only=True)
class NoteJob(Command):
    """Write something down for the others, or add photos; `photos`: SHA-256 of each in hex.

    `line`: the one it is about. It stops nothing and asks nobody.
    """

    job: str
    note: str = ""
    photos: tuple[str, ...] = ()
    line: str = ""
