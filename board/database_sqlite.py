"""Connections to a SQLite file: careful with what is deleted, fair in waiting, and never on a
file that is not at its path any more. Knows nothing of tables.
"""

import os
import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

from board.journal import JournalUnavailable

_RETRY_SECONDS = 0.001
_FILE = "file"


def sqlite_engine(url: URL, wait_seconds: int) -> Engine:
    """Return an engine for the file; it never makes one.

    A connection whose file was moved away or replaced is left for one to the file at the path.
    """
    if url.database in (None, "", ":memory:"):
        raise ValueError("the database must be a file: sqlite:///path/to/file")
    engine = create_engine(url, connect_args={"timeout": wait_seconds})
    event.listen(engine, "do_connect", _open_what_is_there)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "checkout", _leave_what_was_moved)
    event.listen(engine, "begin", _begin)
    return engine


def require_in_place(connection: Connection) -> None:
    """Raise JournalUnavailable when the connection's SQLite file is not at its path any more."""
    kept: _Place | None = connection.info.get(_FILE)
    if kept is not None and kept.was_moved():
        raise JournalUnavailable(
            f"The database {kept.path} was moved away or replaced: "
            "put it back or restore a backup, then try again."
        )


class _Place:
    """Which file was found at the path when a connection was opened."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._found = _identity(path)

    def was_moved(self) -> bool:
        """Whether another file is there now, or none."""
        return _identity(self.path) != self._found


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _open_what_is_there(
    _dialect: object, record: Any, words: list[Any], options: dict[str, Any]
) -> None:
    path = urlsplit(words[0]).path if words[0].startswith("file:") else words[0]
    # Looked at before it is opened: what is replaced in between counts as moved.
    record.info[_FILE] = _Place(path)
    if path == words[0]:
        # An empty database in place of one that was moved away would take commands for nothing.
        words[0] = f"{Path(path).as_uri()}?mode=rw"
        options["uri"] = True


def _leave_what_was_moved(_connection: object, record: Any, _checked_out: object) -> None:
    if record.info[_FILE].was_moved():
        # The pool opens the path anew, or tells why it cannot.
        raise DisconnectionError


def _prepare(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: it would begin them without IMMEDIATE.
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is deleted is overwritten: an erased car must not be found in a free page.
    connection.execute("PRAGMA secure_delete = ON")


def _begin(connection: Connection) -> None:
    statement: str = connection.get_execution_options().get("sqlite_begin", "BEGIN")
    driver: Any = connection.connection.driver_connection
    (wait,) = driver.execute("PRAGMA busy_timeout").fetchone()
    # SQLite itself pauses up to 0.1 s between tries, so one busy writer starves the others.
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        _try_until(monotonic() + wait / 1000, driver, statement)
    finally:
        driver.execute(f"PRAGMA busy_timeout = {wait}")


def _try_until(deadline: float, driver: sqlite3.Connection, statement: str) -> None:
    while True:
        try:
            driver.execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
        else:
            return
        sleep(_RETRY_SECONDS)
