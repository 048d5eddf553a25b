"""What a shop has written of its devices: its bindings, families and profiles, read from files."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from board.core.slips import FileSlip, slip
from devices.binding_tables import read_bindings
from devices.bindings import Bindings
from devices.gates import NO_GATES, Gates, read_gates
from devices.openings import USUAL, Opening, read_openings
from devices.own_presence import OwnPresence, read_presence
from devices.profiles.shelf import Shelf, shelf_of, stamp_of

LARGEST_FILE = 256 * 1024
BINDINGS = "sensors.toml"


@dataclass(frozen=True, slots=True)
class Written:
    """Everything that could be read, and why the rest could not."""

    bindings: Bindings
    families: tuple[Opening, ...]
    shelf: Shelf
    presence: OwnPresence
    mistakes: tuple[FileSlip, ...] = ()


def read_files(
    file: Path, profiles: Path | None, bays: frozenset[str] | None, people: frozenset[str] | None
) -> Written:
    """The bindings' file and the folder of profiles as they are now; either may be missing.

    With `bays` and `people` any other is a mistake.
    """
    shelf = shelf_of(profiles)
    if file.exists() and file.stat().st_size > LARGEST_FILE:
        large = slip("file_large", file=file.name, most=LARGEST_FILE)
        return Written(Bindings(), USUAL, shelf, OwnPresence(), (FileSlip(file.name, 0, large),))
    text = file.read_bytes().decode("utf-8", "replace") if file.exists() else ""
    bindings, mistakes = read_bindings(text, bays, shelf.profiles, people)
    families, more = read_openings(text)
    presence, still = read_presence(text)
    every = dict.fromkeys((*mistakes, *more, *still))
    found = (one.within(file.name) for one in every)
    return Written(bindings, families, shelf, presence, (*found, *shelf.mistakes))


@dataclass(slots=True)
class GatesFile:
    """The gates that a bindings' file has, read anew whenever it is another."""

    file: Path
    _gates: Gates = NO_GATES
    _stamp: tuple[int, int] | None = None

    def now(self) -> Gates:
        """The gates as they are written now; what is wrong there the hall tells."""
        stamp = _stamp(self.file)
        if stamp != self._stamp:
            small = stamp is not None and stamp[1] <= LARGEST_FILE
            text = self.file.read_bytes().decode("utf-8", "replace") if small else ""
            self._gates, self._stamp = read_gates(text)[0], stamp
        return self._gates


def stamps_of(file: Path, profiles: Path | None) -> tuple[object, ...]:
    """What is another whenever one of the files is."""
    return (_stamp(file), stamp_of(profiles))


def _stamp(file: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = file.stat()
        return (found.st_mtime_ns, found.st_size)
    return None
