"""Commands about a car's file: all that was ever done to one car."""

from dataclasses import dataclass

from board.core.commands.asked import Command


@dataclass(frozen=True, kw_only=True)
class MergeCars(Command):
    """Make one file of two files of the same car: its plate was known first, or is new.

    `kept` and `merged` are ids of files, or of any order in them. Both histories stay; erasing one
    erases both. `moved` and `order` are found in the journal, whatever is sent there.
    """

    kept: str
    merged: str
    moved: tuple[str, ...] = ()
    order: str = ""


@dataclass(frozen=True, kw_only=True)
class PartCars(Command):
    """Take one's own last merger into the file `car` back, within 30 seconds."""

    car: str
