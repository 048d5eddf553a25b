"""The bindings file on disk: read with its stamp, and written whole or not at all.

People edit it by hand meanwhile: what was not seen is never overwritten.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from devices.binding_edits import EditRefused

LARGEST_FILE = 256 * 1024


def stamp_of_text(text: str) -> str:
    """What a page carries to tell whether the file is still the one that it showed."""
    return sha256(text.encode()).hexdigest()[:24]


class BindingFile:
    """`sensors.toml` of a data folder, which need not be there yet."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened."""
        self._path = path

    def text(self) -> str:
        """The whole file, '' where there is none. EditRefused: it cannot be read as text."""
        try:
            if self._path.stat().st_size > LARGEST_FILE:
                raise EditRefused("too_large")
            return self._path.read_bytes().decode()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as fault:
            raise EditRefused("unreadable") from fault

    def edit(self, stamp: str, change: Callable[[str], str]) -> str:
        """Write what `change` makes of the text with this stamp, and give it back.

        EditRefused: by `change`, or `changed` when the text has another stamp by now.
        """
        with self._alone():
            before = self.text()
            if stamp_of_text(before) != stamp:
                raise EditRefused("changed")
            after = change(before)
            if len(after.encode()) > LARGEST_FILE:
                raise EditRefused("too_large")
            self._write(after)
        return after

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One page after the other, also of several processes."""
        file = self._path.resolve()
        try:
            lock = os.open(file.with_name(f".{file.name}.lock"), _LOCK, 0o600)
        except OSError as fault:
            _unwritable(fault)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _write(self, text: str) -> None:
        """A link stays a link, and the file keeps who may read it."""
        file = self._path.resolve()
        fresh = file.with_name(f".{file.name}.new")
        try:
            mode = file.stat().st_mode & 0o777 if file.exists() else 0o600
            with open(fresh, "w", encoding="utf-8", newline="") as target:
                os.fchmod(target.fileno(), mode)
                target.write(text)
                target.flush()
                os.fsync(target.fileno())
            fresh.replace(file)
        except OSError as fault:
            _unwritable(fault)


_LOCK = os.O_CREAT | os.O_RDWR | os.O_CLOEXEC


def _unwritable(fault: OSError) -> NoReturn:
    raise EditRefused("unwritable") from fault
