"""Turns a database's error numbers into one sentence that says what to do.

Errors that no person can mend by acting on the machine are left alone: they are defects.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from board.journal import JournalUnavailable

_FILE_SENTENCES = {
    sqlite3.SQLITE_BUSY: "The database {place} is locked: another process holds it; end it.",
    sqlite3.SQLITE_LOCKED: "The database {place} is locked: another process holds it; end it.",
    sqlite3.SQLITE_READONLY: "The database is read-only: check the permissions of {place}.",
    sqlite3.SQLITE_PERM: "The database is read-only: check the permissions of {place}.",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened: check the folder of {place}.",
    sqlite3.SQLITE_FULL: "The disk is full: free space on the disk of {place}.",
    sqlite3.SQLITE_IOERR: "The disk of {place} does not read or write: check it and its space.",
    sqlite3.SQLITE_CORRUPT: "The database {place} is damaged: restore a backup.",
    sqlite3.SQLITE_NOTADB: "{place} is not a database: check the data folder or restore a backup.",
}

_LOCKED = "The database at {place} is locked: another process holds it; end it."
_UNREACHABLE = "The database server at {place} cannot be used: check it and DATABASE_URL."

# By SQLSTATE, or its first two characters for a whole class.
_SERVER_SENTENCES = {
    "08": _UNREACHABLE,
    "28": "The database server at {place} refuses the sign-in: check DATABASE_URL.",
    "3D000": "The database at {place} does not exist: create it or check DATABASE_URL.",
    "57": "The database server at {place} is stopping or starting: check that it runs.",
    "53100": "The disk of the database server at {place} is full: free space on it.",
    "53": "The database server at {place} is out of connections or memory: check its limits.",
    "55P03": _LOCKED,
    "40P01": _LOCKED,
    "40001": _LOCKED,
    "25006": "The database at {place} is read-only: DATABASE_URL must name the primary server.",
    "42501": "The database at {place} refuses to write: check the rights of the user.",
    "58": "The disk of the database server at {place} does not read or write: check it.",
}

_BUSY_POOL = "Every connection to the database {place} is in use: lower the load or try again."


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Raise JournalUnavailable instead of the errors of a database that cannot be used."""
    try:
        yield
    except PoolTimeoutError as error:
        raise JournalUnavailable(_BUSY_POOL.format(place=_place(url))) from error
    except (DBAPIError, sqlite3.Error, psycopg.Error) as error:
        # The driver's own errors come through while a new connection is prepared.
        sentence = _sentence(error.orig if isinstance(error, DBAPIError) else error)
        if sentence is None:
            raise
        raise JournalUnavailable(sentence.format(place=_place(url))) from error


def _sentence(error: BaseException | None) -> str | None:
    if isinstance(error, sqlite3.Error):
        # The low byte is the kind of error, the rest only refines it.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return _FILE_SENTENCES.get(code)
    if isinstance(error, psycopg.Error):
        return _server_sentence(error)
    return None


def _server_sentence(error: psycopg.Error) -> str | None:
    state = error.sqlstate
    if state is None:
        lost = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        return _UNREACHABLE if lost else None
    return _SERVER_SENTENCES.get(state) or _SERVER_SENTENCES.get(state[:2])


def _place(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    host = url.host or url.query.get("host", "localhost")
    return f"{host}:{url.port or 5432}/{url.database}"
