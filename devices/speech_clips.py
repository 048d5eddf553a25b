"""A shop's own recordings: a folder per language with a file per digit, letter and phrase.

A sentence is put together from them only if every piece is there: half a voice is none.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from devices.speech_sound import NotSound, Samples, joined, read_wav

MOST_BYTES = 2 * 1024 * 1024
_NAME = re.compile(r"[\w-]{1,32}")


class ClipFault(Exception):
    """A recording that cannot be used: which, and why."""


class Clips:
    """The recordings in one folder; what is changed there counts from the next sentence on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def signature(self, language: str, names: Sequence[str]) -> tuple[tuple[int, int], ...] | None:
        """Which recordings a sentence would be made of; None while a piece is missing."""
        found = tuple(self._stamps(language, names))
        return found if names and len(found) == len(names) else None

    def _stamps(self, language: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
        for name in names:
            try:
                told = self._file(language, name).stat()
            except OSError:
                continue
            yield told.st_mtime_ns, told.st_size

    def sentence(self, language: str, names: Sequence[str]) -> Samples:
        """The pieces one after the other; raises ClipFault."""
        known: dict[str, Samples] = {"": array("h")}
        for name in names:
            if name not in known:
                known[name] = self._read(language, name)
        return joined(known[name] for name in names)

    def _read(self, language: str, name: str) -> Samples:
        file = self._file(language, name)
        try:
            if file.stat().st_size > MOST_BYTES:
                raise ClipFault(f"the clip {language}/{file.name} is too large")
            return read_wav(file.read_bytes())
        except OSError as error:
            raise ClipFault(f"the clip {language}/{file.name}: {error.strerror}") from None
        except NotSound as error:
            raise ClipFault(f"the clip {language}/{file.name} is {error}") from None

    def _file(self, language: str, name: str) -> Path:
        # Bays may be called anything, also the way to another folder.
        safe = name if _NAME.fullmatch(name) else "-"
        return self._folder / language / f"{safe}.wav"
