"""The parts of an XLSX file, each read at once or walked through, everything in them bounded.

Knows no cells: only names of parts, and XML that defines no words of its own.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

MOST_PARTS = 200
MOST_UNPACKED = 20 * 1024 * 1024
"""Bytes of all parts together."""
MOST_ELEMENTS = 1_000_000
"""Elements of one part: twice the rows and columns of a catalogue, each cell with its value."""
_MOST_ATTRIBUTES = 4 * MOST_ELEMENTS
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Only a "<" is never inside a tag: whoever hides a long tag behind ">" has no other sign to use.
_LONG = re.compile(rb"<[^<]{262144}")


class Faulty(Exception):
    """What cannot be read: `code` is broken_sheet, swells or locked."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Listener(Protocol):
    """Hears one part from its first to its last element, by names without their namespace."""

    def opens(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; a name with a namespace of its own keeps its prefix in attributes."""

    def closes(self, name: str) -> None:
        """An element ends."""

    def says(self, text: str) -> None:
        """Text, perhaps in pieces."""


class Parts:
    """An opened file. `zipfile` gives no more bytes of a part than the part's head says, so the
    sum of the heads bounds what is unpacked. Raises Faulty.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._packed = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise Faulty("broken_sheet") from None
        parts = self._packed.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
            raise Faulty("swells")
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise Faulty("locked")
        self._by_name = {part.filename: part for part in parts}

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._by_name

    def walk(self, name: str, listener: Listener) -> None:
        """Read the part called `name` and tell `listener` what is in it. Raises Faulty."""
        walk(self._unpacked(name), listener)

    def _unpacked(self, name: str) -> bytes:
        part = self._by_name.get(name)
        # Other methods ask for memory by the file's own word.
        if part is None or part.compress_type not in _METHODS:
            raise Faulty("broken_sheet")
        try:
            return self._packed.read(part)
        except (zlib.error, zipfile.BadZipFile, EOFError, OSError, NotImplementedError):
            raise Faulty("broken_sheet") from None


def walk(xml: bytes, listener: Listener) -> None:
    """Tell `listener` what is in a part. Raises Faulty for XML that is none or would swell."""
    if xml.count(b"=") > _MOST_ATTRIBUTES or _LONG.search(xml):
        raise Faulty("swells")
    # Whatever encoding the part claims, it is read as the one of every XLSX file.
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    walker = _Walker(listener)
    parser.StartElementHandler = walker.opens
    parser.EndElementHandler = lambda name: listener.closes(_local(name))
    parser.CharacterDataHandler = listener.says
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, IndexError, OverflowError):
        raise Faulty("broken_sheet") from None


class _Walker:
    """Counts elements on their way to the listener."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._left = MOST_ELEMENTS

    def opens(self, name: str, attributes: Mapping[str, str]) -> None:
        self._left -= 1
        if self._left < 0:
            raise Faulty("swells")
        self._listener.opens(_local(name), attributes)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_declared: object) -> None:
    """A document type defines entities, and those swell."""
    raise Faulty("broken_sheet")
