"""Copies a SQLite database while it is used, and puts a whole one in its place at once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic

from board.backup_archive import sync_folder
from board.journal import JournalUnavailable

Tell = Callable[[str], None]
_PAGES_AT_ONCE = 4096
_WAIT_SECONDS = 30.0
DAMAGED = ".damaged"
"""What the name of a database ends in that could not be opened and was set aside."""
_PARTS = ("", "-wal", "-shm")
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def copy_out(file: Path, target: Path, tell: Tell) -> None:
    """A copy of the database as of one moment; who writes meanwhile is not kept waiting."""
    with closing(_connect(file, "rw")) as live, closing(sqlite3.connect(target)) as copy:
        # The open transaction holds one moment; else each write would begin the copy anew.
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=_PAGES_AT_ONCE, progress=_Progress("copied", tell))
        copy.execute("PRAGMA journal_mode = DELETE")
        _require_sound(copy, file)


def _require_sound(copy: sqlite3.Connection, file: Path) -> None:
    (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise JournalUnavailable(f"The database {file} is damaged ({verdict}): restore a backup.")


def put_in_place(scratch: Path, file: Path, tell: Tell) -> None:
    """Make `file` hold what `scratch` holds, at once, while others have it open.

    A sound database is written over in one transaction. Where there is none, or one that no
    program can open, a whole one takes the name: who has the former open leaves it for this one.
    Raises JournalUnavailable when somebody holds the database too long.
    """
    if _is_sound(file):
        _copy_into(file, scratch, tell)
        return
    half = file.with_name(f".{file.name}.restoring")
    for part in _PARTS:
        Path(f"{half}{part}").unlink(missing_ok=True)
    half.touch(mode=0o600)
    _copy_into(half, scratch, tell)
    _set_aside(file, tell)
    half.replace(file)
    sync_folder(file.parent)


def _copy_into(file: Path, scratch: Path, tell: Tell) -> None:
    with closing(_connect(file, "rw")) as live, closing(_connect(scratch, "rw")) as source:
        live.execute("PRAGMA journal_mode = WAL")
        live.execute("PRAGMA synchronous = FULL")
        source.backup(live, pages=_PAGES_AT_ONCE, progress=_Progress("put in place", tell, file))
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_sound(file: Path) -> bool:
    if not file.exists():
        return False
    try:
        with closing(_connect(file, "rw")) as live:
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
        return False
    return True


def _set_aside(file: Path, tell: Tell) -> None:
    """The log of another database beside the restored one would be read as its own."""
    found = [part for part in _PARTS if Path(f"{file}{part}").exists()]
    for part in found:
        Path(f"{file}{part}").rename(f"{file}{DAMAGED}{part}")
    if found:
        tell(
            f"the damaged database was set aside as {file.name}{DAMAGED}; it holds keys of cars, "
            "erased ones too perhaps: delete it when nothing is to be saved from it"
        )


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=5)
    connection.isolation_level = None
    return connection


class _Progress:
    """Tells every tenth of the way; gives up on a database that stays locked."""

    def __init__(self, done: str, tell: Tell, file: Path | None = None) -> None:
        self._done = done
        self._tell = tell
        self._file = file
        self._tenths = 0
        self._deadline = monotonic() + _WAIT_SECONDS

    def __call__(self, status: int, remaining: int, total: int) -> None:
        """Hear of some pages more."""
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if monotonic() > self._deadline:
                place = self._file or "that is to be copied"
                raise JournalUnavailable(
                    f"The database {place} is locked: another process holds it; end it."
                )
            return
        tenths = (total - remaining) * 10 // max(total, 1)
        if tenths > self._tenths:
            self._tenths = tenths
            self._tell(f"{tenths * 10} % {self._done}")
