"""Copies a SQLite database while it is used, and puts a whole one in its place at once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic

from board.journal import JournalUnavailable

Tell = Callable[[str], None]
_PAGES_AT_ONCE = 4096
_WAIT_SECONDS = 30.0
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
    """Make `file` hold what `scratch` holds, in one transaction, while others have it open.

    Raises JournalUnavailable when somebody holds the database too long.
    """
    _set_aside_if_damaged(file, tell)
    with closing(_connect(file, "rwc")) as live, closing(_connect(scratch, "rw")) as source:
        live.execute("PRAGMA journal_mode = WAL")
        live.execute("PRAGMA synchronous = FULL")
        source.backup(live, pages=_PAGES_AT_ONCE, progress=_Progress("put in place", tell, file))
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_aside_if_damaged(file: Path, tell: Tell) -> None:
    """What is no database cannot be written into; nobody can have it open."""
    if not file.exists():
        file.touch(mode=0o600)
        return
    try:
        with closing(_connect(file, "rw")) as live:
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
        for part in ("", "-wal", "-shm"):
            damaged = Path(f"{file}{part}")
            if damaged.exists():
                damaged.rename(f"{file}.damaged{part}")
        tell(f"the damaged database was set aside as {file.name}.damaged")
        file.touch(mode=0o600)


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
